"""`Case`: a thing that was checked, and what became of it; what JUnit and JSON list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from groundrules.diagnostics import Checked, Diagnostic
from groundrules.report.run import ReportContext


@dataclass(slots=True)
class Case:
    """A file, or a claim that is made in it: it failed, was skipped for reasons, or passed."""

    checked: Checked
    findings: list[Diagnostic] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """``failed``, ``skipped`` or ``passed``; what has a hidden finding has not passed."""
        return "failed" if self.findings else "skipped" if self.reasons else "passed"

    @property
    def reason(self) -> str:
        """Why it was skipped; empty where it was not."""
        return "; ".join(dict.fromkeys(self.reasons)) if self.outcome == "skipped" else ""


def cases(diagnostics: Sequence[Diagnostic], run: ReportContext) -> list[Case]:
    """Return everything that was checked, sorted by file and name.

    A finding belongs to the claim that it speaks against, else to its file, which is a case of
    its own if need be.
    """
    listed = [Case(each, reasons=[each.unsure] if each.unsure else []) for each in run.checked]
    claims = {each.checked.key: each for each in listed if each.checked.key}
    files = {each.checked.path: each for each in listed if not each.checked.key}

    def case(found: Diagnostic) -> Case:
        path = found.location.path
        return claims.get(found.claim) or files.setdefault(path, Case(Checked(path)))

    for each in diagnostics:
        case(each).findings.append(each)
    for other in run.hidden:
        case(other.found).reasons.append(f"{other.found.rule.id} {other.reason}")
    every = (*claims.values(), *files.values())
    return sorted(every, key=lambda each: (each.checked.path, each.checked.key))
