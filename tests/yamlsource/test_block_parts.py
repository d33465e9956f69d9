"""Keys that are cut out of a text have the same values as in the whole."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from groundrules.yamlsource import Problem, part_of, read

KEYS = (b"a", b"b", b"c")


def cut(text: str, below: str = "facts") -> str | None:
    part = part_of(text.encode(), below, KEYS)
    return None if part is None else part.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nx: 2\n", "a: 1\n"),
        ("---\nx: 2\na: 1\n", "a: 1\n"),
        ("facts:\n  a: 1\n  x: 2\n  c: 3\nother: 4\n", "  a: 1\n  c: 3\n"),
        ("other:\n  a: 1\nfacts:\n    b: 2\n", "    b: 2\n"),
        ("x:\n  a: 1\n", ""),
        ("a:\n- 1\n- b: 2\n  c: 3\nx: 4\n", "a:\n- 1\n- b: 2\n  c: 3\n"),
        ("x: !unsafe 'one\n\n  a: 1'\na: !unsafe 2\n", "a: !unsafe 2\n"),
        ("x: 'one\n  a: 1'\na: 2\n", "a: 2\n"),
        ('x: "one \\\n  a: 1"\na: 2\n', "a: 2\n"),
        ("x: one\n  two a:1\na: 2\n", "a: 2\n"),
        ("x: []\ny: {}\nz:\na: 2\n", "a: 2\n"),
        ("'x y': 1\n--z: 2\na: '2'\n", "a: '2'\n"),
        ("'x': 1\n'y z': 1\na: 2\n", "a: 2\n"),
        ("::1: 3\nx: 'one\n\n\n  two'\nc: 2\n", "c: 2\n"),
        ("x: a#b\ny: ::1\nz: -1\na: 2\n", "a: 2\n"),
    ],
)
def test_lines_of_a_key(text: str, expected: str):
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{a: 1}\n", "x: [1,\na: 2]\n", "x: |\n  text\na: 1\n", "x: &x 1\na: *x\n", "a: !!str 1\n",
        "# comment\na: 1\n", "a: 1", "a: 1\r\n", "\ta: 1\n", "a: é\n", "x: 'one\na: 1'\n",
        'x: "one\na: 1"\n', "x: one\ntwo\na: 1\n", "a: 1\n---\na: 2\n", "a: 1\n\nb: 2\n",
        "? a\n: 1\n", "<<:\n  a: 1\nb: 2\n",
        "facts:\n  a: 1\nfacts:\n  a: 2\n", "x: 'it's'\na: 1\n", "x: 1 # comment\na: 1\n",
        "a: b: c\n", "%YAML 1.1\n---\na: 1\n", "'a': 1\n", "b: 2\n'a': 1\n",
        "'facts':\n  a: 1\n", "facts:\n  'a': 1\n  b: 2\n",
    ],
)  # fmt: skip
def test_another_style_is_not_cut(text: str):
    assert cut(text) is None


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12) | st.text(
    "ab'\"\n :#-", max_size=120
)
VALUES = st.recursive(
    WORDS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
FACTS = st.dictionaries(st.sampled_from(["a", "b", "c", "x", "y", "a b"]) | WORDS, VALUES)


def values(data: bytes) -> Any:
    value = read(data).value or {}
    inner = value.get("facts", value) if isinstance(value, dict) else None
    if not isinstance(inner, dict):
        return None
    return {key: inner[key] for key in ("a", "b", "c") if key in inner}


def dumped(document: dict[str, Any], **options: Any) -> str:
    return yaml.dump(document, Dumper=yaml.CSafeDumper, default_flow_style=False, **options)


def compare(text: str) -> None:
    part = part_of(text.encode(), "facts", KEYS)
    if part is None:
        return
    try:
        whole = values(text.encode())
    except Problem:
        return  # what is not asked for is not verified
    if whole is not None:
        assert (values(part) if part else {}) == whole


@given(FACTS, st.booleans(), st.sampled_from([2, 4]))
def test_what_a_program_writes(facts: dict[str, Any], is_below: bool, indent: int):
    document = {"changed": False, "facts": facts, "z": "q" * 90} if is_below else facts
    compare(dumped(document, indent=indent))


@settings(max_examples=300)
@given(FACTS, st.integers(0, 400), st.text("ab:\n '\"-#{}[]&*!|>\\", min_size=1, max_size=4))
def test_a_text_with_a_change_in_it(facts: dict[str, Any], place: int, change: str):
    text = dumped({"x": facts, **facts})
    at = place % (len(text) + 1)
    compare(text[:at] + change + text[at:])
    compare(text[:at] + change + text[at + len(change) :])


def test_a_long_text_takes_linear_time():
    """Each of these would take minutes if an expression went back."""
    for line in ("a: '" + "''" * 200_000, "a: " + "x:" * 200_000, " " * 400_000, "- " * 200_000):
        assert cut(line) is None
        cut(f"{line}\n")
