"""Diagnostics as SARIF 2.1.0, for code scanning and for viewers.

The properties are those of the specification,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and of GitHub's "SARIF support
for code scanning".  Plain dicts: a library would add names and no checks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from groundrules.diagnostics import Diagnostic, Location, Rule, Severity
from groundrules.findings.fingerprints import fingerprints
from groundrules.report.clean import one_line, uri
from groundrules.report.data import dumped
from groundrules.report.run import ReportContext
from groundrules.systems import SYSTEMS

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# §3.19.2: driver.rules lists what results refer to; families are GitHub's tags
_FAMILIES = {"1": "data", "2": "drift", "3": "policy", "4": "configuration", "5": "labels"}


def sarif(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return one SARIF log with one run; rules that found nothing are left out."""
    rules = sorted(
        {each.rule.id: each.rule for each in diagnostics}.values(), key=lambda rule: rule.id
    )
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    marks = fingerprints(diagnostics, run.texts)
    results = [
        _result(run.inside(each), numbers[each.rule.id], mark, run)
        for each, mark in zip(diagnostics, marks, strict=True)
    ]
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(rules, results, run)]})


def _run(
    rules: Sequence[Rule], results: list[dict[str, Any]], run: ReportContext
) -> dict[str, Any]:
    return {
        "tool": {
            "driver": {
                "name": "groundrules",
                "semanticVersion": run.version,
                "rules": [_rule(each, run) for each in rules],
            }
        },
        # §3.17.3: the part before the last "/" is the same for every run of this tool
        "automationDetails": {"id": "groundrules/"},
        # §3.14.17: ours are characters, not the UTF-16 units that are meant without it
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "results": results,
    }


def _invocation(run: ReportContext) -> dict[str, Any]:
    """Return how the run went: what was skipped is a notification, never silence (§3.20.21)."""
    notes = [
        {
            "level": "warning",
            "message": {"text": one_line(f"not checked: {each.what}: {each.reason}")},
        }
        for each in run.skipped
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _rule(rule: Rule, run: ReportContext) -> dict[str, Any]:
    """Return a reportingDescriptor (§3.49); GitHub shows ``help.markdown`` beside a result."""
    described = {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"{rule.explanation}\n\nWrong:\n{rule.bad}\nRight:\n{rule.good}"}
        | _markdown(rule),
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": [_tag(rule)],
            "precision": "very-high",
            "problem.severity": rule.severity.value,
        },
    }
    return described | ({"helpUri": f"{run.manual}#{rule.id.lower()}"} if run.manual else {})


def _tag(rule: Rule) -> str:
    own = (name for name, each in SYSTEMS.items() if each.rules and rule.id.startswith(each.rules))
    return next(own, "") or _FAMILIES.get(rule.id[2:3], "checker")


def _markdown(rule: Rule) -> dict[str, str]:
    blocks = [
        f"{title}:\n\n```yaml\n{text}```\n"
        for title, text in (("Wrong", rule.bad), ("Right", rule.good))
    ]
    return {"markdown": "\n".join((f"{rule.explanation}\n", *blocks))}


def _result(found: Diagnostic, number: int, mark: str, run: ReportContext) -> dict[str, Any]:
    """Return one result (§3.27).

    ``primaryLocationLineHash`` is the fingerprint that GitHub keeps alerts by; it computes its
    own, from the line's text, only where a file that its action uploads has none.
    """
    result: dict[str, Any] = {
        "ruleId": found.rule.id,
        "ruleIndex": number,
        "level": _level(found.rule.severity),
        "message": {"text": _message(found)},
        "locations": [_location(found.location, run)],
        "partialFingerprints": {"groundrules/v1": mark, "primaryLocationLineHash": mark},
    }
    if found.related:
        result["relatedLocations"] = [
            _location(each.location, run) | {"id": at, "message": {"text": one_line(each.message)}}
            for at, each in enumerate(found.related, 1)
        ]
    return result


def _message(found: Diagnostic) -> str:
    """Return the message; what would read as a link of SARIF's own is no link (§3.11.6)."""
    told = f"{found.message}. {found.suggestion}" if found.suggestion else found.message
    return re.sub(r"\[(?=[^\]]*\]\()", r"\\[", one_line(told))


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def _location(location: Location, run: ReportContext) -> dict[str, Any]:
    """Return a location; lines and columns count from 1, the end is one past the last (§3.30)."""
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(run.path(location)), "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": location.line,
                "startColumn": location.column,
                "endLine": location.line,
                "endColumn": max(run.end(location), location.column),
            },
        }
    }
