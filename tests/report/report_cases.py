"""A folder of ``cases`` is a case: ``findings.yaml`` beside what each format makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from groundrules.diagnostics import Checked, Diagnostic, Hidden, Location, Related, Report, Skipped
from groundrules.fix import Fix, Write
from groundrules.report.context import ReportContext
from groundrules.rules import RULES

CASES = Path(__file__).parent / "cases"
KEPT = ("here", "known", "manual", "most", "prefix", "prefixes", "texts")
NAMES = sorted(path.name for path in CASES.iterdir())


def case(name: str) -> tuple[list[Diagnostic], ReportContext]:
    text = (CASES / name / "findings.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    report = Report()
    for each in data.get("findings", ()):
        report.found += [_diagnostic(each, time) for time in range(each.get("times", 1))]
    run = ReportContext(
        version="1.2.3",
        checked=tuple(Checked(**each) for each in data.get("checked", ())),
        skipped=tuple(Skipped(**each) for each in data.get("skipped", ())),
        hidden=tuple(
            Hidden(_diagnostic(each, 0), each["reason"]) for each in data.get("hidden", ())
        ),
        gone=tuple(data.get("gone", ())),
        **{name: data[name] for name in KEPT if name in data},
        homes={path: _location(at) for path, at in data.get("homes", {}).items()},
    )
    return sorted(report.found, key=lambda each: each.sort_key), run


def _diagnostic(each: dict[str, Any], time: int) -> Diagnostic:
    location = _location(each["at"])
    fix = each.get("fix")
    return Diagnostic(
        location,
        f"{each['message']} ({time})" if time else each["message"],
        RULES[each["rule"]],
        tuple(Related(_location(one["at"]), one["message"]) for one in each.get("related", ())),
        each.get("suggestion", ""),
        Fix(location.path, (Write(tuple(fix["write"]), fix["value"]),)) if fix else None,
        each.get("key", ""),
        claim=each.get("claim", ""),
    )


def _location(text: str) -> Location:
    path, line, column = text.rsplit(":", 2)
    return Location(path, int(line), int(column))
