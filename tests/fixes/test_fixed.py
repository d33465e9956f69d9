"""One change of one text: exactly what is asked for, every other byte as it was, or refused."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundrules.fix import Change, Fix, Remove, Rename, RenameJob, Replace, Write
from groundrules.fixes import FixRefusedError, fixed
from groundrules.text import Scalar
from groundrules.yamlsource import comments

ROOT = Path(__file__).parents[2]
GRAPH = dedent("""\
    # how it is deployed
    jobs:
      - name:  "base"   # first of all
        tags: [ a,b ]

      - {name: web, waits_for: [{job: base, status: planned, why: 'It''s first.'}]}
      - name: 'mirror'
        waits_for:
          - job: base
            soft: true   # for now
            why: |
              Users.

          # the end
    """)


def changed(text: str, *changes: Change | RenameJob) -> str:
    return fixed(text, Fix("x.yaml", changes))


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Write(("jobs", 0, "name"), "root"), '"base"   #', '"root"   #'),
        (Write(("jobs", 0, "name"), 'a "b"'), '"base"   #', '"a \\"b\\""   #'),
        (Write(("jobs", 0, "tags", 1), "no"), "[ a,b ]", "[ a,'no' ]"),
        (Write(("jobs", 0, "tags", 0), "c, d"), "[ a,b ]", "[ 'c, d',b ]"),
        (
            Write(("jobs", 1, "waits_for", 0, "status"), "enforced"),
            "status: planned",
            "status: enforced",
        ),
        (Remove(("jobs", 1, "waits_for", 0, "status")), "status: planned, ", ""),
        (Remove(("jobs", 1, "waits_for", 0, "why")), ", why: 'It''s first.'", ""),
        (Write(("jobs", 1, "waits_for", 0, "soft"), True), "first.'}", "first.', soft: true}"),
        (Write(("jobs", 2, "waits_for", 0, "soft"), False), "soft: true ", "soft: false "),
        (Rename(("jobs", 2, "waits_for", 0, "soft"), "hard"), "soft: true", "hard: true"),
        (
            Write(("jobs", 0, "timeout"), 5),
            "[ a,b ]\n",
            "[ a,b ]\n    timeout: 5\n",
        ),
        (
            Write(("jobs", 2, "waits_for", 0, "status"), "planned"),
            "Users.\n",
            "Users.\n        status: planned\n",
        ),
        (
            Write(("jobs", 0, "formerly"), ("x", "y")),
            "[ a,b ]\n",
            "[ a,b ]\n    formerly: [x, y]\n",
        ),
        (Write(("jobs", 0, "formerly"), ("no",)), "[ a,b ]\n", "[ a,b ]\n    formerly: ['no']\n"),
        (Write(("jobs", 0, "tags", 2), "c"), "[ a,b ]", "[ a,b, c ]"),
        (
            Write(("jobs", 2, "waits_for", 1), "web"),
            "Users.\n",
            "Users.\n      - web\n",
        ),
        (Replace(("jobs", 2, "waits_for", 0, "why"), "Users", "People"), "Users.", "People."),
        (Replace(("jobs", 1, "waits_for", 0, "why"), "first", "last"), "It''s first", "It''s last"),
        (Remove(("jobs", 0, "tags")), "    tags: [ a,b ]\n", ""),
        (Remove(("jobs", 0, "tags", 0)), "[ a,b ]", "[ b ]"),
        (Remove(("jobs", 0, "tags", 1)), "[ a,b ]", "[ a ]"),
        (Remove(("jobs", 2, "waits_for", 0, "job")), "job: base\n        soft", "soft"),
        (
            Remove(("jobs", 1)),
            "  - {name: web, waits_for: [{job: base, status: planned, why: 'It''s first.'}]}\n",
            "",
        ),
    ],
)
def test_exactly_what_is_asked_for(change: Change, old: str, new: str) -> None:
    at = GRAPH.rindex(old)
    assert changed(GRAPH, change) == f"{GRAPH[:at]}{new}{GRAPH[at + len(old) :]}"
    windows = GRAPH.replace("\n", "\r\n")
    assert changed(windows, change) == changed(GRAPH, change).replace("\n", "\r\n")
    marked = f"\ufeff---\n{GRAPH}...\n"
    assert changed(marked, change) == f"\ufeff---\n{changed(GRAPH, change)}...\n"


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        (GRAPH, Remove(("jobs", 2, "waits_for", 0, "soft")), "a comment would be lost"),
        (GRAPH, Remove(("jobs", 2, "waits_for", 0)), "the file would have another meaning"),
        (GRAPH, Remove(("jobs", 7)), "the file has no such value"),
        (GRAPH, Rename(("jobs", 0, "name"), "tags"), "there is also a key tags"),
        (GRAPH, Rename(("jobs", 0, "nmae"), "tags"), "the file has no such value"),
        (GRAPH, Write(("jobs", 2, "waits_for", 0, "why"), "x"), "not a value on one line"),
        ("a: &x 1\nb: *x\n", Write(("a",), 2), "the file would have another meaning"),
        ("a: &x 1\nb: *x\n", Write(("b",), 2), "it is shared through an alias"),
        ("a: &x {c: 1}\nb: *x\n", Write(("b", "c"), 2), "it is shared through an alias"),
        ("a: &x {c: 1}\nb: *x\n", Write(("a", "c"), 2), "the file would have another meaning"),
        ("a: 1\na: 2\n", Write(("a",), 3), "the key 'a' is written twice"),
        ("a: [\n", Write(("a",), 3), "bracket is not closed"),
        ("a: !t 1\n", Write(("a",), 2), "the file would have another meaning"),
        ("a: {b: 1}\n", Write(("a",), 2), "not a value on one line"),
        ("", Write(("a",), 2), "the file has no such value"),
        ("a: [b]\n", Write(("a", 2), "x"), "the file has no such value"),
        (
            "a: of\n  a job\n",
            Replace(("a",), "of a", "of the"),
            "the file would have another meaning",
        ),
        (GRAPH, RenameJob("deploy", "base", "root"), "in one file alone"),
    ],
)
def test_refused(text: str, change: Change | RenameJob, reason: str) -> None:
    with pytest.raises(FixRefusedError) as refused:
        changed(text, change)
    assert reason in str(refused.value)
    assert str(refused.value).startswith(f"cannot {change}")


@pytest.mark.parametrize(
    ("text", "change", "wanted"),
    [
        ("a:\n", Write(("a",), "x"), "a: x\n"),
        ("a: []\n", Write(("a", 0), "x"), "a: [x]\n"),
        ("a: # why\n", Write(("a",), "x"), "a: x # why\n"),
        ("a: b", Write(("c",), 1), "a: b\nc: 1"),
        ("{}\n", Write(("c",), 1), "{c: 1}\n"),
        ("a: &x no\nb: 1\n", Write(("a",), "no"), "a: &x 'no'\nb: 1\n"),
        ("a: 💥 # é\nb: no\n", Write(("b",), "no"), "a: 💥 # é\nb: 'no'\n"),
        ("a: [x, # one\n  y]\n", Write(("a", 1), "z"), "a: [x, # one\n  z]\n"),
    ],
)
def test_corners(text: str, change: Write | Remove | Rename, wanted: str) -> None:
    assert changed(text, change) == wanted


def test_all_changes_of_a_fix_or_none() -> None:
    both = (Write(("jobs", 0, "name"), "root"), Write(("jobs", 1, "waits_for", 0, "job"), "root"))
    assert changed(GRAPH, *both).count("root") == 2
    with pytest.raises(FixRefusedError):
        changed(GRAPH, both[0], Remove(("jobs", 9)))


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-99, 99),
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["no", "1.10", "0755", "2016-11-07", "*a", "- b", "c: d", "e #f", "~", "''"]),
)


def routes(value: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = [(key, each) for key, each in value.items() if isinstance(key, str)]
    elif isinstance(value, list):
        pairs = enumerate(value)
    found = [(*route, key) for key, _ in pairs]
    return found + [way for key, each in pairs for way in routes(each, (*route, key))]


DATA = [path.read_text("utf-8") for path in sorted((ROOT / "data").rglob("*.yaml"))]
SMALL = [text for text in DATA if len(text) < 6000]


@pytest.mark.repository
@settings(max_examples=40)
@given(data=st.data())
def test_real_files_keep_every_other_byte(data: st.DataObject) -> None:
    """PyYAML, which has no part in the edit, reads the old values with exactly the change."""
    text = data.draw(st.sampled_from(SMALL))
    said = yaml.safe_load(text)
    route = data.draw(st.sampled_from(routes(said)))
    value: Scalar = data.draw(SCALARS)
    try:
        after = changed(text, Write(route, value))
    except FixRefusedError:
        assume(False)
    *above, last = route
    holder = said
    for step in above:
        holder = holder[step]
    holder[last] = value
    assert yaml.safe_load(after) == said
    assert [each.text for each in comments(after)] == [each.text for each in comments(text)]
    before = len(_common(text, after))
    rest = len(_common(text[before:][::-1], after[before:][::-1]))
    assert text[before : len(text) - rest].count("\n") == 0


def _common(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    length = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    return one[:length]


@pytest.mark.repository
def test_most_values_of_real_files_can_be_written() -> None:
    done = refused = 0
    for text in SMALL[:6]:
        said = yaml.safe_load(text)
        for route in routes(said)[::7]:
            try:
                changed(text, Write(route, "something else"))
                done += 1
            except FixRefusedError as error:
                assert "not a value on one line" in str(error)  # noqa: PT017
                refused += 1
    assert done > refused / 2
