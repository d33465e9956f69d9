"""`Selected`: the graphs that may contain an object's users or change without it.

All others are certainly the same with and without the object, so they are not built.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from msgspec import Struct

from groundrules.ci.impact_question import FILE
from groundrules.ci.zuul.freezing.freeze import Frozen
from groundrules.ci.zuul.impact.usage_chains import Chains
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza
from groundrules.ci.zuul.resolver import Resolver


class Selected(Struct):
    """The pipelines by canonical name of the project; None is every pipeline."""

    pipelines: dict[str, set[str] | None]
    branch: str = ""
    """The only branch that counts; empty for all."""

    @classmethod
    def of(cls, resolver: Resolver, chains: Chains, jobs: Set[str]) -> Selected:
        """Return the pipelines of the projects that mention one of the jobs or the template.

        ``jobs`` are those that may use the object, or change without it.
        """
        finder = _Finder(resolver, chains, jobs)
        pipelines: dict[str, set[str] | None] = {}
        for name, stanzas in resolver.layout.projects.items():
            chosen = finder.of_project(stanzas)
            if chosen or chosen is None:
                pipelines[name] = chosen
        return cls(pipelines, chains.subject.branch)

    def graphs(self, resolver: Resolver) -> Iterator[Frozen]:
        """Yield these graphs, as a tenant builds them."""
        for project in resolver.projects:
            if project.canonical_name in self.pipelines:
                yield from self._of_project(resolver, project)

    def _of_project(self, resolver: Resolver, project: TenantProject) -> Iterator[Frozen]:
        chosen = self.pipelines[project.canonical_name]
        for branch in (each for each in project.all_branches if self.branch in ("", each)):
            for pipeline in resolver.pipelines(project, branch):
                if chosen is not None and pipeline not in chosen:
                    continue
                if frozen := resolver.frozen(project, pipeline, branch):
                    yield frozen


class _Finder(Struct):
    resolver: Resolver
    chains: Chains
    jobs: Set[str]
    _known: dict[int, set[str]] = {}

    def of_project(self, stanzas: list[Stanza]) -> set[str] | None:
        if self.chains.subject.kind == FILE:
            return None
        pipelines: set[str] = set()
        for stanza in stanzas:
            pipelines |= self._of_stanza(stanza)
            for word in stanza.spec.templates:
                if self._is_template(word.name):
                    return None  # without it, Zuul refuses every graph of the stanza
                for template in self.resolver.layout.templates.get(word.name, ()):
                    pipelines |= self._of_stanza(template)
        return pipelines

    def _is_template(self, name: str) -> bool:
        subject = self.chains.subject
        return subject.kind == "template" and subject.name == name

    def _of_stanza(self, stanza: Stanza) -> set[str]:
        if id(stanza) not in self._known:
            self._known[id(stanza)] = {
                pipeline
                for pipeline, variants in stanza.pipelines.items()
                if any(variant.spec.name in self.jobs for variant in variants)
            }
        return self._known[id(stanza)]
