"""A resolved tenant without one object, made of what is resolved already.

No graph depends on the files again: only the references to the object are checked anew, and only
jobs that it can change are merged anew.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Any

from typing_extensions import override

from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.freezing.merging import Merger
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.references import check_references
from groundrules.ci.zuul.layout.stand_ins import with_stand_ins
from groundrules.ci.zuul.layout.variants import TagRef, Variant
from groundrules.ci.zuul.reading.objects import TABLES
from groundrules.ci.zuul.resolver import Resolver
from groundrules.diagnostics import Report


class ReducedMerger(Merger, kw_only=True):
    """Merges the ``changed`` jobs; all others are as ``known`` merges them with the object."""

    known: Merger
    changed: Set[str]

    @override
    def job(self, name: str, branch: str | TagRef, mentions: Sequence[Variant]) -> Merged:
        if name in self.changed:
            return super().job(name, branch, mentions)
        return self.known.job(name, branch, mentions)


def reduced(resolver: Resolver, kind: str, name: str, changed: Set[str]) -> Resolver:
    """Return the tenant without an object of which no definition is refused.

    ``changed`` are all jobs that it can change.  A refused definition is another matter: without
    it, Zuul may accept what it refuses now.
    """
    layout = _reduced_layout(resolver.layout, kind, name)
    rest = Resolver(layout, layout.report, resolver.branches, resolver.unsure)
    known = resolver.freezer
    rest.freezer.merger = ReducedMerger(layout, known=known.merger, changed=changed)
    if kind != "project-template":
        rest.freezer.finder = known.finder  # all stanzas and templates are the same
    return rest


def _reduced_layout(layout: Layout, kind: str, name: str) -> Layout:
    written = {job: variants for job, variants in layout.jobs.items() if layout.defines_job(job)}
    tables: dict[str, Any] = {"jobs": written}
    table = tables.get(TABLES[kind], getattr(layout, TABLES[kind]))
    tables[TABLES[kind]] = {other: value for other, value in table.items() if other != name}
    rest = replace(
        layout,
        tenant=replace(layout.tenant, removed=frozenset({(kind, name)})),
        report=Report(),
        elsewhere=frozenset(),
        named_elsewhere=set(),
        undefined={},
        refusals=[],
        **tables,
    )
    check_references(rest)
    return with_stand_ins(rest)
