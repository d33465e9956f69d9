"""The pages of a catalogue: their names, templates and contexts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from groundrules.changes.published_changes import PublishedChanges
from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.reachability import Edges, NodeSets, backwards, ends_first, reached
from groundrules.graphs.usage import NamedUsage
from groundrules.pages import GENERATED, feed_of
from groundrules.pages.graph_plans import plans_on_page
from groundrules.pages.known_order import KnownOrder, known_order
from groundrules.pages.label_lives import lived
from groundrules.pages.labels import MOST_PROVIDERS, Labels, page_of
from groundrules.pages.outline import Outline
from groundrules.pages.runs_for import RunsFor
from groundrules.plan.documented_problem import independent_groups, whole_problem
from groundrules.plan.pairs import SideBySide
from groundrules.records import Catalogue
from groundrules.records.expectation import Topic
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.records.kinds import KINDS, RecordKind
from groundrules.records.platform import Label, Platform
from groundrules.records.session import Session
from groundrules.rules import every_rule

# With more names on the page of every job, the site would grow with the square of the jobs, and
# with more on the page of every label, with labels times expectations.
MOST_NAMES = 12
MOST_EVENTS = 8
"""The changes on the page of a label; its feed and the page of all changes have more."""


# page with no record of its own → the kinds of record without which there is no such page
_OF_KINDS: dict[str, tuple[str, ...]] = {
    "about": (),
    "matrix": ("expectation", "platform"),
    "changes": (),
    "actions": ("session",),
}


@dataclass(frozen=True, slots=True)
class JobList:
    """The number of jobs, and the names of the first ones."""

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
    catalogue: Catalogue,
    verdicts: Verdicts | None = None,
    without: Set[str] = frozenset(),
    published: PublishedChanges | None = None,
    usage: tuple[NamedUsage, ...] = (),
) -> list[Page]:
    """Return every page of ``catalogue``; each template also gets the catalogue and outline.

    ``verdicts`` are the results of comparing its graphs with their configurations.  Pages of the
    graphs ``without``, by id, and of their jobs are left out.  ``published`` is for the page of
    changes, ``usage`` for those of labels and jobs.
    """
    outline = Outline(catalogue, verdicts or Verdicts(), published, usage)
    common = {"catalogue": catalogue, "manual": catalogue.manual, "outline": outline}
    pages = _pages(outline, without)
    return [Page(page.name, page.template, {**common, **page.context}) for page in pages]


def _pages(outline: Outline, without: Set[str]) -> Iterator[Page]:
    catalogue = outline.catalogue
    for name, kinds in _OF_KINDS.items():
        if all(map(catalogue.has, kinds)):
            yield Page(name, name)
    if catalogue.manual.rules_page:
        for rule in every_rule().values():
            yield Page(f"rules/{rule.id}", "rule", {"rule": rule})
    if catalogue.measured:
        yield Page("kept", "kept")
    for kind in KINDS:
        if catalogue.has(kind.name):
            yield Page(f"{kind.folder}/index", kind.folder)
        for record in catalogue.of(kind):
            if kind.name != "graph" or record.id not in without:
                yield from _PAGES.get(kind.name, _record_page)(kind, record, outline)


def _record_page(kind: RecordKind, record: Any, _: Outline) -> Iterator[Page]:
    yield Page(f"{kind.folder}/{record.id}", kind.name, {"record": record})


def _platform_pages(kind: RecordKind, platform: Platform, outline: Outline) -> Iterator[Page]:
    labels = outline.labels
    users = outline.users
    rows = [
        {**_label_context(labels, platform, label), "users": users.of_label(label)}
        for label in platform.labels
    ]
    usable = [row["record"] for row in rows if row["is_usable"]]
    example = next((label.name for label in (*labels.defaults[platform.id], *usable)), "")
    context = {"record": platform, "rows": rows, "example": example}
    yield Page(f"{kind.folder}/{platform.id}", kind.name, context)
    for row in rows:
        yield Page(page_of(row["record"]), "label", row)


def _label_context(labels: Labels, platform: Platform, label: Label) -> dict[str, Any]:
    is_usable = labels.is_usable(platform, label)
    return {
        "platform": platform,
        "record": label,
        "dated": platform.dated(label),
        "lived": lived(platform, label),
        "is_usable": is_usable,
        "has_defaults": bool(labels.defaults[platform.id]),
        "differences": labels.differences(platform, label) if is_usable else [],
        "compared_with": labels.compared_with(platform, label) if is_usable else [],
        "providers": labels.providers(platform, label) if is_usable else [],
        "most_providers": MOST_PROVIDERS,
        "most_expectations": MOST_NAMES,
        "jobs_of_graphs": labels.jobs(label, with_patterns=is_usable),
        "predecessors": labels.predecessors.get(label.name, []),
        "feed": feed_of(f"{GENERATED}/{page_of(label)}"),
        "most_events": MOST_EVENTS,
    }


def _topic_pages(kind: RecordKind, topic: Topic, _: Outline) -> Iterator[Page]:
    yield Page(f"topics/{topic.topic}", "topic", {"topic": topic})
    for record in topic.expectations:
        context = {"topic": topic, "record": record}
        yield Page(f"{kind.folder}/{record.id}", kind.name, context)


def _session_page(kind: RecordKind, session: Session, _: Outline) -> Iterator[Page]:
    context = {"record": session, "topics": list(session.numbered_topics())}
    yield Page(f"{kind.folder}/{session.id}", kind.name, context)


def _graph_pages(kind: RecordKind, graph: Graph, outline: Outline) -> Iterator[Page]:
    job_graph = graph.job_graph
    waves, known = job_graph.waves(), known_order(graph, outline.verdicts)
    page, runs_for = f"{kind.folder}/{graph.id}", outline.runs_for(graph)
    context = {
        "record": graph,
        "waves": waves,
        "is_complete": known.is_complete,
        "has_planned": any(
            edge.dependency not in graph.enforced_links[edge.job] for edge in job_graph.effective
        ),
        "feed": feed_of(f"{GENERATED}/{page}"),
        "plans": plans_on_page(graph),
        "changed_files": runs_for.data,
        "no_changed_files": runs_for.unknown,
    }
    yield Page(page, kind.name, context)
    yield from (_gone_page(graph, job) for job in graph.jobs if job.gone)
    yield from _job_pages(graph, known, runs_for, outline)


def _job_pages(
    graph: Graph, known: KnownOrder, runs_for: RunsFor, outline: Outline
) -> Iterator[Page]:
    job_graph = graph.job_graph
    waits = {(job.name, wait.job): wait for job in graph.current for wait in graph.waits_of(job)}
    problem = whole_problem(graph)
    side_by_side = SideBySide(problem, independent_groups(graph))
    sets, use = side_by_side.sets, side_by_side.use
    links = {name: job_graph.dependencies(name) for name in job_graph.by_name}
    before, after = _both_ways(links, sets)
    sure_before, sure_after = _both_ways(graph.enforced_links, sets)
    for job in graph.current:
        name = job.name
        others = side_by_side.others(name)
        can, unknown = others["can"], others["unknown"]
        independent, planned = known.of(name).independent.items(), problem.by_name[name]
        context = {
            "graph": graph,
            "record": job,
            "dependents": [(other, waits[other, name]) for other in job_graph.dependents(name)],
            "ancestors": _listed(sets, before[name]),
            "descendants": _listed(sets, after[name]),
            "planned_ancestors": _listed(sets, before[name] & ~sure_before[name]),
            "planned_descendants": _listed(sets, after[name] & ~sure_after[name]),
            "beside": _listed(sets, can),
            "is_complete": known.is_complete,
            "independent": {
                other: pair for other, pair in independent if can & sets.bit.get(other, 0)
            },
            "disjoint": _listed(sets, can & use.disjoint(planned)),
            "unknown": _listed(sets, unknown),
            "common": _listed(sets, unknown & use.common(planned)),
            "runs_for": runs_for.words(job),
            "users": outline.users.of_job(graph, job),
        }
        yield Page(f"jobs/{graph.id}/{name}", "job", context)


def _gone_page(graph: Graph, job: DocumentedJob) -> Page:
    """Return the page of a job that is gone; addresses in the manual are permanent."""
    none = JobList(0, ())
    names = (
        "ancestors", "descendants", "planned_ancestors", "planned_descendants",
        "beside", "disjoint", "unknown", "common",
    )  # fmt: skip
    lists = dict.fromkeys(names, none)
    context = {"graph": graph, "record": job, "dependents": [], "independent": {}, **lists}
    return Page(f"jobs/{graph.id}/{job.name}", "job", context)


# kinds whose records have more than one page, or a page with a larger context
_PAGES: dict[str, Callable[[RecordKind, Any, Outline], Iterator[Page]]] = {
    "expectation": _topic_pages,
    "graph": _graph_pages,
    "platform": _platform_pages,
    "session": _session_page,
}


def _both_ways(links: Edges, sets: NodeSets) -> tuple[dict[str, int], dict[str, int]]:
    """Return what each job waits for and what waits for it; everything in a circle."""
    order = ends_first(links)
    if order is None:
        everything = dict.fromkeys(links, sets.of(links))
        return everything, everything
    return reached(sets, order, links), reached(sets, order[::-1], backwards(links))


def _listed(sets: NodeSets, jobs: int) -> JobList:
    return JobList(jobs.bit_count(), tuple(islice(sets.nodes(jobs), MOST_NAMES)))


def files_of(graph: Graph) -> list[str]:
    """Return the files of a graph and its jobs, below the generated folder."""
    jobs = (f"jobs/{graph.id}/{job.name}.rst" for job in graph.jobs)
    return [f"graphs/{graph.id}.rst", diagram_name(graph), *jobs]


def diagram_name(graph: Graph) -> str:
    """Return the file of a graph's diagram, below the generated folder."""
    return f"graphs/{graph.id}.svg"
