"""A folder is a manual and a configuration: ``cases/NAME``, and all that ``encode`` says and does.

A new case needs no Python: copy the files, write the arguments into ``options``, and
``pytest --force-regen`` writes ``expected.txt``, to be read before it is committed: the output of
``groundrules encode``, that of ``groundrules encode --write``, and the findings of the check after
it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules.cli import main
from groundrules.clock import VARIABLE

CASES = sorted((Path(__file__).parent / "cases").iterdir())
NOW = "1796000000"  # 2026-11-30


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, NOW)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command in a folder; what it prints, and its exit code after it."""

    def run(folder: Path, *arguments: str) -> str:
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        return f"$ groundrules {' '.join(arguments)}\n{done.output}exit code {done.exit_code}\n"

    return run


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_says_what_is_expected(
    case: Path,
    command: Callable[..., str],
    file_regression: FileRegressionFixture,
    tmp_path: Path,
) -> None:
    root = shutil.copytree(case, tmp_path / "team")
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
