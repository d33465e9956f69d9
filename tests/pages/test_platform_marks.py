"""The mark of a platform: only what somebody recorded makes it current."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from groundrules.pages.lifecycle import platform_word
from groundrules.records.platform import Platform

TODAY = datetime.date(2026, 7, 1)
SEEN = {"date": "2026-01-01", "where": "our jobs"}
ACTIVE = {"name": "cloud", "status": "active", "as_of": "2026-01-01"}


def word(**keys: Any) -> str:
    record = Platform.model_validate({"id": "vm", "title": "VM", "summary": "S.", **keys})
    return platform_word(record, TODAY)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"recorded": "2020-01-01"},
        {"labels": [{"name": "small"}]},
        {"providers": [{**ACTIVE, "status": "disabled"}]},
        {"providers": [{**ACTIVE, "status": "unknown"}]},
    ],
)
def test_a_platform_of_which_nobody_saw_anything_is_not_called_current(keys: dict[str, Any]):
    assert word(**keys) == "unseen"


@pytest.mark.parametrize(
    "keys",
    [
        {"since": "2020-01-01"},
        {"evidence": ["https://example.org/nodes"]},
        {"labels": [{"name": "small", "seen": SEEN}]},
        {"labels": [{"name": "small", "evidence": ["https://example.org/nodes"]}]},
        {"providers": [ACTIVE]},
    ],
)
def test_a_platform_is_current_where_a_record_shows_it(keys: dict[str, Any]):
    assert word(**keys) == "current"


@pytest.mark.parametrize(
    ("keys", "mark"),
    [
        ({"example": True}, "example"),
        ({"since": "2027-01-01"}, "upcoming"),
        ({"removed": "2027-01-01"}, "announced"),
        ({"deprecated": "2026-01-01"}, "deprecated"),
        ({"not_supplied": "2026-01-01"}, "not-supplied"),
        ({"removed": "2026-01-01"}, "removed"),
    ],
)
def test_its_dates_say_more(keys: dict[str, Any], mark: str):
    assert word(**keys) == mark
