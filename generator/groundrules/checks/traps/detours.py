"""Dependencies that a longer way implies already (the transitive reduction of a graph)."""

from __future__ import annotations

from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.waits import Occurrence, WrittenDependency, waits
from groundrules.checks.traps.wording import related, told
from groundrules.diagnostics import Location, Report
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.job_graph import Edge, JobGraph
from groundrules.rules import traps as rules

Links = dict[str, list[Edge]]


def check(definitions: Definitions, documented: DocumentedIntent, report: Report) -> None:
    """Note each dependency that is implied in every graph that it comes into.

    One that the manual gives a reason for, plans or demands by a rule stays, whatever else
    implies it today.
    """
    links: dict[int, Links] = {}
    for wait in waits(definitions):
        if wait.is_among(documented):
            continue
        there = wait.effective()
        if any(documented.demands(*each) for each in there):
            continue
        ways = [_way(each, links) for each in there]
        if ways and all(ways):
            _note(wait, ways[0], report)


def _note(wait: WrittenDependency, way: list[Edge], report: Report) -> None:
    names = [repr(edge.job) for edge in way[1:]]
    report.note(
        rules.REDUNDANT,
        wait.location,
        f"{wait.who} waits for {wait.dependency!r} already through {' → '.join(names)}, in "
        f"{told([placed for placed, _ in wait.effective()])}; this dependency adds nothing",
        related(
            (
                (edge.location or Location(""), f"{edge.job} waits for {edge.dependency}")
                for edge in way
            ),
            wait.location,
        ),
        key=wait.key,
    )


def _way(occurrence: Occurrence, known: dict[int, Links]) -> list[Edge]:
    """Return a longer way that holds whenever both jobs run, or nothing.

    A job in between that is left out for its files takes its edges with it, so it has to run
    in any case: because it has no file matcher, or because the way to it is hard.  A hard
    edge also makes its job run, so only a way that is hard to its end replaces it.
    """
    placed, edge = occurrence
    links = known.setdefault(id(placed), _links(placed.graph))
    todo: list[list[Edge]] = [
        [first]
        for first in links[edge.job]
        if first.dependency != edge.dependency and (edge.soft or not first.soft)
    ]
    seen = {edge.job}
    while todo:
        way = todo.pop(0)
        last = way[-1]
        if last.dependency == edge.dependency:
            return way
        if last.dependency in seen or not _surely_runs(last, placed.graph):
            continue
        seen.add(last.dependency)
        todo += [[*way, each] for each in links[last.dependency] if edge.soft or not each.soft]
    return []


def _links(graph: JobGraph) -> Links:
    links: Links = {job.name: [] for job in graph.jobs}
    for edge in graph.effective:
        links[edge.job].append(edge)
    return links


def _surely_runs(edge: Edge, graph: JobGraph) -> bool:
    job = graph.by_name[edge.dependency]
    return not edge.soft or not (job.files or job.irrelevant_files or job.elsewhere)
