"""Open questions: reasons of dependencies and systems of labels that are not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from groundrules.diagnostics import Diagnostic, Location
from groundrules.records import Catalogue, DataContent
from groundrules.records.graph import DocumentedJob, DocumentedWait, Graph
from groundrules.records.platform import Label, Platform
from groundrules.rules import records as rules
from groundrules.text import counted, listed

MOST_NAMED = 3
"""The questions that a message names."""


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield one finding for each graph and platform with open questions.

    A part with a mistake has none: its answer may be what was wrong.
    """
    for graph in catalogue.graphs:
        if questions := [question for question in graph.questions if question[1].whole]:
            yield _of_graph(graph, questions)
    for platform in catalogue.platforms:
        labels = [label for label in platform.labels if label.whole]
        if unknown := [label for label in labels if label.operating_system is None]:
            yield _of_platform(platform, unknown)


def _of_graph(
    graph: Graph, questions: Sequence[tuple[DocumentedJob, DocumentedWait]]
) -> Diagnostic:
    names = [f"{job.name} waits for {wait.job}" for job, wait in questions]
    _, first = questions[0]
    what = _count(len(names), len(graph.job_graph.edges), "dependency")
    end = "no reason yet", "write it in 'why' where it is known"
    return _question(graph.id, first.location("job"), what, names, end)


def _of_platform(platform: Platform, labels: Sequence[Label]) -> Diagnostic:
    names = [label.name for label in labels]
    what = _count(len(names), len(platform.labels), "label")
    end = "no operating system yet", "write it in 'operating_system' where it is known"
    return _question(platform.id, labels[0].location("name"), what, names, end)


def _count(number: int, total: int, noun: str) -> str:
    return f"{number} of {counted(total, noun)} {'has' if number == 1 else 'have'}"


def _question(
    record: str, place: Location, what: str, names: Iterable[str], end: tuple[str, str]
) -> Diagnostic:
    message = f"{what} {end[0]}: {listed(names, most=MOST_NAMED)}; {end[1]}"
    return Diagnostic(place, message, rules.OPEN_QUESTION, key=f"{record}: open questions")
