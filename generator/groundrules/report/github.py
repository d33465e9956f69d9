"""Diagnostics as GitHub annotations, and as the summary of a step for those above the limit.

Commands and escapes are those of GitHub's "Workflow commands for GitHub Actions" and of its
runner (``ActionCommand.cs``): ``%``, CR and LF in the message, ``:`` and ``,`` too in properties.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from groundrules.diagnostics import Diagnostic
from groundrules.report.context import ReportContext
from groundrules.text import code_span, counted, escaped

LIMIT = 10  # GitHub shows this many annotations of each level for a step, and drops the others
SUMMARY_SIZE = 1024 * 1024  # bytes of a step's summary; GitHub rejects a larger one


def github(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return ten annotations of each level, and the other findings as lines of the log."""
    lines, others = [], []
    listed = sorted(context.listed(diagnostics), key=_level)
    for _, alike in groupby(listed, key=_level):
        of_level = list(alike)
        lines += [_annotation(diagnostic, context) for diagnostic in of_level[:LIMIT]]
        others += of_level[LIMIT:]
    lines += [f"- {_line(diagnostic, context)}" for diagnostic in others]
    if omitted := context.omitted(diagnostics):
        lines.append(f"- {omitted}")
    if more := len(diagnostics) - len(listed) + len(others):
        notice = f"{counted(more, 'more finding')} than GitHub shows beside the code"
        lines.append(f"::notice title=groundrules::{notice}; see the log and the step's summary")
    lines += [f"- {_plain(str(skipped))}" for skipped in context.skipped]
    return "".join(f"{line}\n" for line in lines)


def summary(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return Markdown for ``$GITHUB_STEP_SUMMARY``, with as many findings as fit."""
    lines = [f"### groundrules: {context.total(diagnostics)}\n\n"]
    size = len(lines[0].encode())
    for diagnostic in context.listed(diagnostics):
        place, message = context.where(diagnostic.location), diagnostic.message
        line = f"- {code_span(place)} {code_span(message)} {diagnostic.rule.id}\n"
        size += len(line.encode("utf-8", "replace"))
        if size > SUMMARY_SIZE - 200:
            break
        lines.append(line)
    if more := len(diagnostics) - len(lines) + 1:
        lines.append(f"\n{counted(more, 'more finding')}\n")
    return "".join(lines)


def _level(diagnostic: Diagnostic) -> str:
    return diagnostic.rule.severity.value


def _annotation(diagnostic: Diagnostic, context: ReportContext) -> str:
    """Return a command; its message repeats the place, because the log hides the properties."""
    diagnostic = context.inside(diagnostic)
    location = diagnostic.location
    properties = {
        "file": context.path(location),
        "line": location.line,
        "endLine": location.line,
        "col": location.column,
        "endColumn": context.end(location),
        "title": f"{diagnostic.rule.id} {diagnostic.rule.name}",
    }
    written = ",".join(
        f"{name}={_property(escaped(str(value)))}" for name, value in properties.items()
    )
    message = "\n".join((_line(diagnostic, context), *map(escaped, context.details(diagnostic))))
    return f"::{_level(diagnostic)} {written}::{_data(message)}"


def _line(diagnostic: Diagnostic, context: ReportContext) -> str:
    place = context.where(diagnostic.location)
    return _plain(f"{place}: {diagnostic.message} [{diagnostic.rule.id}]")


def _plain(text: str) -> str:
    """Return a text on one line that is no command of the runner's first version."""
    return escaped(text).replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
