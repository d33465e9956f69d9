"""A planned dependency is never stated as if something enforced it."""

from __future__ import annotations

from typing import Any

import pytest

from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.elements import Edge, Job, Status
from groundrules.graphs.job_graph import JobGraph
from groundrules.pages import diagram
from groundrules.pages.known_order import known_order
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import Catalogue
from groundrules.records.graph import Graph
from groundrules.records.manual import Manual

MANUAL = Manual(title="Ours", publisher="The team", summary="All.")
COUNTED = "Planned dependencies count as if they were enforced.\n"
RULE = {"id": "r", "every": {"name": "mail"}, "waits_for": "web", "why": "Alerts."}


def graph(status: str = "planned", **keys: Any) -> Graph:
    """Return four jobs: all wait for the first through others, one of them as planned."""
    mail = {"job": "web", "why": "It sends links.", "status": status}
    return Graph.model_validate(
        {
            "id": "deploy",
            "title": "Deployment",
            "configuration": "ours",
            "project": "team/config",
            "pipelines": ["deploy"],
            "jobs": [
                {"name": "base", "duration": {"typical": "1 min"}},
                {"name": "web", "waits_for": [{"job": "base", "why": "Users come first."}]},
                {"name": "mail", "waits_for": [mail]},
                {"name": "report", "waits_for": [{"job": "web", "why": "It reads it."}]},
            ],
            **keys,
        }
    )


def page(record: Graph, name: str) -> str:
    catalogue = Catalogue(MANUAL, graphs=(record,))
    [found] = [each for each in plan(catalogue) if each.name == name]
    return Templates().page(found)


def test_a_job_names_those_that_only_a_plan_connects_with_it():
    after = page(graph(), "jobs/deploy/base")
    jobs = ":ci:jobs:`deploy/mail deploy/report deploy/web`"
    assert f"through others 3 jobs wait for it: {jobs}.\n\n" in after
    assert "\n\nOnly as planned: :ci:jobs:`deploy/mail`.\n" in after
    before = page(graph(), "jobs/deploy/mail")
    assert "through others it waits for 2 jobs: :ci:jobs:`deploy/base deploy/web`.\n" in before
    assert "\n\nOnly as planned: :ci:jobs:`deploy/base deploy/web`.\n" in before
    assert "Only as planned" not in page(graph(), "jobs/deploy/report")


def test_the_order_of_a_graph_says_that_plans_count():
    order = page(graph(), "graphs/deploy").partition("In which order\n")[2]
    assert f"of its step.\n\n{COUNTED}\nTwo jobs can run side by side if" in order


@pytest.mark.parametrize(
    "record",
    [graph("enforced"), graph(rules=[RULE])],
    ids=["all is enforced", "an enforced rule demands the same"],
)
def test_what_is_enforced_is_said_without_a_word_on_plans(record: Graph):
    assert COUNTED not in page(record, "graphs/deploy")
    for job in ("base", "web", "mail"):
        assert "Only as planned" not in page(record, f"jobs/deploy/{job}")


@pytest.mark.parametrize(
    ("record", "count"),
    [
        (graph(), 2),
        (graph("enforced"), 0),
        (graph("enforced", rules=[{**RULE, "every": {"name": "base"}, "status": "planned"}]), 0),
        (graph("enforced", rules=[{**RULE, "every": {"name": "report"}, "status": "planned"}]), 0),
    ],
    ids=["a plan", "none", "its own job is exempt", "a rule adds nothing"],
)
def test_a_plan_says_so_where_it_counts_one(record: Graph, count: int):
    """The page has it in two sections: that of the order, and the plan."""
    assert page(record, "graphs/deploy").count(COUNTED) == count


def test_rules_that_are_only_planned_are_known_apart():
    both = [
        {**RULE, "waits_for": "report"},
        {**RULE, "id": "s", "every": {"name": "report"}, "waits_for": "mail", "status": "planned"},
    ]
    first, second = (known_order(graph(rules=[rule]), Verdicts()) for rule in both)
    assert (first.of("mail").demanded, first.of("mail").planned) == (("report",), ())
    assert (second.of("report").demanded, second.of("report").planned) == ((), ("mail",))
    known = known_order(graph(rules=[RULE]), Verdicts())
    assert (known.of("mail").demanded, known.of("mail").planned) == (("web",), ())
    record = graph(rules=[both[1]])
    drawn = Templates().diagram(record.job_graph, "deploy", "Deployment", known=second)
    assert drawn.count('<g class="ci-demand ci-planned" data-ends=') == 1
    assert drawn.count("ci-demand") == 1


def test_a_plan_implies_no_arrow_of_what_is_enforced(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(diagram, "WITH_DETOURS", 3)
    jobs = tuple(Job(name=name) for name in "abcd")
    edges = [
        Edge(job=job, dependency=dependency, status=status)
        for job, dependency, status in (
            ("b", "a", Status.ENFORCED),
            ("c", "b", Status.PLANNED),
            ("c", "a", Status.ENFORCED),  # a plan alone implies it
            ("d", "c", Status.ENFORCED),
            ("d", "a", Status.ENFORCED),  # c implies it
        )
    ]
    drawn = diagram.drawn(JobGraph(jobs, tuple(edges)))
    assert drawn is not None
    assert list(drawn) == [1, 2, 3, 4]
