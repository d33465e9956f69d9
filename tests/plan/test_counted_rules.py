"""A plan says which of its dependencies the graph does not list: those of rules alone."""

from __future__ import annotations

import pytest

from groundrules.plan.documented_problem import planned_graphs
from groundrules.records.graph import Graph

JOBS = [{"name": "a"}, {"name": "b", "waits_for": [{"job": "a"}]}, {"name": "c"}, {"name": "d"}]


def notes(*rules: dict[str, object]) -> tuple[str, ...]:
    graph = Graph.model_validate(
        {
            "id": "g",
            "title": "G",
            "configuration": "c",
            "project": "p",
            "pipelines": ["check"],
            "jobs": JOBS,
            "rules": [
                {"id": f"rule-{number}", "waits_for": "a", "why": "So.", **rule}
                for number, rule in enumerate(rules)
            ],
        }
    )
    [planned] = planned_graphs(graph)
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
