"""Open questions: reasons of dependencies and systems of labels that are not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.diagnostics import Diagnostic, Location
from groundrules.records import Catalogue, DataContent
from groundrules.rules import records as rules
from groundrules.text import counted, listed

MOST_NAMED = 3
"""The questions that a message names."""


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield one finding for each graph and platform with open questions.

    A part with a mistake has none: its answer may be what was wrong.
    """
    for graph in catalogue.graphs:
        if questions := [(job, wait) for job, wait in graph.questions if wait.whole]:
            names = [f"{job.name} waits for {wait.job}" for job, wait in questions]
            total = counted(len(graph.job_graph.edges), "dependency")
            lacking = "no reason yet", "write it in 'why' where it is known"
            yield _question(graph.id, questions[0][1].location("job"), names, total, lacking)
    for platform in catalogue.platforms:
        labels = [label for label in platform.labels if label.whole]
        if unknown := [label for label in labels if label.operating_system is None]:
            names = [label.name for label in unknown]
            total = counted(len(platform.labels), "label")
            lacking = "no operating system yet", "write it in 'operating_system' where it is known"
            yield _question(platform.id, unknown[0].location("name"), names, total, lacking)


def _question(
    record: str, place: Location, names: Sequence[str], total: str, lacking: tuple[str, str]
) -> Diagnostic:
    what, instead = lacking
    message = (
        f"{len(names)} of {total} {'has' if len(names) == 1 else 'have'} {what}: "
        f"{listed(names, most=MOST_NAMED)}; {instead}"
    )
    return Diagnostic(place, message, rules.OPEN_QUESTION, key=f"{record}: open questions")
