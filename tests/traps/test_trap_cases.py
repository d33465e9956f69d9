"""Each folder in ``tests/projects/traps`` is a world; ``expected.txt`` is all that is said of it.

A new case needs no Python: make the folder, run ``python tests/traps/test_trap_cases.py`` and read
whether the ``expected.txt`` that it writes is right.  A silent case has an empty one, and a
comment in its configuration that says why nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from worlds import looked_at, output

from groundrules.diagnostics import Report

CASES = Path(__file__).parents[1] / "projects" / "traps"


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_case(folder: Path, look: Callable[[Path], Report]):
    assert output(look(folder)) == (folder / "expected.txt").read_text("utf-8")


def test_silent_cases_are_as_many_as_loud_ones():
    texts = [(folder / "expected.txt").read_text("utf-8") for folder in CASES.iterdir()]
    assert texts.count("") * 2 >= len(texts)


def test_mistakes_that_are_not_reported_are_named_as_not_checked(look: Callable[[Path], Report]):
    report = look(CASES / "mistakes-of-a-branch-that-may-not-be-protected")
    assert [(each.what, each.reason, each.rules) for each in report.skipped] == [
        (
            "mistakes in 1 branch of ours",
            "only protected branches are read, and which branches are protected is not known; "
            "an index.json may name the branches",
            ("GR6",),
        )
    ]
    assert look(CASES / "mistakes-of-every-branch-that-is-read").skipped == []


if __name__ == "__main__":
    for case in sorted(CASES.iterdir()):
        expected = case / "expected.txt"
        if not expected.exists():
            expected.write_text(output(looked_at(case)), "utf-8")
            print(f"{case.name}:\n{expected.read_text('utf-8')}")
