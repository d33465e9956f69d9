"""Comments: those that YAML means, never those that a text holds, and the lines they speak of."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.yamlsource import comments


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: b # c\n", ["1:6 # c"]),
        ("a: b#c\n", []),
        ("a: 'x # y' # z\n", ["1:12 # z"]),
        ('a: "x \\" # y" # z\n', ["1:15 # z"]),
        ("a: [x, # one\n  y] # two # three\n", ["1:8 # one", "2:6 # two # three"]),
        ("a: |\n  # text\nb: 1 # c\n", ["3:6 # c"]),
        ("a: | # header\n  # text\n# after\n", ["1:6 # header", "3:1 # after"]),
        ("a: >-\n  # text\n\n  # more\n  # and more\n", []),
        ("a: one\n  two # c\n", ["2:7 # c"]),
        ("a: &x # anchor\n  b\n", ["1:7 # anchor"]),
        ("# alone\n\n# and again\na: b\n", ["1:1 # alone", "3:1 # and again"]),
        ("\ufeff# first\r\na: é # last", ["1:1 # first", "2:6 # last"]),
        ("a: 💥 # c\n", ["1:6 # c"]),
        ("%YAML 1.1 # directive\n---\na: b\n", ["1:11 # directive"]),
        ("a: !t # tag\n  b\n", ["1:7 # tag"]),
        ("a: ' # not closed\n", []),
        ("a: b\t# tab\n", ["1:6 # tab"]),
        ("# only\n", ["1:1 # only"]),
        ("", []),
    ],
)
def test_found(text: str, wanted: list[str]) -> None:
    assert [
        f"{each.place.line}:{each.place.column} {each.text}" for each in comments(text)
    ] == wanted


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: 1\nb: 2 # c\nd: 3\n", range(2, 3)),
        ("# c\na: 1\nb: 2\n", range(2, 3)),
        ("# c\n\n# other\na: 1\n", range(4, 5)),
        ("a: 1\n# at the end\n", range(2, 3)),
        ("a: | # c\n  one\n  two\nb: 1\n", range(1, 4)),
        ("# c\na: |\n  one\n\n  two\n\nb: 1\n", range(2, 6)),
        ("a: 'one\n  two' # c\n", range(1, 3)),
        ("# c\n- one\n  two\n- three\n", range(2, 4)),
    ],
)
def test_speaks_of(text: str, lines: range) -> None:
    assert comments(text)[0].lines == lines


def test_own_line() -> None:
    found = comments(
        dedent("""\
        a: b # beside
          # alone
        c: d
        """)
    )
    assert [each.alone for each in found] == [False, True]


@given(st.text(alphabet="a:#-|>'\"[]{},&*! \n\té", max_size=40))
def test_any_text_gives_comments_that_stand_where_they_say(text: str) -> None:
    lines = text.splitlines()
    for each in comments(text):
        line = lines[each.place.line - 1]
        assert line[each.place.column - 1 :] == each.text
        assert line[each.place.column - 2 : each.place.column - 1].strip(" \t") == "" or each.alone


def test_as_many_comments_as_a_large_file_holds() -> None:
    """Each is placed without looking at all lines, or this would take an hour."""
    found = comments("# c\n" * 100_000 + "a: b # c\n" * 20_000)
    assert [found[0].lines, found[-1].lines] == [range(100_001, 100_002), range(120_000, 120_001)]
