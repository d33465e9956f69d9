"""Diagnostics as JSON with all details, for other programs.

``version`` changes only when a key is removed or changes its meaning; keys can be added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from groundrules.diagnostics import Diagnostic, Location
from groundrules.report import dumped
from groundrules.report.cases import Case, cases
from groundrules.report.context import ReportContext

VERSION = 1


def data(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return the report as one JSON object."""
    checked = [_checked(case, context) for case in cases(diagnostics, context)]
    return dumped(
        {
            "version": VERSION,
            "tool": {"name": "groundrules", "version": context.version},
            "summary": _summary(diagnostics, checked, context),
            "findings": [
                _finding(diagnostic, mark, context)
                for diagnostic, mark in context.marked(diagnostics)
            ],
            "checked": checked,
            "skipped": [
                {"what": skipped.what, "reason": skipped.reason} for skipped in context.skipped
            ],
            "gone_from_baseline": list(context.gone),
        }
    )


def _summary(
    diagnostics: Sequence[Diagnostic], checked: Sequence[dict[str, str]], context: ReportContext
) -> dict[str, int]:
    levels = Counter(diagnostic.rule.severity.value for diagnostic in diagnostics)
    return {
        "errors": levels["error"],
        "warnings": levels["warning"],
        "not_listed": len(diagnostics) - len(context.listed(diagnostics)),
        "files": context.files,
        "checked": sum(case["outcome"] != "skipped" for case in checked),
        "skipped": len(context.skipped),
        "in_baseline": context.known,
    }


def _checked(case: Case, context: ReportContext) -> dict[str, str]:
    return {
        "path": context.path(case.checked),
        "key": case.checked.key,
        "outcome": case.outcome,
        "reason": case.reason,
    }


def rule_and_message(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the values with which a finding begins."""
    return {
        "rule": diagnostic.rule.id,
        "name": diagnostic.rule.name,
        "severity": diagnostic.rule.severity.value,
        "message": diagnostic.message,
    }


def _finding(diagnostic: Diagnostic, mark: str, context: ReportContext) -> dict[str, Any]:
    return {
        **rule_and_message(diagnostic),
        **_place(diagnostic.location, context),
        "key": diagnostic.key,
        "claim": diagnostic.claim,
        "fingerprint": mark,
        "suggestion": diagnostic.suggestion,
        "fix": str(diagnostic.fix) if diagnostic.fix else "",
        "related": [
            {"message": related.message, **_place(related.location, context)}
            for related in diagnostic.related
        ],
    }


def _place(location: Location, context: ReportContext) -> dict[str, Any]:
    return {
        "path": context.path(location),
        "line": location.line,
        "column": location.column,
        "end_column": context.end(location),
    }
