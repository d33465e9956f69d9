"""What an object touches in all configurations of a manual, and in its records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from groundrules.checker.compare import configurations_of
from groundrules.checker.configurations import ConfigurationOptions, Configurations
from groundrules.ci.errors import NotAvailableError
from groundrules.ci.graph_question import AskedError
from groundrules.claims.claims import Claims
from groundrules.graphs.elements import Step
from groundrules.graphs.impact import ManualImpact, NamedImpact
from groundrules.records import Catalogue, load
from groundrules.records.claims import claims_of
from groundrules.records.naming_records import documented
from groundrules.text import counted


def impact_of_manual(
    root: Path, data: str, options: ConfigurationOptions, kind: str, name: str
) -> ManualImpact:
    """Return what an object touches.

    Raises `AskedError` for a name that neither a configuration nor a record has, and
    `groundrules.checker.settings.OptionError` for an unknown configuration.
    """
    loaded = load(root, data)
    if loaded.catalogue is None:
        raise AskedError(f"the manual in {root} has no records that can be read")
    claims = claims_of(loaded.catalogue)
    configurations = configurations_of(claims, root, options)
    impacts, refusals, unread = _impacts(claims, configurations, kind, name)
    if loaded.report.found:
        number = counted(len(loaded.report.found), "mistake")
        unread.append(f"records with mistakes: the data has {number}; groundrules check lists them")
    records = _records(loaded.catalogue, kind, name, impacts)
    if not impacts and not records:
        raise AskedError(_refusal(kind, name, refusals, unread))
    return ManualImpact(impacts=tuple(impacts), records=tuple(records), unread=tuple(unread))


def _impacts(
    claims: Claims, configurations: Configurations, kind: str, name: str
) -> tuple[list[NamedImpact], list[str], list[str]]:
    """Return the impacts, why a name is unknown in others, and why others cannot be read."""
    impacts: list[NamedImpact] = []
    refusals: list[str] = []
    unread: list[str] = []
    for claim in claims.configurations:
        try:
            impact = configurations.impact(claim.id, kind, name, claims.graphs)
            impacts.append(NamedImpact(impact, claim.id))
        except AskedError as error:
            refusals.append(f"{claim.id}: {error}")
        except NotAvailableError as error:
            unread.append(f"the configuration {claim.id!r}: {error}")
    return impacts, refusals, unread


def _records(
    catalogue: Catalogue, kind: str, name: str, impacts: Sequence[NamedImpact]
) -> list[Step]:
    projects = ((named.name, project) for named in impacts for project in named.impact.projects)
    used = {(name, project.name, use.job) for name, project in projects for use in project.uses}
    return list(dict.fromkeys(documented(catalogue, kind, name, used)))


def _refusal(kind: str, name: str, refusals: Sequence[str], unread: Sequence[str]) -> str:
    if refusals:
        return "; ".join(refusals)
    reasons = "; ".join(unread) or "it has no configuration"
    return f"no record of the manual names the {kind} {name!r}, and {reasons}"
