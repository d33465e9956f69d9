"""Diagnostics as GitHub annotations, and as the summary of a step for those past its limit.

Commands and escapes are those of GitHub's "Workflow commands for GitHub Actions" and of its
runner (``ActionCommand.cs``): ``%``, CR and LF in the message, ``:`` and ``,`` too in properties.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from groundrules.diagnostics import Diagnostic
from groundrules.report.clean import one_line
from groundrules.report.run import ReportContext
from groundrules.text import counted

LIMIT = 10  # annotations of one level that GitHub shows for a step; it drops the others
SUMMARY_SIZE = 1024 * 1024  # bytes of a step's summary; GitHub refuses a larger one whole


def github(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return ten annotations of each level; the others are lines of the log, and are counted."""
    lines, others = [], []
    for _, alike in groupby(sorted(diagnostics, key=_level), key=_level):
        found = list(alike)
        lines += [_annotation(each, run) for each in found[:LIMIT]]
        others += found[LIMIT:]
    lines += [f"- {_line(each, run)}" for each in others]
    if others:
        told = f"{counted(len(others), 'finding')} more than GitHub shows beside the code"
        lines.append(f"::notice title=groundrules::{told}; see the log and the step's summary")
    lines += [f"- not checked: {_plain(f'{each.what}: {each.reason}')}" for each in run.skipped]
    return "".join(f"{line}\n" for line in lines)


def summary(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return Markdown for ``$GITHUB_STEP_SUMMARY``: every finding, as far as there is room."""
    files = len({each.location.path for each in diagnostics})
    text = (
        f"### groundrules: {counted(len(diagnostics), 'finding')} in {counted(files, 'file')}\n\n"
    )
    size, told = len(text.encode()), 0
    for each in diagnostics:
        line = f"- `{_code(run.where(each.location))}` `{_code(each.message)}` {each.rule.id}\n"
        size += len(line.encode("utf-8", "replace"))
        if size > SUMMARY_SIZE - 200:
            return f"{text}\n{counted(len(diagnostics) - told, 'finding')} more\n"
        text, told = text + line, told + 1
    return text


def _level(found: Diagnostic) -> str:
    return found.rule.severity.value


def _annotation(found: Diagnostic, run: ReportContext) -> str:
    """Return a command; the log does not show its properties, so the message repeats the place."""
    found = run.inside(found)
    properties = {
        "file": run.path(found.location),
        "line": found.location.line,
        "endLine": found.location.line,
        "col": found.location.column,
        "endColumn": run.end(found.location),
        "title": f"{found.rule.id} {found.rule.name}",
    }
    told = ",".join(
        f"{name}={_property(one_line(str(value)))}" for name, value in properties.items()
    )
    places = [f"{run.where(each.location)}: {each.message}" for each in found.related]
    message = "\n".join(
        filter(None, (_line(found, run), *map(one_line, places), one_line(found.suggestion)))
    )
    return f"::{_level(found)} {told}::{_data(message)}"


def _line(found: Diagnostic, run: ReportContext) -> str:
    return _plain(f"{run.where(found.location)}: {found.message} [{found.rule.id}]")


def _plain(text: str) -> str:
    """Return a text for the log: on one line, and without the mark of the runner's old commands."""
    return one_line(text).replace("##[", "## [")


def _code(text: str) -> str:
    return one_line(text).replace("`", "'")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
