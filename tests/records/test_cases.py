"""A folder of files is a case: ``cases/*/NAME/data`` and, beside it, all that is found there.

A new case needs no Python: copy the files, and ``pytest --force-regen`` writes ``expected.txt``,
a finding a line, to be read before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

CASES = Path(__file__).parent / "cases"
LOUD = sorted((CASES / "loud").iterdir())
SILENT = sorted((CASES / "silent").iterdir())


@pytest.mark.parametrize("case", LOUD + SILENT, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_says_what_is_expected(
    case: Path, findings: Callable[[Path], str], file_regression: FileRegressionFixture
):
    file_regression.check(findings(case), encoding="utf-8", fullpath=case / "expected.txt")


def test_loud_cases_expect_something_and_silent_ones_nothing():
    assert [case.name for case in LOUD if not (case / "expected.txt").read_text("utf-8")] == []
    assert [case.name for case in SILENT if (case / "expected.txt").read_text("utf-8")] == []


def test_there_are_as_many_silent_cases_as_loud_ones():
    assert len(SILENT) >= len(LOUD)
