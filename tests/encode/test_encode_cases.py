"""A folder is a manual and a configuration: ``cases/NAME``, and all that ``encode`` says and does.

A new case needs no Python: copy the files, write the arguments into ``options``, and
``pytest --force-regen`` writes ``expected.txt``, to be read before it is committed: the output of
``groundrules encode``, that of ``groundrules encode --write``, and the findings of the check after
it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from command_runs import CommandRuns, contents

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_says_what_is_expected(
    case: Path,
    monkeypatch: pytest.MonkeyPatch,
    file_regression: FileRegressionFixture,
    tmp_path: Path,
) -> None:
    root, command = shutil.copytree(case, tmp_path / "team"), CommandRuns(monkeypatch).output
    options = (case / "options").read_text("utf-8").split()
    before = contents(root)
    shown = command(root, "encode", *options, "--no-cache")
    assert contents(root) == before
    written = command(root, "encode", *options, "--no-cache", "--write")
    after = contents(root)
    assert ("exit code 0" in written) or after == before
    checked = command(root, "check", "--no-cache", "--select", "GR1,GR2,GR3")
    again = command(root, "encode", *options, "--no-cache", "--write")
    assert contents(root) == after
    assert "exit code 0" not in written or "is as documented" in again
    file_regression.check(
        f"{shown}{written}{checked}", encoding="utf-8", fullpath=case / "expected.txt"
    )
