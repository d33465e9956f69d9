"""Diagnostics as JUnit XML, with a test case for everything that was checked.

The format is the schema of Jenkins' xUnit plug-in, ``junit-10.xsd``, which pytest uses too; tests
validate the output with it.  The standard library writes it, because it starts five times as fast
as the libraries for JUnit.  None of these removes the control characters that XML forbids, so
`escaped` is needed in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from groundrules.diagnostics import Diagnostic
from groundrules.report.cases import Case, cases
from groundrules.report.context import ReportContext, not_listed
from groundrules.rules.reading import UNREAD
from groundrules.text import escaped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUITE = "groundrules"


def junit(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return one test suite.

    ``classname`` is the file, ``name`` the claim in it.  A finding is a ``failure``, or an
    ``error`` if the rest of the file could not be checked.  A skipped case, or one with a hidden
    finding, is ``skipped`` with the reason.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    every = cases(diagnostics, context)
    listed = set(map(id, context.listed(diagnostics)))
    suite = Element("testsuite", {"name": SUITE, **_counts(every, context)})
    for case in every:
        path = escaped(context.path(case.checked))
        name = escaped(case.checked.key) or path
        element = SubElement(suite, "testcase", {"classname": path, "name": name})
        _add_findings(element, case, listed, context)
        if case.reason:
            _add(element, "skipped", "skipped", case.reason, escaped(case.reason))
    for skipped in context.skipped:
        name = escaped(skipped.what)
        element = SubElement(suite, "testcase", {"classname": SUITE, "name": name})
        _add(element, "skipped", "skipped", skipped.reason, escaped(skipped.reason))
    root = Element("testsuites", {"name": SUITE})
    root.append(suite)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_findings(
    element: Element, case: Case, listed: AbstractSet[int], context: ReportContext
) -> None:
    """Add the findings of a case; one failure has the number of those above the limit."""
    for diagnostic in case.findings:
        if id(diagnostic) in listed:
            text = _text(diagnostic, context)
            _add(element, _kind(diagnostic), diagnostic.rule.id, diagnostic.message, text)
    more = sum(id(diagnostic) not in listed for diagnostic in case.findings)
    if message := not_listed(more):
        _add(element, "failure", "not listed", message, message)


def _counts(every: list[Case], context: ReportContext) -> dict[str, str]:
    """Return the number of test cases of each kind; a case with an error is not also a failure."""
    kinds = [{_kind(diagnostic) for diagnostic in case.findings} for case in every]
    skipped = [*context.skipped, *(case for case in every if case.outcome == "skipped")]
    numbers = {
        "tests": len(every) + len(context.skipped),
        "failures": sum(kind == {"failure"} for kind in kinds),
        "errors": sum("error" in kind for kind in kinds),
        "skipped": len(skipped),
    }
    return {name: str(number) for name, number in numbers.items()}


def _kind(diagnostic: Diagnostic) -> str:
    return "error" if diagnostic.rule in UNREAD else "failure"


def _text(diagnostic: Diagnostic, context: ReportContext) -> str:
    place = context.where(diagnostic.location)
    first = f"{place}: {diagnostic.message} [{diagnostic.rule.id}]"
    return "\n".join(map(escaped, (first, *context.details(diagnostic))))


def _add(element: Element, tag: str, kind: str, message: str, text: str) -> None:
    from xml.etree.ElementTree import SubElement

    SubElement(element, tag, {"type": kind, "message": escaped(message)}).text = text
