"""Soft dependencies whose other job is not there, so that the order is lost in silence.

Zuul asks nothing more of a soft dependency than that its job is defined:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies.soft
"""

from __future__ import annotations

from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.waits import (
    Occurrence,
    WrittenDependency,
    is_meant_for_others,
    may_be_elsewhere,
    places,
    waits,
)
from groundrules.checks.traps.wording import few, related, told
from groundrules.diagnostics import Report
from groundrules.graphs.definitions import Definitions
from groundrules.rules import traps as rules


def check(definitions: Definitions, documented: DocumentedIntent, report: Report) -> None:
    """Note each soft dependency that goes nowhere, or that goes nowhere in some pipelines.

    Where the manual documents it drift tells that it is lost, at the record and with this line.
    """
    for wait in waits(definitions):
        # in a graph that is refused nothing runs, which other rules tell
        wait.occurrences = [each for each in wait.occurrences if not each[0].error]
        if not wait.soft or not wait.occurrences or is_meant_for_others(wait, definitions):
            continue
        lost = wait.dangling()
        if any(may_be_elsewhere(wait.dependency, placed, definitions) for placed, _ in lost):
            continue
        if not wait.effective():
            untold = [each for each in wait.occurrences if not wait.is_held(each, documented)]
            if untold and not _is_for_branches(wait, definitions):
                wait.occurrences = untold
                _note_nowhere(wait, definitions, report)
        elif not wait.is_among(documented) and (lost := _lost_here(wait)):
            _note_here(wait, lost, report)


def _is_for_branches(wait: WrittenDependency, definitions: Definitions) -> bool:
    """Return whether a pipeline has the other job on another branch: softness is for that."""
    pipelines = {(placed.project, placed.pipeline) for placed, _ in wait.occurrences}
    return any(
        other.pipeline == pipeline and wait.dependency in other.graph.by_name
        for project, pipeline in pipelines
        for other in definitions.graphs_of(project)
    )


def _note_nowhere(wait: WrittenDependency, definitions: Definitions, report: Report) -> None:
    graphs = [placed for placed, _ in wait.occurrences]
    elsewhere = few(
        (
            other.pipeline
            for project in dict.fromkeys(each.project for each in graphs)
            for other in definitions.graphs_of(project)
            if wait.dependency in other.graph.by_name
        ),
        "other pipeline",
    )
    reason = next((f" ({why})" for why in sorted(wait.reasons())), "")
    report.note(
        rules.SOFT_NOWHERE,
        wait.location,
        f"{wait.who} waits softly for {wait.dependency!r}, which is "
        + (f"only in {elsewhere}, never" if elsewhere else "not")
        + f" in {told(graphs)}{reason}: it starts without waiting; "
        f"add {wait.dependency!r} to the pipeline, or drop the dependency",
        related(places(wait.occurrences), wait.location),
        key=wait.key,
    )


def _lost_here(wait: WrittenDependency) -> list[Occurrence]:
    """Return where it goes nowhere, though it leads somewhere in another pipeline.

    A project has one set of pipelines; what another project has is no measure for it, nor
    what the same pipeline has on another branch.  A job that is mentioned and has no
    definition for the branch is absent on purpose.
    """
    works = {(placed.project, placed.pipeline) for placed, _ in wait.effective()}
    projects = {project for project, _ in works}
    return [
        (placed, edge)
        for placed, edge in wait.dangling()
        if placed.project in projects
        and (placed.project, placed.pipeline) not in works
        and all(each.name != wait.dependency for each in placed.graph.absent)
        and not _has_alternative(wait, (placed, edge))
    ]


def _has_alternative(wait: WrittenDependency, lost: Occurrence) -> bool:
    """Return whether another soft dependency, written beside it, takes its place.

    'build' in check and 'upload' in gate, with both named, is what softness is for.
    """
    placed, edge = lost
    return any(
        other.soft
        and other.job == edge.job
        and other.chain[:1] == edge.chain[:1]
        and any(other.dependency not in each.graph.by_name for each, _ in wait.effective())
        for other in placed.graph.effective
    )


def _note_here(wait: WrittenDependency, lost: list[Occurrence], report: Report) -> None:
    works = few((placed.pipeline for placed, _ in wait.effective()), "pipeline")
    is_alias = wait.variant is not None and wait.variant.is_mention
    reason = " by the same YAML alias" if is_alias else ""
    report.note(
        rules.SOFT_NOT_HERE,
        wait.location,
        f"{wait.who} waits for {wait.dependency!r} in {works}, and{reason} for nothing in "
        f"{told([placed for placed, _ in lost])}, where {wait.dependency!r} is not; add it there, "
        "or say there what is waited for",
        related(
            [*places(wait.effective(), "waits in"), *places(lost, "does not wait in")],
            wait.location,
        ),
        key=wait.key,
    )
