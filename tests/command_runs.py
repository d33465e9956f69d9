"""Runs of a command in a folder, for cases that are folders: what it prints, and what it writes."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.clock import VARIABLE

NOW = "1796000000"  # 2026-11-30


class CommandRuns:
    """Runs commands on one day; an output ends with the exit code."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.setenv(VARIABLE, NOW)

    def output(self, folder: Path, *arguments: str) -> str:
        """Run a command as if a user stood in a folder."""
        self._monkeypatch.chdir(folder)
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        return f"$ groundrules {' '.join(arguments)}\n{done.output}exit code {done.exit_code}\n"


def understood(name: str, options: list[str]) -> None:
    """Parse the options of a command, which is not run."""
    command = main.get_command(click.Context(main), name)
    assert command is not None, name
    command.make_context(name, options)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their paths."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
