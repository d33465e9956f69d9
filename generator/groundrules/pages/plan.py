"""Which pages a catalogue makes: their names, templates and what the templates are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from groundrules.claims.verdicts import Verdicts
from groundrules.pages.outline import Outline, numbered
from groundrules.records import Catalogue
from groundrules.records.graph import DocumentedJob, Graph


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
    job_graph = graph.job_graph
    waves = job_graph.waves()
    yield Page(f"graphs/{graph.id}", "graph", {"record": graph, "waves": waves})
    waits = {(job.name, wait.job): wait for job in graph.jobs for wait in job.waits_for}
    for job in graph.jobs:
        dependents = [(name, waits[name, job.name]) for name in job_graph.dependents(job.name)]
        near = {job.name, *job_graph.ancestors(job.name), *job_graph.descendants(job.name)}
        context = {
            "graph": graph,
            "beside": [each.name for each in graph.jobs if _fits_beside(job, each, near)],
            "record": job,
            "dependents": dependents,
            "ancestors": sorted(job_graph.ancestors(job.name)),
            "descendants": sorted(job_graph.descendants(job.name)),
        }
        yield Page(f"jobs/{graph.id}/{job.name}", "job", context)


def _fits_beside(job: DocumentedJob, other: DocumentedJob, near: Set[str]) -> bool:
    """Return whether two jobs can run at one time: neither waits, no semaphore is shared."""
    return other.name not in near and not {*job.semaphores} & {*other.semaphores}


def files_of(graph: Graph) -> list[str]:
    """Return the files of a graph and its jobs, below the generated folder."""
    jobs = (f"jobs/{graph.id}/{job.name}.rst" for job in graph.jobs)
    return [f"graphs/{graph.id}.rst", diagram_name(graph), *jobs]


def diagram_name(graph: Graph) -> str:
    """Return the file of a graph's diagram, below the generated folder."""
    return f"graphs/{graph.id}.svg"
