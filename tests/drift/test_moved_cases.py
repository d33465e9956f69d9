"""Jobs and pipelines that are somewhere else now: ``projects/moved/*/NAME``, a whole world each.

``expected.txt`` is what ``groundrules check --fix --diff`` prints.  What is ``fixed`` is clean
afterwards; what is ``left`` keeps every byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

CASES = Path(__file__).parents[1] / "projects" / "moved"
FIXED = sorted((CASES / "fixed").iterdir())
LEFT = sorted((CASES / "left").iterdir())


def texts(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


@pytest.mark.parametrize("case", FIXED + LEFT, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_says_what_is_expected(
    case: Path,
    tmp_path: Path,
    command: Callable[..., str],
    file_regression: FileRegressionFixture,
):
    folder = shutil.copytree(case, tmp_path / case.name)
    output = command(folder, "--fix", "--diff")
    assert (texts(folder) == texts(case)) is (case in LEFT)
    file_regression.check(output, encoding="utf-8", fullpath=case / "expected.txt")


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case.name)
def test_what_is_fixed_is_clean(case: Path, tmp_path: Path, command: Callable[..., str]):
    folder = shutil.copytree(case, tmp_path / case.name)
    command(folder, "--fix")
    assert command(folder, "--fix").startswith("No findings in ")


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case.name)
def test_the_diff_alone_changes_nothing(case: Path, tmp_path: Path, command: Callable[..., str]):
    folder = shutil.copytree(case, tmp_path / case.name)
    assert command(folder, "--diff").startswith("--- a/data/")
    assert texts(folder) == texts(case)


def test_more_is_left_than_fixed():
    assert len(LEFT) >= len(FIXED)
