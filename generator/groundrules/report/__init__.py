"""Diagnostics → text, with one module for each format.

The command line needs only the names of the formats, so each is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundrules.diagnostics import Diagnostic
    from groundrules.report.context import ReportContext

    Format = Callable[[Sequence[Diagnostic], ReportContext], str]


def dumped(value: Any, indent: int = 2) -> str:
    """Return JSON in ASCII, which is valid in any encoding and cannot steer a terminal."""
    import json

    return f"{json.dumps(value, indent=indent)}\n"


def _format(module: str, function: str) -> Format:
    """Return a format that imports its module when it is first used."""

    def render(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
        imported: Format = getattr(import_module(f"groundrules.report.{module}"), function)
        return imported(diagnostics, context)

    return render


FORMATS: dict[str, Format] = {
    "text": _format("terminal", "text"),
    "full": _format("terminal", "full"),
    "json": _format("json_report", "data"),
    "sarif": _format("sarif", "sarif"),
    "junit": _format("junit", "junit"),
    "github": _format("github", "github"),
    "gitlab": _format("gitlab", "gitlab"),
    "zuul": _format("zuul", "zuul"),
}
FOR_PEOPLE = ("text", "full")
"""The formats for people, with colors and a diff before them; the others are for programs."""
