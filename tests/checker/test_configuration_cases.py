"""A folder in ``projects/configurations`` is a case: configurations with or without a manual.

``loud`` cases exit with 1, ``silent`` ones with 0, and those of ``usage`` with 2.  A new case needs
no Python: copy the files, and ``pytest --force-regen`` writes ``expected.txt`` to be read before
it is committed.  A file ``options`` holds the options of the command.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules.cli import main

CASES = Path(__file__).parents[1] / "projects" / "configurations"
CODES = {"loud": 1, "silent": 0, "usage": 2}
FOLDERS = sorted(folder for kind in CODES for folder in (CASES / kind).iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: f"{each.parent.name}/{each.name}")
def test_case(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file_regression: FileRegressionFixture,
) -> None:
    options = folder / "options"
    words = options.read_text().split() if options.exists() else []
    # a copy: the command would find the manual of this repository above the case itself
    monkeypatch.chdir(shutil.copytree(folder, tmp_path / folder.name))
    result = CliRunner().invoke(main, ["check", "--no-cache", *words], prog_name="groundrules")
    assert result.exit_code == CODES[folder.parent.name]
    file_regression.check(result.output, encoding="utf-8", fullpath=folder / "expected.txt")
