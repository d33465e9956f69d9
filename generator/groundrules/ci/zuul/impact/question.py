"""The answer to an `ImpactQuestion` about Zuul's configuration."""

from __future__ import annotations

from msgspec import Struct

from groundrules.ci.impact_question import ImpactQuestion
from groundrules.ci.zuul.graphs import ZuulGraphs, graphs
from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.file_users import Opened
from groundrules.ci.zuul.impact.subject import ImpactSubject
from groundrules.ci.zuul.layout.trees import trees_of_tenant
from groundrules.ci.zuul.resolver import resolve
from groundrules.garbage import collection_paused
from groundrules.graphs.impact import Impact


def impact(question: ImpactQuestion) -> AskedZuulImpact:
    """Return the object, whose configuration is read but not yet resolved."""
    return AskedZuulImpact(question, graphs(question))


class AskedZuulImpact(Struct):
    """An object of a tenant, or of one repository on its own."""

    question: ImpactQuestion
    read: ZuulGraphs

    @property
    def _branch(self) -> str:
        """The only branch that counts; empty for all, and where its name is a guess."""
        alone = self.read.alone
        return self.read.scope if alone and alone.knows_branches else ""

    @property
    def _opened(self) -> Opened:
        """What opens the repository of a project."""
        if alone := self.read.alone:
            return lambda _: alone.repository
        return trees_of_tenant(self.question.root).repository

    def impact(self) -> Impact:
        """Return what it touches.  Raises `AskedError` for a name that is not known."""
        with collection_paused():
            gathered, parsed = self.read.gathered, self.read.parsed
            resolver = resolve(gathered, parsed.parse)
            parsed.save()
            subject = ImpactSubject(self.question.kind, self.question.name, self._branch)
            return ZuulImpact(subject, gathered, resolver, parsed.parse, self._opened).impact()
