"""Files and folders that may not be read, as the system itself refuses them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

OVERRIDES = "-dac_override,-dac_read_search"
"""What lets root read everything; its own files are refused without it."""


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[Path]:
    """A repository whose zuul.d may not be read."""
    folder = tmp_path / "ours/zuul.d"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("- project: {check: {jobs: [unit]}}\n")
    folder.chmod(0)
    yield folder.parent
    folder.chmod(0o700)


def run(*arguments: str) -> tuple[str, int]:
    """Return what the command says and its exit code, without root's rights."""
    rights: list[str] = []
    if os.geteuid() == 0:
        if not (setpriv := shutil.which("setpriv")):
            pytest.skip("root may read everything, and setpriv is not installed")
        rights = [setpriv, f"--bounding-set={OVERRIDES}", f"--inh-caps={OVERRIDES}"]
    command = [*rights, sys.executable, "-m", "groundrules", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{result.stdout}{result.stderr}", result.returncode


@pytest.mark.parametrize("arguments", [(), ("--all",), ("--findings",)])
def test_a_folder_that_may_not_be_read_is_an_error_of_graph(
    refused: Path, arguments: tuple[str, ...]
):
    assert run("graph", "--no-cache", "--root", str(refused), *arguments) == (
        "ours:1:1: ours: zuul.d cannot be read: Permission denied [GR613]\n1 finding in 1 file\n",
        1,
    )


def test_a_folder_that_may_not_be_read_is_an_error_of_check(refused: Path):
    reason = "ours: zuul.d cannot be read: Permission denied"
    told, code = run("check", "--no-cache", "--root", str(refused), "--configuration-only")
    assert code == 1
    assert told.startswith(f".:1:1: configuration 'ours' is not available: {reason} [GR200]\n")
