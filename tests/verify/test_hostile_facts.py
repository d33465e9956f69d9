"""No bytes make the reader of facts raise, hang, or keep a value that no column can hold."""

from __future__ import annotations

import datetime
import json
import math
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from groundrules.verify.node_facts import NodeFacts, SkippedFacts
from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.fact_document import facts_of
from groundrules.verify.reading.zuul_inventory import InventoryError, read_inventory

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
NAMES = ("ansible_memtotal_mb", "ansible_default_ipv4.mtu", "ansible_kernel")
ASKED = AskedFacts(NAMES)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1e400", "-0"])
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)
KEYS = st.sampled_from(
    ["ansible_facts", "ansible_memtotal_mb", "ansible_default_ipv4", "ansible_kernel", "mtu",
     "ansible_date_time", "date_time", "iso8601", "memory", "system", "total_bytes", "os", "msg",
     "unreachable", "failed"],
)  # fmt: skip
DOCUMENTS = st.recursive(
    VALUES, lambda inner: st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)


def read(data: bytes) -> None:
    result = facts_of(data, source="s", node="n", asked=ASKED, now=NOW)
    if isinstance(result, SkippedFacts):
        assert result.reason
        return
    assert isinstance(result, NodeFacts)
    for value in result.facts.values():
        assert type(value) in (bool, int, float, str)
        assert value != ""
        assert isinstance(value, bool | str) or math.isfinite(value)
        assert not isinstance(value, int) or abs(value) < 2**63
    assert result.time is None or result.time.tzinfo is datetime.UTC


def read_any_inventory(data: bytes) -> None:
    with suppress(InventoryError):
        inventory = read_inventory(data)
        assert len(inventory.build) in (0, 32)
        assert all(isinstance(name, str) for name in inventory.kinds)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes):
    read(data)
    read(b"ansible_memtotal_mb: " + data + b"\n")
    read_any_inventory(data)


@given(DOCUMENTS)
def test_any_json(document: Any):
    read(json.dumps(document).encode())


@given(DOCUMENTS)
def test_any_yaml(document: Any):
    read(yaml.safe_dump(document).encode())
    read(yaml.safe_dump({"ansible_facts": document}, default_flow_style=False).encode())


@given(DOCUMENTS)
def test_any_inventory(document: Any):
    for value in (
        {"hosts": document},
        {"hosts": {"a": {"nodepool": document}}},
        {"hosts": {"a": None}, "vars": {"zuul": document}},
        {"hosts": {"a": None}, "vars": {"zuul": {"build": document}}},
    ):
        for style in (None, False):
            read_any_inventory(yaml.safe_dump({"all": value}, default_flow_style=style).encode())


@pytest.mark.parametrize(
    "text",
    ["1" * 400, "1e400", ".inf", "-.nan", "9" * 30, "!!float '1'", "2026-11-30", "1:30:00", "~"],
)
def test_odd_numbers(text: str):
    read(f"ansible_memtotal_mb: {text}\nansible_kernel: {text}\n".encode())
    read(f'{{"ansible_memtotal_mb": {json.dumps(text)}, "ansible_kernel": 1}}'.encode())
