"""Diagnostics as SARIF 2.1.0, for code scanning and for viewers.

The properties are those of the specification,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and of GitHub's "SARIF support
for code scanning".  It uses plain dicts, because a library would add names but no validation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from groundrules.diagnostics import Diagnostic, Location, Rule
from groundrules.report import dumped
from groundrules.report.context import ReportContext
from groundrules.systems import SYSTEMS
from groundrules.text import escaped

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# the first digit of a rule's id → its tag
_TAGS = {
    "1": "data",
    "2": "drift",
    "3": "policy",
    "4": "configuration",
    "5": "labels",
    "7": "nodes",
}


def sarif(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a SARIF log with one run; ``driver.rules`` are the rules of its results."""
    marked = context.marked(diagnostics)
    rules = {diagnostic.rule.id: diagnostic.rule for diagnostic, _ in marked}
    ids = sorted(rules)
    numbers = {name: number for number, name in enumerate(ids)}
    run = {
        "tool": {
            "driver": {
                "name": "groundrules",
                "semanticVersion": context.version,
                "rules": [_rule(rules[name], context) for name in ids],
            }
        },
        # §3.17.3: the part before the last "/" is the same for every run of this tool
        "automationDetails": {"id": "groundrules/"},
        # §3.14.17: columns are characters; the default is UTF-16 units
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(context.omitted(diagnostics), context)],
        "results": [
            _result(context.inside(diagnostic), numbers[diagnostic.rule.id], mark, context)
            for diagnostic, mark in marked
        ],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(omitted: str, context: ReportContext) -> dict[str, Any]:
    """Return the invocation; every skipped thing is a notification (§3.20.21)."""
    texts = [*([omitted] if omitted else []), *map(str, context.skipped)]
    notifications = [{"level": "warning", "message": {"text": escaped(text)}} for text in texts]
    return {"executionSuccessful": True, "toolExecutionNotifications": notifications}


def _rule(rule: Rule, context: ReportContext) -> dict[str, Any]:
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
    return described | ({"helpUri": context.page_of(rule)} if context.manual else {})


def _tag(rule: Rule) -> str:
    """Return a tag for filters on GitHub: a CI system or the rule's family."""
    own = (
        name
        for name, system in SYSTEMS.items()
        if system.rules and rule.id.startswith(system.rules)
    )
    return next(own, "") or _TAGS.get(rule.id[2:3], "checker")


def _markdown(rule: Rule) -> dict[str, str]:
    blocks = [
        f"{title}:\n\n```yaml\n{text}```\n"
        for title, text in (("Wrong", rule.bad), ("Right", rule.good))
    ]
    return {"markdown": "\n".join((f"{rule.explanation}\n", *blocks))}


def _result(
    diagnostic: Diagnostic, number: int, mark: str, context: ReportContext
) -> dict[str, Any]:
    """Return one result (§3.27).

    GitHub identifies alerts by ``primaryLocationLineHash``.  It computes its own, from the text
    of the line, only if the uploaded file has none.
    """
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.id,
        "ruleIndex": number,
        "level": diagnostic.rule.severity.value,
        "message": {"text": _message(diagnostic)},
        "locations": [_location(diagnostic.location, context)],
        "partialFingerprints": {"groundrules/v1": mark, "primaryLocationLineHash": mark},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            _location(related.location, context)
            | {"id": at, "message": {"text": escaped(related.message)}}
            for at, related in enumerate(diagnostic.related, 1)
        ]
    return result


def _message(diagnostic: Diagnostic) -> str:
    """Return the message, with brackets escaped that SARIF would read as a link (§3.11.6)."""
    text = diagnostic.message
    if diagnostic.suggestion:
        text = f"{text}. {diagnostic.suggestion}"
    return re.sub(r"\[(?=[^\]]*\]\()", r"\\[", escaped(text))


def _location(location: Location, context: ReportContext) -> dict[str, Any]:
    """Return a location; lines and columns start at 1, and the end is exclusive (§3.30)."""
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(context.path(location)), "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": location.line,
                "startColumn": location.column,
                "endLine": location.line,
                "endColumn": max(context.end(location), location.column),
            },
        }
    }


def _uri(path: str) -> str:
    """Return a path as a relative URI reference (RFC 3986) without scheme, in ASCII.

    >>> _uri("data/a b.yaml"), _uri("c:d.yaml")
    ('data/a%20b.yaml', 'c%3Ad.yaml')
    """
    return quote(path, safe="/~", errors="backslashreplace")
