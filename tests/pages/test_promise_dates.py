"""The days on which expectations and exceptions begin and end are changes, or plans before them."""

from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from groundrules.pages.feed import feed
from groundrules.pages.lifecycle import history
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.prose.markup import plain
from groundrules.records import Catalogue
from groundrules.records.expectation import Topic
from groundrules.records.manual import Manual
from groundrules.records.platform import Platform

TODAY = datetime.date(2026, 6, 1)
ATOM = "{http://www.w3.org/2005/Atom}"
MANUAL = Manual(title="Ours", publisher="The CI team", summary="Yes.")
ON_B = {"labels": ["b"], "standing": "varies"}
CLOUD = {"name": "cloud", "status": "active", "as_of": "2026-01-01"}


def outline(*exceptions: dict[str, Any], **keys: Any) -> Outline:
    said = {"id": "one", "title": "One", "standing": "guaranteed", "statement": "Yes."}
    expectation = {**said, "except": exceptions, **keys}
    topic = {"topic": "t", "title": "T", "expectations": [expectation]}
    labels = tuple({"name": name, "operating_system": "Linux"} for name in ("a", "b"))
    vm = {"id": "vm", "title": "VM", "summary": "One.", "labels": labels, "providers": (CLOUD,)}
    return Outline(
        Catalogue(
            MANUAL,
            platforms=(Platform.model_validate(vm),),
            topics=(Topic.model_validate(topic),),
            today=TODAY,
        )
    )


def told(made: Outline) -> tuple[list[str], list[str]]:
    """Return the past changes and the plans."""
    lists = (made.events, made.plans)
    past, future = ([f"{each.date} {each.what}" for each in events] for events in lists)
    return past, future


@pytest.mark.parametrize(
    ("keys", "past", "planned"),
    [
        ({}, [], []),
        ({"recorded": "2025-05-01"}, [], []),
        ({"since": "2025-05-01"}, ["2025-05-01 True since this day."], []),
        ({"since": "2026-06-01"}, ["2026-06-01 True since this day."], []),
        ({"since": "2027-05-01"}, [], ["2027-05-01 True from this day on."]),
        (
            {"since": "2025-05-01", "withdrawn": "2027-01-01"},
            ["2025-05-01 True since this day."],
            ["2027-01-01 Will be withdrawn."],
        ),
        (
            {"since": "2025-05-01", "withdrawn": "2026-01-01"},
            ["2026-01-01 Withdrawn.", "2025-05-01 True from this day until it was withdrawn."],
            [],
        ),
        (
            {"since": "2025-05-01", "changed": [{"date": "2025-05-01", "what": "It is true."}]},
            ["2025-05-01 It is true."],
            [],
        ),
        ({"since": "2027-05-01", "withdrawn": "2026-01-01"}, ["2026-01-01 Withdrawn."], []),
    ],
)
def test_the_day_on_which_an_expectation_begins_is_named_once(keys, past, planned):
    assert told(outline(**keys)) == (past, planned)


@pytest.mark.parametrize(
    ("exception", "past", "planned"),
    [
        (ON_B, [], []),
        (
            {**ON_B, "since": "2025-01-01", "until": "2026-12-31"},
            ["2025-01-01 First day of the exception for ``b``: varies."],
            ["2026-12-31 Last day of the exception for ``b``: varies."],
        ),
        (
            {"platforms": ["vm"], "statement": "More.", "until": "2026-12-31"},
            [],
            ["2026-12-31 Last day of the exception for ``vm``: guaranteed."],
        ),
        (
            {"labels": ["b"], "providers": ["cloud", "rax"], "regions": ["DFW*"],
             "since": "2026-07-01", "standing": "not-guaranteed"},
            [],
            ["2026-07-01 First day of the exception for ``b`` from ``cloud`` and ``rax`` in "
             ":literal:`DFW*`: not guaranteed."],
        ),
        (
            {"providers": ["cloud"], "standing": "varies", "until": "2026-12-31"},
            [],
            ["2026-12-31 Last day of the exception for nodes from ``cloud``: varies."],
        ),
        (
            {"regions": ["DFW"], "standing": "varies", "until": "2026-12-31"},
            [],
            ["2026-12-31 Last day of the exception for nodes in ``DFW``: varies."],
        ),
        (
            {"labels": [f"b{at}" for at in range(9)], "standing": "present", "until": "2026-01-01"},
            ["2026-01-01 Last day of the exception for ``b0``, ``b1``, ``b2``, ``b3``, ``b4`` and "
             "4 more: present, not promised."],
            [],
        ),
    ],
)  # fmt: skip
def test_the_days_of_an_exception_say_for_what_it_is(exception, past, planned):
    assert told(outline(exception)) == (past, planned)


