"""YAML as the house writes it; what is read again is what was written."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.yamlsource import read, yaml_text
from groundrules.yamlsource.widths import columns, filled

CASES = sorted((Path(__file__).parent / "writing").glob("*.yaml"))
DAY = datetime.date(2026, 3, 1)
PROSE = "Jobs on it wait for the mirror, which is set up before them. " * 3


def again(text: str) -> Any:
    return read(text.encode("utf-8")).value


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_text_in_the_house_style_is_written_again(path: Path):
    text = path.read_text("utf-8")
    assert yaml_text(again(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ubuntu-noble", "ubuntu-noble"),
        ("24.10", "'24.10'"),
        ("no", "'no'"),
        ("1:30", "'1:30'"),
        ("2026-03-01", "'2026-03-01'"),
        (DAY, "2026-03-01"),
        ("", "''"),
        (" a", "' a'"),
        ("it's: here", "'it''s: here'"),
        ("a #b", "'a #b'"),
        ("#opendev on OFTC", "'#opendev on OFTC'"),
        ("*-arm64", "'*-arm64'"),
        ("https://example.org/?a#b", "https://example.org/?a#b"),
        ("session:summit", "session:summit"),
        ("<<", "'<<'"),
        ("=", "'='"),
        ("a\tb", r'"a\tb"'),
        ("a\u2028b", r'"a\U00002028b"'),
        (True, "true"),
        (None, "null"),
        (1e20, "1.0e+20"),
        ([], "[]"),
        ({}, "{}"),
        ("two\nlines", "|-\n  two\n  lines"),
        ("two\n\nparts\n", "|\n  two\n\n  parts"),
        (["  two\nlines\n"], "- |2\n    two\n  lines"),
        ("  two\nlines\n", r'"  two\nlines\n"'),
        ("one\n", "|\n  one"),
    ],
)
def test_a_single_value(value: Any, text: str):
    assert yaml_text(value) == f"{text}\n"
    assert again(yaml_text(value)) == value


def test_a_text_in_a_flow_list_has_quotes_where_a_block_needs_none():
    assert yaml_text({"a": ["b,c", "d"], "e": "b,c"}) == "a: ['b,c', d]\ne: b,c\n"


def test_a_list_with_a_sentence_has_a_line_for_each_item():
    assert yaml_text(["one, two", "three"]) == "- one, two\n- three\n"
    assert yaml_text({"decisions": ["It moves."]}) == "decisions:\n  - It moves.\n"


def test_a_list_that_is_too_long_for_a_line_has_a_line_for_each_item():
    names = [f"debian-trixie-arm64-{size}GB" for size in range(8, 12)]
    assert yaml_text({"labels": names}, width=100).count("\n") == 5
    assert yaml_text({"labels": names}, width=120).count("\n") == 1


def test_every_line_has_the_indentation_and_counts_it_in_the_width():
    assert yaml_text([{"why": "a b c d e f", "job": "x"}], indent=4, width=17) == (
        "    - why: >-\n        a b c d e\n        f\n      job: x\n"
    )


def test_long_text_is_folded_to_lines_of_the_width():
    lines = yaml_text({"why": PROSE.strip()}, width=60).splitlines()
    assert lines[0] == "why: >-"
    assert max(map(len, lines)) <= 60
    assert again(yaml_text({"why": PROSE.strip()}, width=60)) == {"why": PROSE.strip()}


def test_wide_characters_take_two_columns_and_accents_none():
    assert (columns("abc"), columns("日本"), columns("e\u0301")) == (3, 4, 1)
    assert filled("日本 日本 a", 7) == ["日本", "日本 a"]


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])),
    st.text("ab #:-'\"\n\t|>[]{},&*!%@`=<.0", max_size=30),
    st.lists(st.sampled_from(["word", "x", "https://example.org/a", "日本", ""])).map(" ".join),
)
KEYS = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(value=VALUES, indent=st.integers(0, 6), width=st.integers(10, 100))
def test_what_is_written_is_read_again(value: Any, indent: int, width: int):
    text = yaml_text(value, indent=indent, width=width)
    assert repr(again(text)) == repr(value)
    assert text.endswith("\n")
