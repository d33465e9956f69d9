"""Diagnostics as what a Zuul job returns: comments on files, and warnings of the build.

The keys are those of Zuul's ``zuul/lib/filecomments.py`` (14.3): one that it does not know makes
it drop every comment.  The file is the argument ``file`` of the Ansible task ``zuul_return``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from groundrules.diagnostics import Diagnostic, Severity
from groundrules.report.clean import one_line
from groundrules.report.data import dumped
from groundrules.report.run import ReportContext
from groundrules.text import counted

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def zuul(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return the data of the build.

    Reviewers see comments on files of the change only, so the build's page counts all of them.
    """
    comments: dict[str, list[dict[str, Any]]] = {}
    for each in map(run.inside, diagnostics):
        comments.setdefault(run.path(each.location), []).append(_comment(each, run))
    warnings = [one_line(f"not checked: {each.what}: {each.reason}") for each in run.skipped]
    if diagnostics:
        told = f"{counted(len(diagnostics), 'finding')} in {counted(len(comments), 'file')}"
        warnings.insert(0, f"groundrules: {told}")
    return dumped({"zuul": {"file_comments": comments, "warnings": warnings}})


def _comment(found: Diagnostic, run: ReportContext) -> dict[str, Any]:
    """Return one comment; characters of a range count from 0, as Gerrit's do."""
    line, start = found.location.line, found.location.column - 1
    comment = {
        "line": line,
        "message": _message(found, run),
        "level": _LEVELS[found.rule.severity],
    }
    if (end := run.end(found.location) - 1) > start:
        comment["range"] = {
            "start_line": line,
            "start_character": start,
            "end_line": line,
            "end_character": end,
        }
    return comment


def _message(found: Diagnostic, run: ReportContext) -> str:
    lines = [f"{found.message} [{found.rule.id}]"]
    lines += [f"{run.where(each.location)}: {each.message}" for each in found.related]
    return "\n".join(map(one_line, filter(None, (*lines, found.suggestion))))
