"""Diagnostics as JSON of our own: everything that is known, in a form that is kept.

The number ``version`` changes only when a key goes or changes its meaning; keys may be added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from groundrules.diagnostics import Diagnostic, Location
from groundrules.findings.fingerprints import fingerprints
from groundrules.report.cases import Case, cases
from groundrules.report.run import ReportContext

VERSION = 1


def data(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return the report as one JSON object."""
    marks = fingerprints(diagnostics, run.texts)
    found = zip(diagnostics, marks, strict=True)
    checked = [_checked(each, run) for each in cases(diagnostics, run)]
    return dumped(
        {
            "version": VERSION,
            "tool": {"name": "groundrules", "version": run.version},
            "summary": _summary(diagnostics, checked, run),
            "findings": [_finding(each, mark, run) for each, mark in found],
            "checked": checked,
            "skipped": [{"what": each.what, "reason": each.reason} for each in run.skipped],
            "gone_from_baseline": list(run.gone),
        }
    )


def dumped(value: Any) -> str:
    """Return JSON for people too; only ASCII, so that no reader mistakes its encoding."""
    return f"{json.dumps(value, indent=2)}\n"


def _summary(
    diagnostics: Sequence[Diagnostic], checked: Sequence[dict[str, str]], run: ReportContext
) -> dict[str, int]:
    levels = Counter(each.rule.severity.value for each in diagnostics)
    return {
        "errors": levels["error"],
        "warnings": levels["warning"],
        "files": run.files,
        "checked": sum(each["outcome"] != "skipped" for each in checked),
        "skipped": len(run.skipped),
        "in_baseline": run.known,
    }


def _checked(case: Case, run: ReportContext) -> dict[str, str]:
    """Return what became of a thing; ``checked`` without it would read as if it had passed."""
    return {
        "path": run.path(case.checked),
        "key": case.checked.key,
        "outcome": case.outcome,
        "reason": case.reason,
    }


def _finding(found: Diagnostic, mark: str, run: ReportContext) -> dict[str, Any]:
    return {
        "rule": found.rule.id,
        "name": found.rule.name,
        "severity": found.rule.severity.value,
        "message": found.message,
        **_place(found.location, run),
        "key": found.key,
        "claim": found.claim,
        "fingerprint": mark,
        "suggestion": found.suggestion,
        "fix": str(found.fix) if found.fix else "",
        "related": [
            {"message": each.message, **_place(each.location, run)} for each in found.related
        ],
    }


def _place(location: Location, run: ReportContext) -> dict[str, Any]:
    return {
        "path": run.path(location),
        "line": location.line,
        "column": location.column,
        "end_column": run.end(location),
    }
