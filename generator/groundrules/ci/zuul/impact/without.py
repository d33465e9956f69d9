"""A tenant without one object, as if the object was never written."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Any

import msgspec
from typing_extensions import override

from groundrules.ci.impact_question import FILE
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.freezing.merging import Merger
from groundrules.ci.zuul.impact.subject import OBJECTS, ImpactSubject
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.loading import Parse, Raw
from groundrules.ci.zuul.layout.references import check_references
from groundrules.ci.zuul.layout.stand_ins import with_stand_ins
from groundrules.ci.zuul.layout.variants import TagRef, Variant
from groundrules.ci.zuul.reading.objects import TABLES, FileObjects
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.diagnostics import Report
from groundrules.nearest import cut


def without(
    resolver: Resolver,
    gathered: Gathered,
    parse: Parse,
    subject: ImpactSubject,
    changed: Set[str],
) -> Resolver | None:
    """Return the tenant without an object; None if no graph depends on its definition.

    A label is not defined in the tenant's files.  Zuul takes a semaphore that is not defined for
    one of the limit 1.  ``changed`` are the jobs that the object can change.
    """
    if subject.kind == FILE:
        return _without_files(gathered, parse, subject)
    if subject.kind not in OBJECTS:
        return None
    kind = OBJECTS[subject.kind]
    if (kind, subject.name) in resolver.layout.lost_names:
        return read_without(gathered, parse, subject)
    return reduced(resolver, kind, subject.name, changed)


def read_without(gathered: Gathered, parse: Parse, subject: ImpactSubject) -> Resolver:
    """Return the tenant of which all files are read again, without the text of an object."""
    kind = OBJECTS[subject.kind]

    def parse_rest(data: bytes) -> FileObjects:
        objects = parse(data)
        specs = getattr(objects, TABLES[kind])
        rest = [spec for spec in specs if spec.name != subject.name]
        mistakes = [
            each
            for each in objects.mistakes
            if (each.kind, cut(each.name)) != (kind, cut(subject.name))
        ]
        if len(rest) == len(specs) and len(mistakes) == len(objects.mistakes):
            return objects
        return msgspec.structs.replace(objects, mistakes=mistakes, **{TABLES[kind]: rest})

    return _resolved(gathered, gathered.files, parse_rest, frozenset({(kind, subject.name)}))


def _without_files(gathered: Gathered, parse: Parse, subject: ImpactSubject) -> Resolver:
    rest = [raw for raw in gathered.files if not subject.has_file(raw.source)]
    gone = [raw for raw in gathered.files if subject.has_file(raw.source)]
    removed = _names(gone, parse) - _names(rest, parse)
    return _resolved(gathered, rest, parse, frozenset(removed))


def _names(files: list[Raw], parse: Parse) -> set[tuple[str, str]]:
    return {
        (kind, spec.name)
        for raw in files
        if isinstance(raw.content, bytes)
        for objects in [parse(raw.content)]
        for kind, table in TABLES.items()
        for spec in getattr(objects, table)
    }


def _resolved(
    gathered: Gathered, files: list[Raw], parse: Parse, removed: frozenset[tuple[str, str]]
) -> Resolver:
    tenant = replace(gathered.tenant, removed=removed)
    return resolve(Gathered(tenant, files, Report()), parse)


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
        wrong_alternatives={},
        refusals=[],
        **tables,
    )
    check_references(rest)
    return with_stand_ins(rest)
