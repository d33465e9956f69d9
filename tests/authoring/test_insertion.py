"""New items and keys in a text: exactly what is asked for, every other byte as it was."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from groundrules.authoring.insertion import Insertion, inserted
from groundrules.fixes import FixRefusedError
from groundrules.yamlsource import comments

ROOT = Path(__file__).parents[2]
GRAPH = dedent("""\
    # how it is deployed
    jobs:
      - name: base   # first of all
        waits_for: [*shared, {job: mirror}]

      - name: web
        tags: []
        waits_for:
          - *shared
          - job: mirror
            why: |
              Users.

            # about mirror

    # what it is about
    id: deploy
    """).replace("# how it is deployed\n", "# how it is deployed\nshared: &shared {job: base}\n")
WAIT = {"job": "dns", "why": "no"}


@pytest.mark.parametrize(
    ("insertion", "before", "new"),
    [
        (Insertion(("jobs", 0, "waits_for", 2), WAIT), "]\n\n", ", {job: dns, why: 'no'}"),
        (Insertion(("jobs", 0, "waits_for", 1), "x"), ", {job: mirror", ", x"),
        (Insertion(("jobs", 0, "waits_for", 0), "x"), "*shared, ", "x, "),
        (Insertion(("jobs", 0, "waits_for", 1, "why"), "a: b"), "}]\n\n", ", why: 'a: b'"),
        (Insertion(("jobs", 1, "tags", 0), "web"), "]\n    waits_for:\n", "web"),
        (
            Insertion(("jobs", 1, "waits_for", 2), WAIT),
            "\n# what it is",
            "      - job: dns\n        why: 'no'\n",
        ),
        (
            Insertion(("jobs", 1, "waits_for", 0), WAIT),
            "- *shared\n",
            "- job: dns\n        why: 'no'\n      ",
        ),
        (Insertion(("jobs", 1, "waits_for", 1), "x"), "      - job: mirror\n", "      - x\n"),
        (Insertion(("jobs", 2), {"name": "x"}), "\n# what it is", "\n  - name: x\n"),
        (Insertion(("jobs", 0), "x"), "- name: base", "- x\n  "),
        (Insertion(("jobs", 1, "note"), "x"), "\n# what it is", "    note: x\n"),
        (
            Insertion(("jobs", 1, "note"), "x", ("name", "note", "tags")),
            "    tags: []",
            "    note: x\n",
        ),
        (Insertion(("jobs", 1, "id"), "x", ("id", "name")), "name: web", "id: x\n    "),
        (Insertion(("title",), "x"), "", "title: x\n"),
        (Insertion(("title",), "x", ("title", "jobs")), "shared: &", "title: x\n"),
    ],
    ids=str,
)
def test_exactly_what_is_asked_for(insertion: Insertion, before: str, new: str) -> None:
    at = GRAPH.rindex(before)
    after = f"{GRAPH[:at]}{new}{GRAPH[at:]}"
    assert inserted(GRAPH, [insertion]) == after
    assert inserted(windows(GRAPH), [insertion]) == windows(after)
    assert inserted(f"\ufeff---\n{GRAPH}...\n", [insertion]) == f"\ufeff---\n{after}...\n"
    assert inserted(GRAPH[:-1], [insertion]) == after[:-1]


def windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def test_many_insertions_have_the_places_of_the_text_as_it_was() -> None:
    text = "a:\n  - b: [1]\n  - c\n"
    insertions = [
        Insertion(("a", 2), "d"),
        Insertion(("a", 2), "e"),
        Insertion(("a", 1), "x"),
        Insertion(("a", 0, "b", 1), 2),
        Insertion(("a", 0, "f"), True),
        Insertion(("g",), [1]),
    ]
    after = inserted(text, insertions)
    assert after == "a:\n  - b: [1, 2]\n    f: true\n  - x\n  - c\n  - d\n  - e\ng: [1]\n"


def test_nothing_to_insert_changes_nothing() -> None:
    assert inserted(GRAPH, []) == GRAPH


@pytest.mark.parametrize(
    ("text", "route", "reason"),
    [
        ("a: [b]\n", ("a", 2), "the file has no place for it"),
        ("a: [b]\n", ("a", -1), "the file has no place for it"),
        ("a: [b]\n", ("a", "c"), "the file has no place for it"),
        ("a: {b: 1}\n", ("a", "b"), "the file has no place for it"),
        ("a: {b: 1}\n", ("a", 0), "the file has no place for it"),
        ("a: 1\n", ("b", "c"), "the file has no place for it"),
        ("a: text\n", ("a", 0), "the file has no place for it"),
        ("", ("a",), "the file has no place for it"),
        ("a: &x [b]\nc: *x\n", ("a", 1), "the file would have another meaning"),
        ("a: &x [b]\nc: *x\n", ("c", 1), "it is shared through an alias"),
        ("a: [b\n", ("a", 1), "the list in brackets is not closed; add ']'"),
    ],
)
def test_refused(text: str, route: tuple[str | int, ...], reason: str) -> None:
    with pytest.raises(FixRefusedError) as refused:
        inserted(text, [Insertion(route, "x")])
    place = ".".join(map(str, route))
    assert str(refused.value) == f"cannot add x as {place}: {reason}; do it by hand"


def lists(value: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the routes of the ends of all lists."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    deeper = [
        place
        for key, item in pairs
        if isinstance(item, (dict, list))
        for place in lists(item, (*route, key))
    ]
    return deeper + ([(*route, len(value))] if isinstance(value, list) else [])


@pytest.mark.repository
@pytest.mark.parametrize(
    "path", sorted((ROOT / "data").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_lists_of_real_files_take_an_item(path: Path) -> None:
    """PyYAML, which has no part in the edit, reads the old values with exactly the new item."""
    text = path.read_text("utf-8")
    before, comments_before = yaml.safe_load(text), [comment.text for comment in comments(text)]
    for route in lists(before)[::9]:
        try:
            after = inserted(text, [Insertion(route, WAIT)])
        except FixRefusedError:  # the list is shared through an alias
            assert "*" in text
            continue
        wanted = holder = deepcopy(before)
        for step in route[:-1]:
            holder = holder[step]
        holder.append(WAIT)
        assert yaml.safe_load(after) == wanted
        assert [comment.text for comment in comments(after)] == comments_before
        assert set(text.splitlines()) - set(after.splitlines()) <= {flow_line(text, after)}


def flow_line(text: str, after: str) -> str:
    """Return the one line that may be changed: the end of a list in brackets."""
    pairs = zip(text.splitlines(), after.splitlines(), strict=False)
    return next((one for one, other in pairs if one != other and "]" in one), "")
