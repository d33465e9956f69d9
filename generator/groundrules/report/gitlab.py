"""Diagnostics as a GitLab code quality report.

The keys are those of GitLab's "Code Quality report format": a list of issues, of which the
merge request shows those whose fingerprint the target branch does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from groundrules.diagnostics import Diagnostic, Severity
from groundrules.report import dumped
from groundrules.report.context import ReportContext
from groundrules.text import escaped

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return the list of issues; the last one has the number of findings that are not listed."""
    issues = [
        _issue(context.inside(diagnostic), mark, context)
        for diagnostic, mark in context.marked(diagnostics)
    ]
    if omitted := context.omitted(diagnostics):
        issues.append({**issues[-1], "description": omitted, "fingerprint": "not listed"})
    return dumped(issues)


def _issue(diagnostic: Diagnostic, mark: str, context: ReportContext) -> dict[str, Any]:
    return {
        "description": escaped(diagnostic.message),
        "check_name": diagnostic.rule.id,
        "fingerprint": mark,
        "severity": _SEVERITIES[diagnostic.rule.severity],
        "location": {
            "path": context.path(diagnostic.location),
            "lines": {"begin": diagnostic.location.line},
        },
    }
