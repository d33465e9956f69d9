"""Diagnostics as the return value of a Zuul job: comments on files, and warnings of the build.

The keys are those of Zuul's ``zuul/lib/filecomments.py`` (14.3), which drops all comments if one
has an unknown key.  The file is the argument ``file`` of the Ansible task ``zuul_return``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from groundrules.diagnostics import Diagnostic
from groundrules.report import dumped
from groundrules.report.context import ReportContext
from groundrules.text import escaped


def zuul(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return the data of the build.

    Reviewers only see comments on files of the change, so the build's page has the totals.
    """
    comments: dict[str, list[dict[str, Any]]] = {}
    for diagnostic in map(context.inside, context.listed(diagnostics)):
        path = context.path(diagnostic.location)
        comments.setdefault(path, []).append(_comment(diagnostic, context))
    skipped = [escaped(str(skipped)) for skipped in context.skipped]
    warnings = [*_totals(diagnostics, context), *skipped]
    return dumped({"zuul": {"file_comments": comments, "warnings": warnings}})


def _totals(diagnostics: Sequence[Diagnostic], context: ReportContext) -> Iterator[str]:
    if diagnostics:
        yield f"groundrules: {context.total([*map(context.inside, diagnostics)])}"
    if omitted := context.omitted(diagnostics):
        yield f"groundrules: {omitted}"


def _comment(diagnostic: Diagnostic, context: ReportContext) -> dict[str, Any]:
    """Return a comment; characters of a range count from 0, as in Gerrit."""
    line, start = diagnostic.location.line, diagnostic.location.column - 1
    comment = {
        "line": line,
        "message": _message(diagnostic, context),
        "level": diagnostic.rule.severity.value,
    }
    if (end := context.end(diagnostic.location) - 1) > start:
        comment["range"] = {
            "start_line": line,
            "start_character": start,
            "end_line": line,
            "end_character": end,
        }
    return comment


def _message(diagnostic: Diagnostic, context: ReportContext) -> str:
    lines = (f"{diagnostic.message} [{diagnostic.rule.id}]", *context.details(diagnostic))
    return "\n".join(map(escaped, lines))
