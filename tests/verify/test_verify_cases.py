"""Folders with facts of nodes, and what the command prints of them.

A case is a folder with ``logs/``; its promises are those of ``manual/``, or in a ``data/`` of its
own.  A file ``options`` has other options than ``--facts logs``.  A new case needs no Python:
write the folder, and ``pytest --force-regen`` writes the expected answer, to be read before it is
committed.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from command_runs import CommandRuns

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "cases").iterdir() if path.is_dir())


def made(case: Path, folder: Path) -> Path:
    """Copy the manual and a case into a folder."""
    shutil.copytree(HERE / "manual", folder, dirs_exist_ok=True)
    shutil.copytree(case, folder, dirs_exist_ok=True)
    return folder


def options_of(case: Path) -> list[str]:
    path = case / "options"
    return path.read_text("utf-8").split() if path.exists() else ["--facts", "logs"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer_is_the_expected_one(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file_regression: FileRegressionFixture,
):
    runs = CommandRuns(monkeypatch)
    said = runs.output(made(case, tmp_path), "verify", *options_of(case))
    file_regression.check(said, encoding="utf-8", fullpath=case / "expected.txt")


SKIPPING = [case for case in CASES if "host-info" in (case / "expected.txt").read_text("utf-8")]


@pytest.mark.parametrize("case", SKIPPING, ids=lambda case: case.name)
def test_what_could_not_be_read_is_never_kept(case: Path):
    """The nodes that an expected answer counts are those of files that it says were used."""
    said = (case / "expected.txt").read_text("utf-8")
    files = {path.as_posix() for path in (case / "logs").rglob("host-info.*")}
    skipped = set(re.findall(r"^not checked: (\S+host-info\S+): ", said, re.MULTILINE))
    (nodes,) = re.findall(r"^\d+ promises? on (\d+) nodes?: ", said, re.MULTILINE)
    assert int(nodes) == len(files) - len(skipped)


def test_as_many_cases_are_silent_as_loud():
    said = [(case / "expected.txt").read_text("utf-8") for case in CASES]
    assert sum("exit code 0" in text for text in said) >= 5
