"""`Case`: something that was checked, and its outcome, for JUnit and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from groundrules.diagnostics import Checked, Diagnostic
from groundrules.report.context import ReportContext


class Case(Struct):
    """A file or a claim in it, which failed, was skipped for reasons, or passed."""

    checked: Checked
    findings: list[Diagnostic] = []
    reasons: list[str] = []

    @property
    def outcome(self) -> str:
        """``failed``, ``skipped`` or ``passed``; a case with a hidden finding has not passed."""
        return "failed" if self.findings else "skipped" if self.reasons else "passed"

    @property
    def reason(self) -> str:
        """The reason if it was skipped, else empty."""
        return "; ".join(dict.fromkeys(self.reasons)) if self.outcome == "skipped" else ""


def cases(diagnostics: Sequence[Diagnostic], context: ReportContext) -> list[Case]:
    """Return everything that was checked, sorted by file and name.

    A finding belongs to the claim that it contradicts, otherwise to its file, which becomes a
    case.
    """
    every = [
        Case(checked, reasons=[checked.unsure] if checked.unsure else [])
        for checked in context.checked
    ]
    claims = {case.checked.key: case for case in every if case.checked.key}
    files = {case.checked.path: case for case in every if not case.checked.key}

    def case_of(diagnostic: Diagnostic) -> Case:
        path = diagnostic.location.path
        return claims.get(diagnostic.claim) or files.setdefault(path, Case(Checked(path)))

    for diagnostic in diagnostics:
        case_of(diagnostic).findings.append(diagnostic)
    for hidden in context.hidden:
        reason = f"{hidden.found.rule.id} {hidden.reason}"
        case_of(hidden.found).reasons.append(reason)
    return sorted(
        (*claims.values(), *files.values()),
        key=lambda case: (case.checked.path, case.checked.key),
    )
