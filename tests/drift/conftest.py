"""What the tests of drift share: one call of the command on a folder, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run ``groundrules check`` in a folder; what it prints, and its exit code after it."""

    def run(folder: Path, *options: str) -> str:
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(main, ["check", *options], catch_exceptions=False)
        return f"{done.output}exit code {done.exit_code}\n"

    return run
