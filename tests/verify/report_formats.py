"""The report of one comparison in all formats of the command."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from command_runs import CommandRuns


def in_all_formats(folder: Path, *words: str) -> dict[str, str]:
    """Run ``verify`` with each format; return what it prints.  Nodes are compared only once."""
    with pytest.MonkeyPatch.context() as patch:
        runs = CommandRuns(patch)
        module = import_module("groundrules.cli.verify")
        checked = module._checked
        known: list[Any] = []

        def checked_once(*arguments: Any) -> Any:
            if not known:
                known.append(checked(*arguments))
            return known[0]

        patch.setattr(module, "_checked", checked_once)
        return {
            form: runs.output(folder, "verify", *words, "--format", form) for form in module.FORMATS
        }
