"""Undefined pipelines to which projects add jobs; Zuul does not report them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.checks.branches import best_place
from groundrules.checks.phrases import names_or_count, related_places
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.definitions import Definitions, PipelineUse
from groundrules.grouping import grouped
from groundrules.nearest import did_you_mean
from groundrules.rules import traps as rules


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each pipeline that is used and that no config project defines.

    Nothing is reported if its definition may be elsewhere.
    """
    if not definitions.is_complete or definitions.missing or definitions.lost:
        return
    unknown = grouped(
        (use.pipeline, use)
        for use in definitions.pipeline_uses
        if use.pipeline not in definitions.pipelines
    )
    for pipeline, uses in sorted(unknown.items()):
        yield _unknown(pipeline, uses, definitions)


def _unknown(pipeline: str, uses: list[PipelineUse], definitions: Definitions) -> Diagnostic:
    primary = best_place((use.location for use in uses), definitions)
    by_place = grouped((use.location, use.project) for use in uses)
    places = ((place, f"used by {_named(names)}") for place, names in by_place.items())
    projects = _named(use.project for use in uses)
    return Diagnostic(
        primary,
        f"pipeline {pipeline!r} is not defined by any config project, so the jobs of {projects} "
        f"in it never run{did_you_mean(pipeline, definitions.pipelines, 'defined')}",
        rules.UNKNOWN_PIPELINE,
        related_places(places, primary),
        key=f"pipeline {pipeline}",
    )


def _named(projects: Iterable[str]) -> str:
    return names_or_count(projects, "project", most=1)
