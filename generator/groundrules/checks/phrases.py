"""Parts of the findings of checks: names, pipelines, projects, related places and causes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from groundrules.diagnostics import Location, Related
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.text import counted, listed

MOST_RELATED = 10
UNLESS = ", unless another repository adds it"
"""The limit of a statement about what is missing, where not every repository is known."""


def first_few(words: Iterable[str], most: int = 5) -> str:
    """Return the first words, and how many more there are.

    >>> first_few(["a", "b", "c"], most=2)
    "'a', 'b' and 1 more"
    """
    return listed(map(repr, words), most=most)


def names_or_count(names: Iterable[str], noun: str, most: int = 3) -> str:
    """Return the names in the order given, or how many there are.

    >>> names_or_count(["check", "gate"], "pipeline"), names_or_count(["a", "b", "c"], "job", 2)
    ('check and gate', '3 jobs')
    """
    distinct = list(dict.fromkeys(names))
    return counted(len(distinct), noun) if len(distinct) > most else listed(distinct)


def named(kind: str, words: Iterable[str]) -> str:
    """Return names with the kind of thing they name.

    >>> named("pipeline", ["check"]), named("pipeline", ["check", "gate"])
    ("pipeline 'check'", "pipelines 'check' and 'gate'")
    """
    every = list(words)
    return f"{kind}{'s' if len(every) > 1 else ''} {listed(map(repr, every))}"


def path_of(jobs: Iterable[str]) -> str:
    """Return a path through a graph, from the job that waits to the job it waits for."""
    return " → ".join(jobs)


def where(graphs: Sequence[PlacedGraph]) -> str:
    """Return the pipelines, projects and branches of graphs.

    >>> where([])
    ''
    """
    if not graphs:
        return ""
    pipelines = names_or_count((graph.pipeline for graph in graphs), "pipeline")
    projects = names_or_count((graph.project for graph in graphs), "project", most=1)
    branches = names_or_count((graph.branch for graph in graphs), "branch", most=2)
    return f"{pipelines} of {projects} on {branches}"


def related_places(
    places: Iterable[tuple[Location, str]], primary: Location
) -> tuple[Related, ...]:
    """Return the places other than the primary one, sorted and without duplicates.

    The last of more than `MOST_RELATED` says how many were left out.
    """
    distinct = sorted({(place, words) for place, words in places if place != primary})
    shown = [Related(place, words) for place, words in distinct[:MOST_RELATED]]
    if more := distinct[MOST_RELATED:]:
        shown[-1] = Related(more[-1][0], f"the last of {counted(len(more) + 1, 'more place')}")
    return tuple(shown)


def related_to(place: Location | None, words: str) -> list[Related]:
    """Return a related place, or nothing if the place is not known."""
    return [Related(place, words)] if place else []


def causes_of_absence(job: str, graphs: Iterable[JobGraph]) -> tuple[Location, ...]:
    """Return where the CI system reports why a job is missing, if it does for every graph."""
    absent = [graph.absent_job(job) for graph in graphs]
    causes = [absence.cause for absence in absent if absence and absence.cause]
    return tuple(causes) if len(causes) == len(absent) else ()
