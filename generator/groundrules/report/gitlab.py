"""Diagnostics as a GitLab code quality report.

The keys are those of GitLab's "Code Quality report format": a list of issues, of which the
merge request shows those whose fingerprint the target branch does not have.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.diagnostics import Diagnostic, Severity
from groundrules.findings.fingerprints import fingerprints
from groundrules.report.clean import one_line
from groundrules.report.data import dumped
from groundrules.report.run import ReportContext

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return the list of issues."""
    marks = fingerprints(diagnostics, run.texts)
    return dumped(
        [
            {
                "description": one_line(each.message),
                "check_name": each.rule.id,
                "fingerprint": mark,
                "severity": _SEVERITIES[each.rule.severity],
                "location": {
                    "path": run.path(each.location),
                    "lines": {"begin": each.location.line},
                },
            }
            for each, mark in zip(map(run.inside, diagnostics), marks, strict=True)
        ]
    )
