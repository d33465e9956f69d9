"""The report of one comparison in all formats of the command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from command_runs import CommandRuns


def in_all_formats(folder: Path, *words: str) -> tuple[str, dict[str, str]]:
    """Run ``verify`` once; return what it prints, and its report in each format."""
    reports = {}
    with pytest.MonkeyPatch.context() as patch:
        runs = CommandRuns(patch)
        module = sys.modules["groundrules.cli.verify"]
        render = module._rendered

        def rendered(check: Any, form: str) -> str:
            reports.update({name: render(check, name) for name in module.FORMATS})
            return reports[form]

        patch.setattr(module, "_rendered", rendered)
        said = runs.output(folder, "verify", *words)
    assert reports
    return said, reports
