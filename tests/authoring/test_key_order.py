"""The keys of a record in the order of its model."""

from __future__ import annotations

from groundrules.authoring.record_file import in_order
from groundrules.records.expectation import Topic
from groundrules.records.platform import Label


def test_keys_have_the_order_of_the_model_at_every_depth():
    values = {
        "expectations": [
            {"evidence": [], "except": [{"statement": "A", "labels": ["b"]}], "id": "a"},
        ],
        "topic": "memory",
    }
    ordered = in_order(Topic, values)
    assert list(ordered) == ["topic", "expectations"]
    assert list(ordered["expectations"][0]) == ["id", "except", "evidence"]
    assert list(ordered["expectations"][0]["except"][0]) == ["labels", "statement"]
    assert ordered == values


def test_inherited_dates_come_after_what_a_label_is():
    values = {"evidence": [], "since": None, "seen": {}, "name": "a", "removed": None}
    assert list(in_order(Label, values)) == ["name", "since", "removed", "seen", "evidence"]


def test_unknown_keys_come_last_in_their_order():
    assert list(in_order(Label, {"b": 1, "a": 2, "name": "c"})) == ["name", "b", "a"]


def test_a_value_of_another_form_is_kept():
    assert in_order(Topic, {"expectations": "none"}) == {"expectations": "none"}
