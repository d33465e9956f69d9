"""Worlds: a repository on its own or a tenant (``main.yaml``), with or without data."""

from __future__ import annotations

import datetime
from pathlib import Path

from groundrules.checker.configurations import Configurations
from groundrules.checks.configurations import check_configurations
from groundrules.claims.claims import Claims, ConfigurationClaim
from groundrules.diagnostics import Location, Report
from groundrules.findings.causes import relate
from groundrules.findings.selection import Selection
from groundrules.graphs.definitions import Definitions
from groundrules.records import load
from groundrules.records.claims import claims_of

TODAY = datetime.date(2026, 11, 21)


def definitions(root: Path, claims: Claims | None = None, **where: str) -> Definitions:
    """Return what a world defines, as the command reads a configuration of ``manual.yaml``.

    ``where`` is what that would say of its place, if it is not just here.
    """
    if not where:
        where = {"path": "."}
        if (root / "main.yaml").exists():
            where["tenant"] = "main.yaml"
    place = Location("data/manual.yaml")
    ours = ConfigurationClaim(id="ours", place=place, system="zuul", **where)
    configurations = Configurations({"ours": ours}, root.resolve())
    return configurations.definitions("ours", claims.graphs if claims else ())


def looked_at(root: Path) -> Report:
    catalogue = load(root).catalogue if (root / "data").exists() else None
    claims = claims_of(catalogue) if catalogue else Claims()
    return checked(definitions(root, claims), claims)


def checked(found: Definitions, claims: Claims) -> Report:
    """Hold what a world defines against itself and against its data; report causes only."""
    report = Report()
    report.add(check_configurations([found], claims, TODAY))
    relate(report)
    report.found, _ = Selection().split(report.found)
    return report


def output(report: Report) -> str:
    """Return each finding as a line, with its related places below."""
    lines = []
    for each in report.diagnostics:
        lines.append(str(each))
        lines += [f"    {place.location}: {place.message}" for place in each.related]
    return "".join(f"{line}\n" for line in lines)
