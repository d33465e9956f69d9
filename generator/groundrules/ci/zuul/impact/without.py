"""A tenant without one object, as if the object was never written."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import msgspec

from groundrules.ci.impact_question import FILE
from groundrules.ci.zuul.impact.reduced import reduced
from groundrules.ci.zuul.impact.subject import OBJECTS, ImpactSubject
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Parse, Raw
from groundrules.ci.zuul.reading.objects import TABLES, FileObjects
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.diagnostics import Report


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
            each for each in objects.mistakes if (each.kind, each.name) != (kind, subject.name)
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
        for kind in {*OBJECTS.values()}
        for spec in getattr(objects, TABLES[kind])
    }


def _resolved(
    gathered: Gathered, files: list[Raw], parse: Parse, removed: frozenset[tuple[str, str]]
) -> Resolver:
    tenant = replace(gathered.tenant, removed=removed)
    return resolve(Gathered(tenant, files, Report()), parse)
