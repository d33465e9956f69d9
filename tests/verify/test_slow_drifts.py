"""Numbers that go up or down slowly, and those that only look like it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable

import pytest
from counted_nodes import FIRST, Count, counted

from groundrules.verify.fact_trends import SlowDrift
from groundrules.verify.mann_kendall import chance_of_trend, slope
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.slow_drifts import slow_drifts

RAX = NodeKind("small", "rax", "DFW")


def days(number: int, value: Callable[[int], float], nodes: int = 5) -> list[Count]:
    return [(day, value(day), nodes) for day in range(number)]


def noise(seed: int) -> Callable[[int], float]:
    draw = random.Random(seed)  # noqa: S311
    return lambda day: 8000 + draw.randrange(-20, 21)


def test_a_drift_has_its_days_and_its_slope():
    (drift,) = slow_drifts(counted(days(30, lambda day: 8000 - 2 * day)))
    last = FIRST + datetime.timedelta(days=29)
    assert drift == SlowDrift(RAX, "memory", FIRST, last, 30, 8000, 7942, -2, drift.chance)
    assert drift.chance < 1e-12


def test_a_drift_in_noise_is_seen():
    around = noise(1)
    (drift,) = slow_drifts(counted(days(60, lambda day: around(day) + day)))
    assert 0.5 < drift.per_day < 1.5


def test_days_without_nodes_do_not_change_the_slope():
    counts = [(day, value, nodes) for day, value, nodes in days(60, lambda day: day) if day % 3]
    (drift,) = slow_drifts(counted(counts))
    assert (drift.days, drift.per_day, drift.start, drift.end) == (40, 1, 1, 59)


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param([], id="no nodes"),
        pytest.param(days(60, lambda day: 8000), id="always the same"),
        pytest.param(days(13, lambda day: day), id="too few days"),
        pytest.param(days(60, lambda day: day, nodes=4), id="too few nodes a day"),
        pytest.param(days(60, lambda day: 8000 - 500 * (day >= 30)), id="one step"),
        pytest.param(days(60, lambda day: 8000 + day % 7), id="weekly"),
        pytest.param(days(60, lambda day: abs(day - 30)), id="down and up again"),
        pytest.param([(None, at, 5) for at in range(60)], id="days are not known"),
        pytest.param(
            days(100, lambda day: 100 - day) + days(500, lambda day: 0)[100:], id="a year ago"
        ),
    ],
)
def test_no_drift(counts: list[Count]):
    assert slow_drifts(counted(counts)) == []


def test_noise_of_many_labels_is_no_drift():
    """Each of 300 series is tested; without a limit for all, some would look like a trend."""
    table = counted(days(30, noise(0)), "label-0")
    rows = [counted(days(30, noise(seed)), f"label-{seed}") for seed in range(1, 40)]
    assert slow_drifts(table.union(*rows)) == []


def test_chances_are_those_of_published_examples():
    # ten rising values: S = 45, variance 125; z = 44 / sqrt(125) (Gilbert 1987, 16.4)
    assert chance_of_trend(range(10)) == pytest.approx(8.30e-5, rel=1e-2)
    assert chance_of_trend([*range(10)][::-1]) == chance_of_trend(range(10))
    assert chance_of_trend([1, 1, 1]) == chance_of_trend([]) == chance_of_trend([1, 2, 1]) == 1


def test_ties_make_a_trend_less_certain():
    assert chance_of_trend([1, 1, 2, 2, 3, 3, 4, 4]) > chance_of_trend(range(8))


def test_an_outlier_does_not_change_the_slope():
    assert slope([0, 1, 2, 3, 4], [0, 1, 2, 3, 1000]) == 1
