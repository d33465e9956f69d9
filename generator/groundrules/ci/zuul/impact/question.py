"""The answer to an `ImpactQuestion` about Zuul's configuration."""

from __future__ import annotations

from msgspec.structs import replace

from groundrules.ci.impact_question import ImpactQuestion
from groundrules.ci.zuul.graphs import graphs
from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.subject import ImpactSubject
from groundrules.ci.zuul.layout.trees import trees_of_tenant
from groundrules.ci.zuul.resolver import resolve
from groundrules.garbage import collection_paused
from groundrules.graphs.impact import Impact


def impact(question: ImpactQuestion) -> Impact:
    """Return what an object touches.  Raises `AskedError` for a name that is not known."""
    read = graphs(question)
    alone, gathered, parsed = read.alone, read.gathered, read.parsed
    # all branches count where the name of the only one is a guess
    branch = read.scope if alone and alone.knows_branches else ""
    subject = ImpactSubject(question.kind, question.name, branch)
    with collection_paused():
        resolver = resolve(gathered, parsed.parse)
        parsed.save()
        root = question.root  # of a tenant: its index is read
        opened = (lambda _: alone.repository) if alone else trees_of_tenant(root).repository
        impact = ZuulImpact(subject, gathered, resolver, parsed.parse, opened).impact()
        return replace(impact, unknown=(*impact.unknown, *read.notes))
