"""One bound is stronger than another if every value that it allows is allowed by the other."""

from __future__ import annotations

from typing import Any

import pytest

from groundrules.changes.measure_bounds import implies
from groundrules.records.expectation import Measure


def measure(**bounds: Any) -> Measure:
    return Measure.model_validate({"fact": "x", **bounds})


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ({"at_least": 8}, {"at_least": 7}),
        ({"at_least": 8, "at_most": 9}, {"at_least": 8}),
        ({"at_most": 9}, {"at_most": 10}),
        ({"equals": 8}, {"at_least": 7}),
        ({"equals": "kvm"}, {"one_of": ("kvm", "xen")}),
        ({"one_of": (8, 9)}, {"at_least": 8, "at_most": 9}),
        ({"one_of": (1, 8), "at_least": 4}, {"at_least": 7}),
        ({"equals": True}, {"one_of": (True, "yes")}),
    ],
)
def test_a_stronger_bound_implies_a_weaker_one(
    strong: dict[str, Any], weak: dict[str, Any]
) -> None:
    assert implies(measure(**strong), measure(**weak))
    assert not implies(measure(**weak), measure(**strong))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"at_least": 8}, {"at_most": 8}),
        ({"equals": 1}, {"equals": True}),
        ({"equals": "8"}, {"at_least": 7}),
        ({"at_least": 8}, {"at_least": 7, "unit": "GB"}),
        ({"at_least": 8}, {"fact": "y", "at_least": 7}),
        ({"one_of": ("a", "b")}, {"one_of": ("b", "c")}),
    ],
)
def test_others_cannot_be_compared(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not implies(measure(**one), measure(**other))
    assert not implies(measure(**other), measure(**one))


def test_the_same_values_are_equal_in_any_words() -> None:
    one, other = measure(equals=8), measure(one_of=(8, 8.0))
    assert implies(one, other)
    assert implies(other, one)
