"""The lines of wanted facts say the same as the whole document."""

from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from groundrules.verify.node_facts import NodeFacts
from groundrules.verify.reading import fact_document
from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.fact_document import facts_of

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
ASKED = AskedFacts(("ansible_default_ipv4.mtu", "ansible_kernel", "ansible_memtotal_mb"))


@pytest.mark.parametrize(
    "text",
    [
        "ansible_facts:\n    ansible_memtotal_mb: 1\nansible_memtotal_mb: 2\n",
        "memory:\n    system:\n        total_bytes: 1048576\nansible_memtotal_mb: 2\n",
        "ansible_memtotal_mb: 1\nmemtotal_mb: 2\n",
        "ansible_memtotal_mb: 1\nansible_date_time:\n    iso8601: '2026-01-01T00:00:00Z'\n",
        "ansible_memtotal_mb:\n  x: 1\n y: 2\n",
    ],
)
def test_the_kind_of_a_document_is_the_same(text: str, monkeypatch: pytest.MonkeyPatch):
    data = text.encode()
    found = facts_of(data, source="s", node="n", asked=ASKED, now=NOW)
    monkeypatch.setattr(fact_document, "part_of", lambda data, below, keys: None)
    assert found == facts_of(data, source="s", node="n", asked=ASKED, now=NOW)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["a: b", "x\nansible_memtotal_mb: 3", " - ", "'", '"', "word " * 30, "ansible_kernel", "0x1"]
)
SCALARS = TEXTS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)
NESTED = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
KEYS = st.sampled_from(["ansible_memtotal_mb", "ansible_kernel", "ansible_default_ipv4", "mtu"])
DOCUMENTS = st.dictionaries(KEYS | TEXTS, NESTED | st.fixed_dictionaries({"mtu": SCALARS}))


def both(data: bytes) -> tuple[object, object]:
    """Return the facts with and without the short way, if the short way was taken."""
    short = fact_document._asked_part(data, ASKED)
    with pytest.MonkeyPatch.context() as patch:
        first = facts_of(data, source="s", node="n", asked=ASKED, now=NOW)
        patch.setattr(fact_document, "part_of", lambda data, below, keys: None)
        second = facts_of(data, source="s", node="n", asked=ASKED, now=NOW)
    return (first, second) if short is not None else (second, second)


@given(DOCUMENTS, st.sampled_from([2, 4]), st.booleans())
def test_what_ansible_writes_has_the_same_facts(document: dict, indent: int, is_unicode: bool):
    text = yaml.safe_dump(
        document, indent=indent, allow_unicode=is_unicode, default_flow_style=False
    )
    first, second = both(text.encode())
    assert first == second


@given(DOCUMENTS)
def test_what_zuul_logs_has_the_same_facts(document: dict):
    text = yaml.safe_dump({"ansible_facts": document, "changed": False}, default_flow_style=False)
    first, second = both(text.encode())
    assert first == second


BASE = (
    yaml.safe_dump(
        {
            "ansible_memtotal_mb": 7964,
            "ansible_kernel": "6.1",
            "ansible_default_ipv4": {"mtu": 1400, "x": ["a", {"b": "c: d"}]},
            "other": {"text": "it's " * 30, "list": [], "double": "tab\t" * 40},
        },
        indent=4,
        default_flow_style=False,
    ),
)


@given(
    st.lists(
        st.tuples(st.integers(0, 700), st.sampled_from([*"\n '\"-:#{}[],&*!|>%@`\\?a", ""])),
        max_size=4,
    )
)
def test_a_changed_document_has_the_same_facts_or_is_refused(changes: list[tuple[int, str]]):
    """A mistake in other lines is not noticed; those of the wanted facts say the same."""
    text = BASE[0]
    for place, character in changes:
        text = text[:place] + character + text[place + (not character) :]
    first, second = both(text.encode())
    assert first == second or not isinstance(second, NodeFacts)
