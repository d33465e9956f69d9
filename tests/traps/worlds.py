"""Worlds: a repository on its own or a tenant (``main.yaml``), with or without data."""

from __future__ import annotations

import datetime
from pathlib import Path

from groundrules.checks.configurations import check_configurations
from groundrules.ci.zuul.defining import read_definitions
from groundrules.claims import Claims
from groundrules.diagnostics import Report
from groundrules.records import load
from groundrules.records.claims import claims_of

TODAY = datetime.date(2026, 11, 21)


def looked_at(root: Path) -> Report:
    tenant_file = root / "main.yaml"
    definitions = read_definitions(root, tenant_file if tenant_file.exists() else None, name="ours")
    catalogue = load(root).catalogue if (root / "data").exists() else None
    claims = claims_of(catalogue) if catalogue else Claims()
    report = Report()
    check_configurations([definitions], claims, TODAY, report)
    return report


def told(report: Report) -> str:
    """Return each finding as a line, with its related places below."""
    lines = []
    for each in report.diagnostics:
        lines.append(str(each))
        lines += [f"    {place.location}: {place.message}" for place in each.related]
    return "".join(f"{line}\n" for line in lines)
