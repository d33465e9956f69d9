"""Semaphores of one that make jobs take turns which the graph would run side by side.

One that a playbook holds is left out: the jobs do run side by side, and only that playbook waits
for its turn, which is how Zuul guards what cannot be used twice at once.  Dependencies would make
whole jobs wait for each other instead.
"""

from __future__ import annotations

from itertools import combinations

from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.wording import related, told
from groundrules.counting import counted
from groundrules.diagnostics import Location, Report
from groundrules.graphs.definitions import Definitions, PlacedGraph, Semaphore
from groundrules.graphs.job_graph import Job, JobGraph
from groundrules.rules import traps as rules

Turns = list[tuple[PlacedGraph, list[Job]]]


def check(definitions: Definitions, documented: DocumentedIntent, report: Report) -> None:
    """Note each semaphore of one that two independent jobs of a graph need.

    One that the manual names as held by jobs of the project is no surprise there.
    """
    found: dict[str, Turns] = {}
    for placed in definitions.graphs:
        for name, jobs in _holders(placed.graph).items():
            if (placed.project, name) in documented.semaphores:
                continue
            semaphore = definitions.semaphores.get(name)
            if semaphore is None and not definitions.is_complete:
                continue  # who defines it elsewhere may let many have it
            limit = semaphore.limit if semaphore else 1
            if limit == 1 and (free := _independent(placed.graph, jobs)):
                found.setdefault(name, []).append((placed, free))
    for name, turns in found.items():
        semaphore = definitions.semaphores.get(name, Semaphore(name=name))
        _note(semaphore, turns, definitions.words.limit, report)


def _holders(graph: JobGraph) -> dict[str, list[Job]]:
    found: dict[str, list[Job]] = {}
    for job in graph.jobs:
        for semaphore in job.semaphores:
            if not semaphore.partial:
                found.setdefault(semaphore.name, []).append(job)
    return {name: jobs for name, jobs in found.items() if len(jobs) > 1}


def _independent(graph: JobGraph, jobs: list[Job]) -> list[Job]:
    """Return the jobs of which at least one other neither waits for them nor they for it."""
    before = {job.name: graph.ancestors(job.name) for job in jobs}
    names: set[str] = set()
    for one, other in combinations(before, 2):
        if one not in before[other] and other not in before[one]:
            names |= {one, other}
    return [job for job in jobs if job.name in names]


def _note(semaphore: Semaphore, turns: Turns, limit: str, report: Report) -> None:
    most = max(turns, key=lambda each: len(each[1]))[1]
    held = [
        (job, each)
        for _, jobs in turns
        for job in jobs
        for each in job.semaphores
        if each.name == semaphore.name and not each.partial
    ]
    uses = sorted(each.location or Location("") for _, each in held)
    location = semaphore.location or uses[0]
    undefined = "" if semaphore.location else ", since nobody defines it,"
    raised = f"raise its {limit!r}" if semaphore.location else f"define it with a {limit!r}"
    places = {(job.location or location, f"{job.name} holds it") for job, _ in held}
    report.note(
        rules.TURNS,
        location,
        f"the semaphore {semaphore.name!r} lets one job run at a time{undefined} and up to "
        f"{counted(len(most), 'job')} that do not wait for each other take turns in "
        f"{told([placed for placed, _ in turns])}; {raised}, or write the order that "
        "they need as dependencies",
        related(places, location),
        key=f"semaphore {semaphore.name}",
    )
