"""The graphs that may contain an object's users or change without it.

All others are certainly the same with and without the object, so they are not built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from msgspec import Struct

from groundrules.ci.impact_question import FILE
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.impact.subject import ImpactSubject
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import Stanza
from groundrules.ci.zuul.resolver import Resolver


def selected_graphs(resolver: Resolver, subject: ImpactSubject, jobs: Set[str]) -> Iterator[Frozen]:
    """Yield the graphs of the pipelines that mention one of the jobs or the template.

    ``jobs`` are those that may use the object, or change without it.  The graphs are those that a
    tenant builds.
    """
    finder = _Finder(resolver.layout, subject, jobs)
    for project in resolver.projects:
        stanzas = resolver.layout.projects.get(project.canonical_name)
        chosen = finder.of_project(stanzas) if stanzas else set()
        if chosen is not None and not chosen:
            continue
        for branch in (name for name in project.all_branches if subject.branch in ("", name)):
            for pipeline in resolver.pipelines(project, branch):
                if chosen is not None and pipeline not in chosen:
                    continue
                if frozen := resolver.frozen(project, pipeline, branch):
                    yield frozen


def may_use_it(layout: Layout, subject: ImpactSubject, jobs: Set[str]) -> Callable[[Stanza], bool]:
    """Return what says whether a stanza can add a job that uses the object, as far as is known.

    Stanzas that name the same template share what is found in it.
    """
    finder = _Finder(layout, subject, jobs)
    return lambda stanza: finder.of_project([stanza]) != set()


class _Finder(Struct):
    layout: Layout
    subject: ImpactSubject
    jobs: Set[str]
    _known: dict[int, set[str]] = {}

    def of_project(self, stanzas: list[Stanza]) -> set[str] | None:
        """Return the pipelines of a project; None is every pipeline."""
        if self.subject.kind == FILE:
            return None
        pipelines: set[str] = set()
        for stanza in stanzas:
            named = {word.name for word in stanza.spec.templates}
            if self.subject.kind == "template" and self.subject.name in named:
                return None  # without it, Zuul refuses every graph of the stanza
            for part in (stanza, *self.layout.templates_of(stanza)):
                pipelines |= self._of_stanza(part)
        return pipelines

    def _of_stanza(self, stanza: Stanza) -> set[str]:
        if id(stanza) not in self._known:
            self._known[id(stanza)] = {
                pipeline
                for pipeline, variants in stanza.pipelines.items()
                if any(variant.spec.name in self.jobs for variant in variants)
            }
        return self._known[id(stanza)]
