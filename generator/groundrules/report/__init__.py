"""Diagnostics → text, one format a module; a format decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from groundrules.diagnostics import Diagnostic
from groundrules.report.run import ReportContext

Format = Callable[[Sequence[Diagnostic], ReportContext], str]


def _format(module: str, function: str) -> Format:
    """Return a format whose module is imported when something is written in it."""

    def written(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
        made: Format = getattr(import_module(f"groundrules.report.{module}"), function)
        return made(diagnostics, run)

    return written


FORMATS: dict[str, Format] = {
    "text": _format("text", "text"),
    "full": _format("text", "full"),
    "json": _format("data", "data"),
    "sarif": _format("sarif", "sarif"),
    "junit": _format("junit", "junit"),
    "github": _format("github", "github"),
    "gitlab": _format("gitlab", "gitlab"),
    "zuul": _format("zuul", "zuul"),
}

__all__ = ["FORMATS", "Format", "ReportContext"]
