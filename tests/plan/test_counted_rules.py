"""A plan says which of its dependencies the graph does not list: those of rules alone."""

from __future__ import annotations

import pytest

from groundrules.plan.documented_problem import planned_graphs
from groundrules.records.graph import Graph

JOBS = [{"name": "a"}, {"name": "b", "waits_for": [{"job": "a"}]}, {"name": "c"}, {"name": "d"}]


def notes(*rules: dict[str, object], jobs: list[dict[str, object]] = JOBS) -> tuple[str, ...]:
    graph = Graph.model_validate(
        {
            "id": "g",
            "title": "G",
            "configuration": "c",
            "project": "p",
            "pipelines": ["check", "gate"],
            "jobs": jobs,
            "rules": [
                {"id": f"rule-{number}", "waits_for": "a", "why": "So.", **rule}
                for number, rule in enumerate(rules)
            ],
        }
    )
    planned = next(planned_graphs(graph))
    return planned.notes


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([], ()),
        ([{"every": {"name": "b"}}], ()),
        (
            [{"every": {"name": "b"}}, {"every": {"name": "c"}}],
            ("Of these, 1 dependency is demanded by rules alone.",),
        ),
        ([{"every": {"name": "*"}}], ("Of these, 2 dependencies are demanded by rules alone.",)),
    ],
)
def test_dependencies_of_rules_alone_are_counted(rules, said):
    assert notes(*rules) == said


def test_a_dependency_on_a_job_of_another_pipeline_is_not_counted():
    jobs = [
        {**JOBS[0], "pipelines": ["gate"]},
        *({**job, "pipelines": ["check"]} for job in JOBS[2:]),
    ]
    assert notes({"every": {"name": "*"}}, jobs=jobs) == ()
