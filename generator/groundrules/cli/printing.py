"""Prints the report, in color if requested, and the reason why a command cannot continue."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

import click

from groundrules.report import FOR_PEOPLE, FORMATS
from groundrules.text import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from groundrules.checker import CheckResult
    from groundrules.diagnostics import Diagnostic

CANNOT_GO_ON = 3
STYLES: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "rule": {"fg": "cyan"},
    "hint": {"fg": "green"},
}


def show(result: CheckResult, form: str, *, colored: bool) -> None:
    """Print the report after the diff, which goes to standard error if programs read the report."""
    escape_unencodable()
    for_people = form in FOR_PEOPLE
    click.echo(result.diff, nl=False, err=not for_people, color=False)
    if for_people:
        click.echo(_styled(result, excerpts=form == "full"), nl=False, color=colored)
    else:
        click.echo(FORMATS[form](result.diagnostics, result.context), nl=False, color=False)


def show_text(text: str) -> None:
    """Print a result without color."""
    escape_unencodable()
    click.echo(text, nl=False, color=False)


def show_note(note: str) -> None:
    """Print a note to standard error; names in it may come from strangers."""
    click.echo(printable(note), err=True)


def printable(message: str) -> str:
    """Return a message whose lines cannot steer a terminal."""
    return "\n".join(map(escaped, message.split("\n")))


def escape_unencodable() -> None:
    """Let the standard streams escape characters that their encoding does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _styled(result: CheckResult, *, excerpts: bool) -> str:
    from groundrules.report.terminal import pieces

    return "".join(
        click.style(text, **STYLES.get(part, {}), reset=bool(part))
        for text, part in pieces(result.diagnostics, result.context, excerpts=excerpts)
    )


def report(findings: Sequence[Diagnostic], root: Path | None = None) -> None:
    """Print findings to standard error, for a command whose result is something else.

    Those of a manual in ``root`` are named from the working directory.
    """
    if findings:
        from groundrules.checkout import path_from_here
        from groundrules.report.context import ReportContext
        from groundrules.report.terminal import text

        here = path_from_here(root.resolve()) if root else ""
        click.echo(text(findings, ReportContext(here=here)), nl=False, err=True)


def fail(message: str) -> NoReturn:
    """Exit with 3 after a message: the command cannot continue."""
    with suppress(OSError):  # standard error can be full or closed too
        show_note(f"groundrules: {message}")
    sys.exit(CANNOT_GO_ON)


def refuse(reason: Exception, findings: Sequence[Diagnostic], root: Path) -> NoReturn:
    """Exit with 1 after the reason and the findings that it is about."""
    show_note(f"groundrules: {reason}")
    report(findings, root)
    sys.exit(1)


@contextmanager
def reported_errors(*wrong: type[Exception], instead: str = "") -> Iterator[None]:
    """End a command whose question cannot be answered: with 1, 3 or, if it is ``wrong``, with 2.

    ``instead`` replaces the words on how to list the mistakes.
    """
    from groundrules.ci.errors import BrokenConfigError
    from groundrules.ci.graph_question import MISTAKES

    try:
        yield
    except BrokenConfigError as error:
        report(error.diagnostics)
        sys.exit(1)
    except wrong as error:
        raise click.UsageError(str(error).replace(MISTAKES, instead)) from None
    except OSError as error:
        fail(str(error))


def is_colored(choice: str) -> bool:
    """Return whether to use colors; NO_COLOR (https://no-color.org) overrides FORCE_COLOR."""
    if choice != "auto" or os.environ.get("NO_COLOR"):
        return choice == "always"
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
