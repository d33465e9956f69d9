"""A definition or mention of a job → `groundrules.graphs.definitions.DefinedVariant`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.ci.zuul.layout.variants import FileOrigin, Variant
from groundrules.ci.zuul.reading.expressions import expression
from groundrules.ci.zuul.reading.nodesets import labels_of
from groundrules.ci.zuul.reading.objects import JobSpec, NodesetSpec, Word
from groundrules.diagnostics import Location
from groundrules.graphs.definitions import DefinedVariant, FileMatcher
from groundrules.graphs.elements import NameAt


def defined_variant(variant: Variant, location: Location, project: str) -> DefinedVariant:
    """Return what a variant says itself; ``project`` is whose job it is to be."""
    spec, source = variant.spec, variant.source
    return DefinedVariant(
        job=spec.name,
        project=project,
        branch=source.branch,
        location=location,
        is_mention=spec.is_entry,
        is_abstract=spec.abstract,
        parent=spec.parent,
        dependencies=tuple(dependency.name for dependency in spec.dependencies or ()),
        matchers=tuple(_matchers(spec, source)),
        branches_at=_branches_at(spec, source),
        semaphores=_written(spec.semaphores, source),
        nodeset=_nodeset_name(spec, source),
        labels=labels(spec.nodeset, source),
    )


def _branches_at(spec: JobSpec, source: FileOrigin) -> Location | None:
    """Return where a job chooses its branches: its own key, or a pragma of its file."""
    if spec.branch_places:
        return source.at(spec.branch_places[0])
    has_choice = spec.branches is not None or source.uses_matchers is not None
    return source.at(spec.place) if has_choice else None


def labels(nodeset: str | NodesetSpec | None, source: FileOrigin) -> tuple[NameAt, ...]:
    """Return the labels that are written in a nodeset, those of its alternatives included."""
    return _written(labels_of(nodeset), source)


def _matchers(spec: JobSpec, source: FileOrigin) -> Iterator[FileMatcher]:
    for patterns, places, irrelevant in (
        (spec.files, spec.file_places, False),
        (spec.irrelevant_files, spec.irrelevant_file_places, True),
    ):
        for (pattern, negate), place in zip(patterns or (), places, strict=True):
            compiled = expression(pattern, negate)
            location = source.at(place)
            if location and compiled.is_run:  # what another one matches is not known
                yield FileMatcher(
                    pattern=pattern,
                    location=location,
                    irrelevant=irrelevant,
                    negate=negate,
                    matches=compiled.matches,
                )


def _written(words: Iterable[Word], source: FileOrigin) -> tuple[NameAt, ...]:
    return tuple(
        NameAt(word.name, location) for word in words if (location := source.at(word.place))
    )


def _nodeset_name(spec: JobSpec, source: FileOrigin) -> NameAt | None:
    if not isinstance(spec.nodeset, str):
        return None
    location = source.at(spec.place_of("nodeset"))
    return NameAt(spec.nodeset, location) if location else None
