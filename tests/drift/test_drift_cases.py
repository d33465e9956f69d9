"""A folder is a whole world: ``projects/drift/*/NAME`` with data, configuration, and all it says.

A new case needs no Python: copy the files, and ``pytest --force-regen`` writes ``expected.txt``
(what ``groundrules check`` prints), to be read before it is committed.  A file ``options`` holds
the options of the command.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

CASES = Path(__file__).parents[1] / "projects" / "drift"
LOUD = sorted((CASES / "loud").iterdir())
SILENT = sorted((CASES / "silent").iterdir())


@pytest.mark.parametrize("case", LOUD + SILENT, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_says_what_is_expected(
    case: Path,
    command: Callable[..., str],
    file_regression: FileRegressionFixture,
    tmp_path: Path,
):
    options = case / "options"
    # a copy: a manual may lead up to the top of its repository, which would be this one
    output = command(
        shutil.copytree(case, tmp_path / case.name),
        *(options.read_text().split() if options.exists() else ()),
    )
    file_regression.check(output, encoding="utf-8", fullpath=case / "expected.txt")


def test_loud_cases_expect_something_and_silent_ones_nothing():
    ends = {
        case: (case / "expected.txt").read_text("utf-8").splitlines()[-1] for case in LOUD + SILENT
    }
    assert [case.name for case in LOUD if ends[case] != "exit code 1"] == []
    assert [case.name for case in SILENT if ends[case] != "exit code 0"] == []


def test_there_are_as_many_silent_cases_as_loud_ones():
    assert len(SILENT) >= len(LOUD)
