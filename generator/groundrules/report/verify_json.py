"""What came of promises on nodes, as JSON with all details.

``version`` changes only when a key is removed or changes its meaning; keys can be added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from groundrules.diagnostics import Diagnostic
from groundrules.report import dumped
from groundrules.report.context import ReportContext
from groundrules.report.json_report import rule_and_message
from groundrules.verify.measured_promise import MeasuredPromise
from groundrules.verify.verification import NodeVerification

VERSION = 1


def data(
    verification: NodeVerification, diagnostics: Sequence[Diagnostic], context: ReportContext
) -> str:
    """Return the verification as one JSON object; times are in UTC."""
    return dumped(
        {
            "version": VERSION,
            "tool": {"name": "groundrules", "version": context.version},
            "nodes": [{**to_builtins(kind), "nodes": n} for kind, n in verification.nodes.items()],
            "promises": [_promise(measured, context) for measured in verification.measured],
            "not_known": [
                {"expectation": one.expectation, **to_builtins(one.kind), "reason": one.reason}
                for one in verification.uncertain
            ],
            "undocumented": [
                {**to_builtins(kind), "nodes": n} for kind, n in verification.unknown.items()
            ],
            "findings": [
                {
                    **rule_and_message(diagnostic),
                    "suggestion": diagnostic.suggestion,
                    "place": context.where(diagnostic.location),
                }
                for diagnostic in diagnostics
            ],
            "skipped": {
                "count": verification.skipped_count,
                "first": to_builtins(verification.skipped),
            },
            **({"trends": to_builtins(verification.trends)} if verification.trends else {}),
        }
    )


def _promise(measured: MeasuredPromise, context: ReportContext) -> dict[str, Any]:
    promise, bound = measured.promise, measured.promise.bound
    return {
        "expectation": promise.expectation,
        **to_builtins(promise.kind),
        "standing": promise.standing.value,
        "path": context.where(promise.location).rsplit(":", 2)[0],
        "line": promise.location.line,
        "column": promise.location.column,
        "fact": bound.fact,
        "at_least": bound.at_least,
        "at_most": bound.at_most,
        "values": list(bound.values),
        "unit": bound.unit,
        "first_day": to_builtins(promise.first),
        "last_day": to_builtins(promise.last),
        "nodes": measured.nodes,
        "counts": {outcome.value: count for outcome, count in measured.counts.items()},
        "kept_share": measured.kept_share,
        "broken_since": to_builtins(measured.since),
        "first_measured": to_builtins(measured.first),
        "last_measured": to_builtins(measured.last),
        "distribution": to_builtins(measured.distribution),
        "broken": to_builtins(measured.broken),
    }
