"""`rewritten`: only the lines of values that differ are edited."""

from __future__ import annotations

from typing import Any

import pytest

from groundrules.fixes.proof import FixRefusedError, plain, plain_values
from groundrules.fixes.rewriting import SourceText, rewritten, unshared
from groundrules.yamlsource import read
from steps import growth

TEXT = """\
# first
- a:   # one
    jobs: [x,  'y']
- b:
    jobs:
      - x  # two
      - {name: y, soft: yes}
      # three
      - z
"""


def values(text: str) -> Any:
    return unshared(read(text.encode()).value)


def test_the_same_values_are_the_same_text() -> None:
    assert rewritten(SourceText(TEXT), values(TEXT)).text == TEXT


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (lambda v: v[0]["a"]["jobs"].append("z"), "'y']", "'y', z]"),
        (lambda v: v[0]["a"]["jobs"].pop(0), "[x,  'y']", "['y']"),
        (lambda v: v[0]["a"]["jobs"].clear(), " [x,  'y']", " []"),
        (lambda v: v[0]["a"].update(jobs=["y", "w"]), "[x,  'y']", "['y', w]"),
        (lambda v: v[0]["a"].update(more=1), "'y']\n", "'y']\n    more: 1\n"),
        (lambda v: v[1]["b"]["jobs"].pop(0), "      - x  # two\n", ""),
        (lambda v: v[1]["b"]["jobs"].insert(0, "w"), "      - x  #", "      - w\n      - x  #"),
        (lambda v: v[1]["b"]["jobs"].append("w"), "- z\n", "- z\n      - w\n"),
        (lambda v: v[1]["b"]["jobs"][1].pop("soft"), "{name: y, soft: yes}", "{name: y}"),
        (
            lambda v: v[1]["b"]["jobs"].__setitem__(0, {"x": {"k": [1]}}),
            "- x  # two\n",
            "- x:  # two\n          k:\n            - 1\n",
        ),
        (
            lambda v: v[0]["a"]["jobs"].__setitem__(1, {"name": "y", "soft": True}),
            "'y']",
            "{name: 'y', soft: true}]",
        ),
    ],
)
def test_only_what_differs_is_edited(change: Any, old: str, new: str) -> None:
    wanted = values(TEXT)
    change(wanted)
    assert rewritten(SourceText(TEXT), wanted).text == TEXT.replace(old, new, 1)


def test_a_new_item_has_its_remark() -> None:
    wanted = values(TEXT)
    wanted[1]["b"]["jobs"].append("w")
    text = rewritten(SourceText(TEXT), wanted, {(1, "b", "jobs", 3): "Why."}).text
    assert text == f"{TEXT}      # Why.\n      - w\n"


SHARED = """\
a: &a [x]
b: *a
c: {<<: {d: *a}, e: 1}
"""


def test_an_alias_with_the_value_of_its_anchor_stays() -> None:
    wanted = values(SHARED)
    wanted["a"] = wanted["b"] = wanted["c"]["d"] = ["x", "y"]
    result = rewritten(SourceText(SHARED), wanted)
    assert result.text == SHARED.replace("[x]", "[x, y]")


def test_an_alias_with_another_value_is_replaced() -> None:
    wanted = values(SHARED)
    wanted["a"] = ["x", "y"]
    wanted["c"]["d"] = ["x", "y"]
    result = rewritten(SourceText(SHARED), wanted)
    assert result.text == SHARED.replace("[x]", "[x, y]").replace("b: *a", "b:\n  - x")
    assert result.expanded == [2]


def test_the_line_of_an_alias_is_that_of_the_old_text() -> None:
    text = "a: &a\n  - x\nb: *a\nc: *a\n"
    wanted = values(text)
    wanted["a"] = wanted["b"] = ["x", "y", "z"]
    result = rewritten(SourceText(text), wanted)
    assert result.text == "a: &a\n  - x\n  - y\n  - z\nb: *a\nc:\n  - x\n"
    assert (result.shared, result.expanded) == ([3], [4])


def test_a_value_that_a_merge_brings_is_not_removed() -> None:
    wanted = values(SHARED)
    del wanted["c"]["d"]
    with pytest.raises(FixRefusedError, match="d is in a merged mapping"):
        rewritten(SourceText(SHARED), wanted)


def test_the_last_line_can_have_no_end() -> None:
    text = TEXT.removesuffix("\n")
    wanted = values(text)
    wanted[1]["b"]["jobs"].append("w")
    assert rewritten(SourceText(text), wanted).text == f"{text}\n      - w"


def test_a_rewritten_text_has_the_wanted_values() -> None:
    wanted = values(TEXT)
    wanted[1]["b"]["jobs"] = [{"x": {"k": {"l": ["m", {"n": None}]}}}, "z"]
    assert plain_values(rewritten(SourceText(TEXT), wanted).text) == plain(wanted)


def test_many_new_items_take_steps_in_proportion_to_their_number() -> None:
    def many(size: int) -> str:
        text = "".join(f"- job-{at}\n" for at in range(size))
        wanted = [{f"job-{at}": {"k": [at]}} for at in range(size)]
        return rewritten(SourceText(text), wanted).text

    assert growth(lambda size: lambda: many(size), 50) < 2.2
