"""`check_nodes`: nodes compared with the promises of a manual, as the result of a check."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from msgspec import Struct, structs

from groundrules.checker.settings import CheckResult
from groundrules.checkout import path_from_here, path_in_repository, working_directory
from groundrules.checks.kept_promises import check_promises
from groundrules.diagnostics import Report
from groundrules.findings.ignores import OF_NODES, apply_ignores
from groundrules.findings.limits import limited
from groundrules.findings.selection import Selection
from groundrules.records import LoadedData
from groundrules.report.context import ReportContext
from groundrules.verify.measured_promise import BrokenNode
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.verification import NodeVerification

_Read = TypeVar("_Read", SkippedFacts, BrokenNode)


class NodeCheck(Struct, frozen=True):
    """The promises that were compared, and the findings."""

    verification: NodeVerification
    result: CheckResult


def check_nodes(
    root: Path, loaded: LoadedData, verification: NodeVerification, selection: Selection
) -> NodeCheck:
    """Return the findings of a verification that are selected and not ignored.

    Raises `UnknownRuleError`.
    """
    verification = _shown(verification)
    report = Report()
    report.add(check_promises(verification))
    apply_ignores(report, loaded.texts)
    found = [found for found in report.diagnostics if found.rule.id.startswith(OF_NODES)]
    asked, others = selection.split(found)
    context = ReportContext(
        checked=tuple(report.checked),
        skipped=tuple(report.skipped),
        hidden=(*report.hidden, *others),
        texts=loaded.texts,
        prefix=path_in_repository(root),
        here=path_from_here(root),
    )
    diagnostics = [limited(diagnostic) for diagnostic in asked]
    code = 1 if diagnostics else 0
    result = CheckResult(diagnostics=diagnostics, context=context, exit_code=code)
    return NodeCheck(verification, result)


def _shown(verification: NodeVerification) -> NodeVerification:
    """Return a verification in which paths are relative to the working directory."""
    here = f"{working_directory() or ''}/"
    return structs.replace(
        verification,
        skipped=tuple(_from(here, skipped) for skipped in verification.skipped),
        measured=tuple(
            structs.replace(one, broken=tuple(_from(here, node) for node in one.broken))
            for one in verification.measured
        ),
    )


def _from(here: str, one: _Read) -> _Read:
    return structs.replace(one, source=one.source.removeprefix(here))
