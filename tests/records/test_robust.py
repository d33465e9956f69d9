"""Whatever stands in a data file: findings in our own words, never a traceback or a hang."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from groundrules.diagnostics import Report
from groundrules.records.fields import record_in
from groundrules.records.kinds import KINDS, MANUAL_KIND
from groundrules.records.shape import keys_of
from steps import growth

BASE = Path(__file__).parent / "base"
TARGETS = {
    "manual": "data/manual.yaml",
    "platforms": "data/platforms/x.yaml",
    "expectations": "data/expectations/x.yaml",
    "graphs": "data/graphs/x.yaml",
    "sessions": "data/sessions/x.yaml",
}
WORDS = [
    "x",
    "../x",
    "x*",
    "a b",
    "",
    " ",
    "session:x",
    "https://x.org/",
    "9 min",
    "*x",
    "`x",
    "2025-02-30",
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=3)
    | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", 1, None, True, "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
MODELS = {kind.folder: kind.load() for kind in (MANUAL_KIND, *KINDS)}
KEYS = {kind: list(keys_of(model)) for kind, model in MODELS.items()}
INNER = {
    key: list(keys_of(part))
    for model in MODELS.values()
    for key, field in keys_of(model).items()
    if (part := record_in(field.annotation))
}


def record(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Make records that have some of the right keys, and lists with some of theirs."""
    return st.fixed_dictionaries(
        {},
        optional={
            key: st.lists(st.dictionaries(st.sampled_from(INNER[key]), ANYTHING), max_size=2)
            | ANYTHING
            if key in INNER
            else st.sampled_from(["x", "X"]) | ANYTHING
            for key in KEYS[kind]
        },
    )


@pytest.mark.parametrize("kind", TARGETS)
def test_any_value_under_any_key_is_answered_in_our_own_words(
    kind: str, check: Callable[[Path], Report]
):
    @settings(max_examples=40)
    @given(record(kind))
    def run(value: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = shutil.copytree(BASE, Path(folder, "project"))
            (root / TARGETS[kind]).write_text(yaml.safe_dump(value), "utf-8")
            for each in check(root).diagnostics:
                assert re.fullmatch(r"data\S*:\d+:\d+: [^\n]+ \[GR1\d\d\]", str(each))
                assert not re.search(r"[Ii]nput|pydantic|another value|object at", each.message)

    run()


HEAD = "id: x\ntitle: X\nsummary: X.\nlabels:\n"
HOSTILE: dict[str, Callable[[int], str]] = {
    "items that are no labels": lambda size: HEAD + "- 5\n" * size,
    "unknown keys": lambda size: HEAD + " []\n" + "".join(f"k{at}: 1\n" for at in range(size)),
    "names that are nowhere": lambda size: (
        HEAD
        + "".join(
            f"- {{name: l{at}, operating_system: D, replaced_by: m{at}}}\n" for at in range(size)
        )
    ),
    "one name": lambda size: HEAD + "- {name: l, operating_system: D}\n" * size,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_full_of_mistakes_costs_in_proportion_to_its_size(
    name: str, tmp_path: Path, check: Callable[[Path], Report]
):
    root = shutil.copytree(BASE, tmp_path / "project")

    def of(size: int) -> Callable[[], object]:
        (root / "data/platforms/x.yaml").write_text(HOSTILE[name](size), "utf-8")
        return lambda: check(root)

    assert growth(of, size=200) < 2.1


def test_the_first_thousand_mistakes_of_a_file_are_reported(
    tmp_path: Path, check: Callable[[Path], Report]
):
    root = shutil.copytree(BASE, tmp_path / "project")
    (root / "data/platforms/x.yaml").write_text(HEAD + "- 5\n" * 1234, "utf-8")
    found = check(root).diagnostics
    assert len(found) == 1001
    assert str(found[-1]) == (
        "data/platforms/x.yaml:1005:3: 234 more mistakes in this file are not shown; "
        "correct these first [GR107]"
    )
