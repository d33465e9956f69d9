"""Which pages a catalogue makes: their names, templates and what the templates are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.reach import Reach
from groundrules.pages.outline import Outline, numbered
from groundrules.records import Catalogue
from groundrules.records.graph import Graph

# More names on the page of every job would make the site grow with the square of the jobs.
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class JobList:
    """How many jobs there are, and the names of the first of them."""

    count: int
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        """The number of jobs that are not named."""
        return self.count - len(self.names)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its document name below the generated folder, its template, its context."""

    name: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


def plan(
    catalogue: Catalogue, found: Verdicts | None = None, without: Set[str] = frozenset()
) -> list[Page]:
    """Return every page of ``catalogue``; each template also gets the catalogue and outline.

    ``found`` is what became of its graphs when they were held against reality.  Pages of the
    graphs ``without``, by id, and of their jobs are left out.
    """
    outline = Outline(catalogue, found or Verdicts())
    common = {"catalogue": catalogue, "manual": catalogue.manual, "outline": outline}
    pages = _pages(outline, without)
    return [Page(page.name, page.template, {**common, **page.context}) for page in pages]


def _pages(outline: Outline, without: Set[str]) -> Iterator[Page]:
    catalogue = outline.catalogue
    yield Page("expectations/index", "expectations")
    yield Page("matrix", "matrix")
    for topic in catalogue.topics:
        yield Page(f"topics/{topic.topic}", "topic", {"topic": topic})
        for each in topic.expectations:
            yield Page(f"expectations/{each.id}", "expectation", {"topic": topic, "record": each})
    yield Page("platforms/index", "platforms")
    for platform in catalogue.platforms:
        yield Page(f"platforms/{platform.id}", "platform", {"record": platform})
    yield Page("changes", "changes")
    yield Page("graphs/index", "graphs")
    for graph in catalogue.graphs:
        if graph.id not in without:
            yield from _graph_pages(graph)
    yield Page("sessions/index", "sessions")
    yield Page("actions", "actions")
    for session in catalogue.sessions:
        context = {"record": session, "topics": numbered(session)}
        yield Page(f"sessions/{session.id}", "session", context)


def _graph_pages(graph: Graph) -> Iterator[Page]:
    job_graph, reach = graph.job_graph, Reach(graph.job_graph)
    yield Page(f"graphs/{graph.id}", "graph", {"record": graph, "waves": job_graph.waves()})
    waits = {(job.name, wait.job): wait for job in graph.jobs for wait in job.waits_for}
    sharing = _sharing(graph, reach)
    for job in graph.jobs:
        excluded = 0
        for semaphore in job.semaphores:
            excluded |= sharing[semaphore]
        context = {
            "graph": graph,
            "record": job,
            "dependents": [
                (name, waits[name, job.name]) for name in job_graph.dependents(job.name)
            ],
            "ancestors": _listed(reach, reach.before[job.name]),
            "descendants": _listed(reach, reach.after[job.name]),
            "beside": _listed(reach, reach.unordered(job.name) & ~excluded),
        }
        yield Page(f"jobs/{graph.id}/{job.name}", "job", context)


def _sharing(graph: Graph, reach: Reach) -> dict[str, int]:
    """Return the jobs that hold each semaphore; they cannot run side by side."""
    holders: dict[str, list[str]] = {}
    for job in graph.jobs:
        for semaphore in job.semaphores:
            holders.setdefault(semaphore, []).append(job.name)
    return {semaphore: reach.set_of(names) for semaphore, names in holders.items()}


def _listed(reach: Reach, members: int) -> JobList:
    return JobList(members.bit_count(), tuple(reach.first(members, MOST_NAMES)))


def files_of(graph: Graph) -> list[str]:
    """Return the files of a graph and its jobs, below the generated folder."""
    jobs = (f"jobs/{graph.id}/{job.name}.rst" for job in graph.jobs)
    return [f"graphs/{graph.id}.rst", diagram_name(graph), *jobs]


def diagram_name(graph: Graph) -> str:
    """Return the file of a graph's diagram, below the generated folder."""
    return f"graphs/{graph.id}.svg"
