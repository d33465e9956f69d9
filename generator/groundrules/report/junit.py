"""Diagnostics as JUnit XML: a test case for each thing that was checked, passes too.

The form is the schema of Jenkins' xUnit plug-in, ``junit-10.xsd``, which pytest writes as well;
tests hold the output against it.  Written with the standard library: it escapes what a library
for JUnit would escape, starts five times as fast, and none of them drops the control characters
that XML forbids, so that `one_line` is ours in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from groundrules.diagnostics import Diagnostic
from groundrules.report.cases import Case, cases
from groundrules.report.clean import one_line
from groundrules.report.run import ReportContext
from groundrules.rules.reading import UNREAD

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUITE = "groundrules"


def junit(diagnostics: Sequence[Diagnostic], run: ReportContext) -> str:
    """Return one test suite.

    ``classname`` is the file, ``name`` what was checked in it.  A finding is a ``failure``; an
    ``error`` where it kept the rest of the file from being checked; what was not looked at, or
    has a finding that is not told, is ``skipped`` with its reason.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    found = cases(diagnostics, run)
    suite = Element("testsuite", {"name": SUITE, **_counts(found, run)})
    for one in found:
        path = one_line(run.path(one.checked))
        name = one_line(one.checked.key) or path
        case = SubElement(suite, "testcase", {"classname": path, "name": name})
        for each in one.findings:
            _add(case, _kind(each), each.rule.id, each.message, _told(each, run))
        if one.reason:
            _add(case, "skipped", "skipped", one.reason, one_line(one.reason))
    for skipped in run.skipped:
        case = SubElement(suite, "testcase", {"classname": SUITE, "name": one_line(skipped.what)})
        _add(case, "skipped", "skipped", skipped.reason, one_line(skipped.reason))
    root = Element("testsuites", {"name": SUITE})
    root.append(suite)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _counts(found: list[Case], run: ReportContext) -> dict[str, str]:
    """Return how many test cases there are of each kind; an error counts before a failure."""
    kinds = [{_kind(each) for each in one.findings} for one in found]
    skipped = [*run.skipped, *(one for one in found if one.outcome == "skipped")]
    numbers = {
        "tests": len(found) + len(run.skipped),
        "failures": sum(kind == {"failure"} for kind in kinds),
        "errors": sum("error" in kind for kind in kinds),
        "skipped": len(skipped),
    }
    return {name: str(number) for name, number in numbers.items()}


def _kind(found: Diagnostic) -> str:
    return "error" if found.rule in UNREAD else "failure"


def _told(found: Diagnostic, run: ReportContext) -> str:
    lines = [f"{run.where(found.location)}: {found.message} [{found.rule.id}]"]
    lines += [f"{run.where(each.location)}: {each.message}" for each in found.related]
    return "\n".join(map(one_line, filter(None, (*lines, found.suggestion))))


def _add(case: Element, tag: str, kind: str, message: str, told: str) -> None:
    from xml.etree.ElementTree import SubElement

    SubElement(case, tag, {"type": kind, "message": one_line(message)}).text = told
