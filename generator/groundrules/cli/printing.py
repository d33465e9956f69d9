"""What ``check`` found, on standard output: in colour where it is wanted."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from groundrules.checker import Outcome

STYLES: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "rule": {"fg": "cyan"},
    "hint": {"fg": "green"},
}


def show(outcome: Outcome, form: str, *, coloured: bool) -> None:
    """Print the document, and the diff before it; another document than text stays alone."""
    from groundrules.report import FORMATS as RENDERED
    from groundrules.report.terminal import pieces

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what its encoding does not have is escaped
            stream.reconfigure(errors="backslashreplace")
    for_people = form in ("full", "text")
    click.echo(outcome.diff, nl=False, err=not for_people, color=False)
    if not for_people:
        click.echo(RENDERED[form](outcome.diagnostics, outcome.run), nl=False, color=False)
        return
    told = pieces(outcome.diagnostics, outcome.run, excerpts=form == "full")
    styled = (click.style(text, **STYLES.get(part, {}), reset=bool(part)) for text, part in told)
    click.echo("".join(styled), nl=False, color=coloured)


def coloured(wanted: str) -> bool:
    """Return whether to colour; NO_COLOR (https://no-color.org) wins over FORCE_COLOR."""
    if wanted != "auto" or os.environ.get("NO_COLOR"):
        return wanted == "always"
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
