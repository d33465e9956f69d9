"""The lines of wanted facts say the same as the whole document."""

from __future__ import annotations

import datetime
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from groundrules.verify.node_facts import NodeFacts
from groundrules.verify.reading import FactChoice, fact_document, facts_of
from groundrules.verify.reading.wanted_part import wanted_part

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
CHOICE = FactChoice(("ansible_default_ipv4.mtu", "ansible_kernel", "ansible_memtotal_mb"))
NAMES = frozenset((b"a", b"c"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n"),
        ("---\na: 1\nb: 2\n", "a: 1\n"),
        ("a:\n    x: 1\n    y:\n    - 2\nb: 2\n", "a:\n    x: 1\n    y:\n    - 2\n"),
        ("b: 2\na:\n- 1\n-   x: ''\n    y: ::1\n", "a:\n- 1\n-   x: ''\n    y: ::1\n"),
        ("b: 'it''s a: b'\na: \"x\\\"y\"\n", 'a: "x\\"y"\n'),
        ("b: 'two\n    a: lines'\na: 1\n", "a: 1\n"),
        ('b: "two\\\n    \\ lines"\na: 1\n', "a: 1\n"),
        ("b: words that\n    go on\na: words that\n    go on\n", "a: words that\n    go on\n"),
        ("b: {}\n'2024': []\n", None),
        ("b: {}\n    '2024': []\na: {}\n", "a: {}\n"),
    ],
)
def test_only_the_wanted_lines_are_left(text: str, part: str | None):
    found = wanted_part(text.encode(), NAMES)
    assert found == (None if part is None else part.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b: 1\n",
        "a: 1",
        "a: 1\na: 2\n",
        "a: 1\n---\na: 2\n",
        "a: 1\n...\n",
        "a: 1 # comment\n",
        "# comment\na: 1\n",
        "a : 1\n",
        "'a': 1\n",
        "? a\n: 1\n",
        "a:\t1\n",
        "a: 1\r\n",
        "a: 1\0\n",
        "{a: 1}\n",
        "b: {x: 1,\na: 2}\n",
        "b: [x,\na: 2]\n",
        "b: 'x\na: 2'\n",
        'b: "x\na: 2"\n',
        'b: "x\\\na: 2"\n',
        "b: 'x\n",
        "b: |\n    x\na: 1\n",
        "b: &x 1\na: *x\n",
        "b: !!str 1\na: 1\n",
        "b: @x\na: 1\n",
        "<<:\n    a: 1\na: 2\n",
        "\ufeffa: 1\n",
        "b: x\u2028a: 2\n",
        "b: x\u0085a: 2\n",
        " a: 1\na: 1\n\n",
    ],
)
def test_a_document_in_another_form_is_parsed_as_a_whole(text: str):
    assert wanted_part(text.encode(), NAMES) is None


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
    found = facts_of(data, source="s", node="n", choice=CHOICE, now=NOW)
    monkeypatch.setattr(fact_document, "wanted_part", lambda data, names: None)
    assert found == facts_of(data, source="s", node="n", choice=CHOICE, now=NOW)


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
    short = fact_document._simple(data, CHOICE)
    with pytest.MonkeyPatch.context() as patch:
        first = facts_of(data, source="s", node="n", choice=CHOICE, now=NOW)
        patch.setattr(fact_document, "wanted_part", lambda data, names: None)
        second = facts_of(data, source="s", node="n", choice=CHOICE, now=NOW)
    return (first, second) if short is not None else (second, second)


@given(DOCUMENTS, st.sampled_from([2, 4]), st.booleans())
def test_what_ansible_writes_has_the_same_facts(document: dict, indent: int, is_unicode: bool):
    text = yaml.safe_dump(
        document, indent=indent, allow_unicode=is_unicode, default_flow_style=False
    )
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


def test_json_is_not_in_this_form():
    assert wanted_part(json.dumps({"a": 1}).encode() + b"\n", NAMES) is None
