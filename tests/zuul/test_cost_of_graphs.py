"""What freezing and showing a graph costs: about twice as many steps for twice as many edges."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from groundrules.ci.zuul.freezing.inheritance import apply, started
from groundrules.ci.zuul.impact.selected_graphs import may_use_it
from groundrules.ci.zuul.impact.subject import ImpactSubject
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import Tenant, TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, Stanza, Variant
from groundrules.ci.zuul.reading.objects import JobSpec
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.diagnostics import Report
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.report.graph_dot import graph_dot
from groundrules.report.graph_text import DEEPEST, graph_text
from groundrules.report.graph_why import graph_why
from groundrules.yamlsource import Place
from steps import growth


def chain(size: int) -> JobGraph:
    """A row of jobs, each of which waits for the one before it."""
    names = [f"job-{at:05}" for at in range(size)]
    edges = (Edge(job=after, dependency=before) for before, after in pairwise(names))
    return JobGraph(tuple(Job(name=name) for name in names), tuple(edges))


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "backwards"])
def test_freezing_a_row_of_jobs_is_linear(tmp_path: Path, order: int):
    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        folder.mkdir()
        jobs = [
            f"- job: {{name: job-{at}, run: run.yaml, dependencies: [job-{at - 1}]}}\n"
            for at in range(1, size + 1)
        ]
        names = ", ".join(f"job-{at}" for at in range(size + 1))
        stanza = f"- job: {{name: job-0}}\n- project: {{check: {{jobs: [{names}]}}}}\n"
        (folder / ".zuul.yaml").write_text("".join([*jobs][::order]) + stanza)
        resolver = SingleRepository.at(folder).read().resolver
        [project] = resolver.projects

        def freeze() -> object:
            frozen = resolver.freezer.freeze(project, "check", "master")
            assert frozen
            return len(frozen.graph.edges)

        return freeze

    assert growth(of, 100) < 2.5


class HashedText(str):
    """A text that counts how often it is put into a set or a table, which C does."""

    hashed = 0

    def __hash__(self) -> int:
        HashedText.hashed += 1
        return super().__hash__()


@pytest.mark.parametrize("field", ["tags", "files", "irrelevant_files"])
def test_the_values_of_many_variants_are_collected_once_each(field: str):
    project = TenantProject(name="app", connection="", canonical_name="app", trusted=False)
    layout = Layout(Tenant(name="", projects=[project]), Report())
    source = FileOrigin(project, "", "")
    specs = []
    for at in range(1, 301):
        spec = JobSpec(name="unit", place=Place(at, 1), is_base=True)
        text = HashedText(at)
        setattr(spec, field, (text if field == "tags" else (text, False),))
        spec.inherits_files = spec.inherits_irrelevant_files = True
        specs.append(spec)
    HashedText.hashed = 0
    first, *others = (Variant(spec, source) for spec in specs)
    merged = started(first, layout)
    for variant in others:
        apply(merged, variant)
    assert (len(getattr(merged, field)), HashedText.hashed) == (300, 300)


@pytest.mark.parametrize(
    "show",
    [
        lambda graph: graph_text(graph, "title"),
        lambda graph: graph_dot(graph, "title"),
        lambda graph: graph_why(graph, graph.jobs[-1].name, graph.jobs[0].name),
        lambda graph: graph.cycles(),
    ],
    ids=["text", "dot", "why", "cycles"],
)
def test_showing_a_row_of_jobs_is_linear(show: Callable[[JobGraph], object]):
    def of(size: int) -> Callable[[], object]:
        graph = chain(size)
        return lambda: show(graph)

    assert growth(of, 100) < 2.5


def test_the_text_of_a_row_of_jobs_is_linear():
    short, long = (len(graph_text(chain(size), "title")) for size in (500, 1000))
    assert long / short < 2.5


def test_a_deep_job_begins_at_the_margin_again():
    lines = graph_text(chain(DEEPEST + 3), "title").splitlines()
    assert lines[-3:] == [
        f"{'   ' * (DEEPEST - 1)}└─ job-{DEEPEST:05}",
        f"job-{DEEPEST + 1:05}  (after job-{DEEPEST:05})",
        f"└─ job-{DEEPEST + 2:05}",
    ]


def test_stanzas_that_share_a_template_are_searched_once(tmp_path: Path):
    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        folder.mkdir()
        names = ", ".join(f"job-{at}" for at in reversed(range(size)))
        stanzas = [f"- project: {{name: ^team-{at}/.*, templates: [all]}}\n" for at in range(size)]
        text = f"- project-template: {{name: all, check: {{jobs: [{names}]}}}}\n"
        (folder / ".zuul.yaml").write_text("- job: {name: job-0}\n" + text + "".join(stanzas))
        layout = SingleRepository.at(folder).read().resolver.layout
        subject = ImpactSubject("job", "job-0")

        def search() -> list[Stanza]:
            may_use = may_use_it(layout, subject, {"job-0"})
            return [stanza for stanza in layout.expressions if may_use(stanza)]

        assert len(search()) == size
        return search

    assert growth(of, 100) < 2.5
