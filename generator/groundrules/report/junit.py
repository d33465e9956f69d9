"""Diagnostics as JUnit XML: a test case for each thing that was checked, passes too.

The form is the schema of Jenkins' xUnit plug-in, ``junit-10.xsd``, which pytest writes as well;
tests hold the output against it.  Written with the standard library: it escapes what a library
for JUnit would escape, starts five times as fast, and none of them drops the control characters
that XML forbids, so that `one_line` is ours in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from groundrules.diagnostics import Checked, Diagnostic
from groundrules.report.clean import one_line
from groundrules.report.run import Run
from groundrules.rules.reading import UNREAD

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUITE = "groundrules"


def junit(diagnostics: Sequence[Diagnostic], run: Run) -> str:
    """Return one test suite.

    ``classname`` is the file, ``name`` what was checked in it.  A finding is a ``failure``; an
    ``error`` where it kept the rest of the file from being checked; what was not looked at is
    ``skipped`` with its reason.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    cases = _cases(diagnostics, run)
    suite = Element("testsuite", {"name": SUITE, **_counts(cases, run)})
    for checked, findings in cases.items():
        name = one_line(checked.key or run.path(checked))
        case = SubElement(
            suite, "testcase", {"classname": one_line(run.path(checked)), "name": name}
        )
        for each in findings:
            _add(case, _kind(each), each.rule.id, each.message, _told(each, run))
    for skipped in run.skipped:
        case = SubElement(suite, "testcase", {"classname": SUITE, "name": one_line(skipped.what)})
        _add(case, "skipped", "skipped", skipped.reason, one_line(skipped.reason))
    root = Element("testsuites", {"name": SUITE})
    root.append(suite)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _cases(diagnostics: Iterable[Diagnostic], run: Run) -> dict[Checked, list[Diagnostic]]:
    """Return the findings of each thing that was checked.

    A finding belongs to what has its key, else to its file, which is a case of its own if need be.
    """
    cases: dict[Checked, list[Diagnostic]] = {each: [] for each in run.checked}
    for each in diagnostics:
        own = Checked(each.location.path, each.key)
        case = own if own in cases else Checked(each.location.path)
        cases.setdefault(case, []).append(each)
    return dict(sorted(cases.items(), key=lambda item: (item[0].path, item[0].key)))


def _counts(cases: dict[Checked, list[Diagnostic]], run: Run) -> dict[str, str]:
    """Return how many test cases there are of each kind; an error counts before a failure."""
    kinds = [{_kind(each) for each in findings} for findings in cases.values()]
    numbers = {
        "tests": len(cases) + len(run.skipped),
        "failures": sum(kind == {"failure"} for kind in kinds),
        "errors": sum("error" in kind for kind in kinds),
        "skipped": len(run.skipped),
    }
    return {name: str(number) for name, number in numbers.items()}


def _kind(found: Diagnostic) -> str:
    return "error" if found.rule in UNREAD else "failure"


def _told(found: Diagnostic, run: Run) -> str:
    lines = [f"{run.where(found.location)}: {found.message} [{found.rule.id}]"]
    lines += [f"{run.where(each.location)}: {each.message}" for each in found.related]
    return "\n".join(map(one_line, filter(None, (*lines, found.suggestion))))


def _add(case: Element, tag: str, kind: str, message: str, told: str) -> None:
    from xml.etree.ElementTree import SubElement

    SubElement(case, tag, {"type": kind, "message": one_line(message)}).text = told