def test_an_exception_of_what_is_no_longer_promised_has_no_days():
    ended = outline({**ON_B, "until": "2026-12-31"}, withdrawn="2026-01-01")
    assert told(ended) == (["2026-01-01 Withdrawn."], [])


def test_the_page_of_changes_and_the_feed_have_them():
    made = outline({**ON_B, "until": "2026-12-31"}, since="2025-05-01")
    [page] = [each for each in plan(made.catalogue) if each.name == "changes"]
    planned, _, changed = Templates().page(page).partition("Changed\n-------\n")
    assert "* 31 December 2026: :ci:expectation:`One <one>`\n\n  Last day of the exc" in planned
    assert "* - 2025-05-01\n     - T\n     - :ci:expectation:`One <one>`\n     - True" in changed
    root = ElementTree.fromstring(feed(made, lambda *name: (name[1], None), plain))  # noqa: S314
    titles = [each.findtext(f"{ATOM}title") for each in root.iter(f"{ATOM}entry")]
    assert titles == ["One: True since this day."]


def of_label(made: Outline, name: str) -> list[str]:
    return [each.what for each in made.concerned_events.of_label(*made.catalogue.labels[name])]


@pytest.mark.parametrize(
    ("exception", "labels"),
    [
        (ON_B, "b"),
        ({"platforms": ["vm"], "standing": "varies"}, "ab"),
        ({"providers": ["cloud"], "standing": "varies"}, "ab"),
        ({"labels": ["b"], "providers": ["cloud"], "standing": "varies"}, "b"),
        ({"providers": ["other"], "standing": "varies"}, ""),
    ],
)
def test_a_label_has_the_days_of_exceptions_that_are_about_it(exception, labels):
    made = outline({**exception, "since": "2026-01-01"})
    found = "".join(name for name in "ab" if of_label(made, name))
    assert found == labels


def test_an_expectation_for_other_labels_brings_no_days_of_its_exceptions():
    every = {"platforms": ["vm"], "standing": "varies", "since": "2026-01-01"}
    made = outline(every, applies_to={"labels": ["a"]})
    assert (len(of_label(made, "a")), of_label(made, "b")) == (1, [])


@pytest.mark.parametrize(
    ("keys", "entries"),
    [
        (
            {"since": "2025-05-01", "withdrawn": "2026-01-01"},
            ["2026-01-01 Withdrawn.", "2025-05-01 True from this day until it was withdrawn."],
        ),
        (
            {"since": "2025-05-01", "withdrawn": "2027-01-01"},
            ["2027-01-01 Will be withdrawn.", "2025-05-01 True since this day."],
        ),
    ],
)
def test_the_history_of_an_expectation_says_the_same_as_the_page_of_changes(
    keys: dict[str, Any], entries: list[str]
):
    made = outline({**ON_B, "since": "2025-08-01"}, **keys)
    record = made.catalogue.expectations["one"]
    assert [f"{each.date} {each.what}" for each in history(record, TODAY)] == entries
    past, future = told(made)
    assert {*entries} <= {*past, *future}


def test_the_history_of_a_platform_says_when_it_came_and_goes():
    vm = {"id": "vm", "title": "VM", "summary": "One.", "since": "2025-01-01"}
    ends = {"removed": "2027-01-01", "changed": [{"date": "2025-02-01", "what": "More of them."}]}
    platform = Platform.model_validate({**vm, **ends})
    assert [f"{each.date} {each.what}" for each in history(platform, TODAY)] == [
        "2027-01-01 Will be removed.",
        "2025-02-01 More of them.",
        "2025-01-01 Introduced.",
    ]
