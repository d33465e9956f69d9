"""Documented graphs held against the real configurations that are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from groundrules import ci, rules
from groundrules.checks import drift
from groundrules.checkup.configurations import Configurations
from groundrules.checkup.settings import UnknownConfigurationError
from groundrules.claims import Claims, GraphClaim
from groundrules.diagnostics import Diagnostic, Location, Report, did_you_mean
from groundrules.verdict import Verdicts, joined

if TYPE_CHECKING:
    from groundrules.records import Loaded


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of configurations: where they are, which have to be at hand.

    ``editions`` are asked for by who shows them: git has to be started to tell.
    """

    given: Mapping[str, Path] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    editions: bool = False

    def check(self, known: Iterable[str]) -> None:
        """Raise `UnknownConfigurationError` for a name that ``manual.yaml`` does not have."""
        names = set(known)
        for name in (*self.given, *self.required):
            if name not in names:
                hint = did_you_mean(name, names, "known")
                raise UnknownConfigurationError(f"there is no configuration {name!r}{hint}")


def verdicts(loaded: Loaded, root: Path, given: Mapping[str, Path] | None = None) -> Verdicts:
    """Return what became of each claim of a manual; what pages show.

    ``given`` are paths of configurations by name, for those that ``manual.yaml`` cannot tell.
    Nothing is added to the report of ``loaded``: a manual whose graphs have drifted is built.
    """
    from groundrules.records.claims import claims_of

    if loaded.catalogue is None:
        return Verdicts()
    wanted = Wanted(given or {}, editions=True)
    return compare(claims_of(loaded.catalogue), root, wanted, Report())[0]


def compare(
    claims: Claims, root: Path, wanted: Wanted, report: Report
) -> tuple[Verdicts, dict[str, str]]:
    """Note where graphs and configurations differ; return the verdicts, and the files read."""
    known = {each.id: each for each in claims.configurations}
    configurations = Configurations(known, root, wanted.given, wanted.editions)
    for name in wanted.required:
        _require(configurations, name, report)
    found = joined(_graph(each, configurations, wanted, report) for each in claims.graphs)
    places = {place for each in report.found for place in _places(each)}
    return found, configurations.texts({each.path for each in places})


def _graph(
    claim: GraphClaim, configurations: Configurations, wanted: Wanted, report: Report
) -> Verdicts:
    if claim.damaged:
        return drift.skip(claim, "its record has mistakes; correct them first", report)
    try:
        real = configurations.real(claim)
    except ci.NotAtHandError as error:
        reason = f"{claim.configuration} is not at hand: {error}"
        if claim.configuration in wanted.required:
            _note(report, claim.configuration_place, reason)
        return drift.skip(claim, reason, report)
    return drift.compare(claim, real, report)


def _require(configurations: Configurations, name: str, report: Report) -> None:
    """Note a required configuration that is not at hand at all, where ``manual.yaml`` names it."""
    try:
        configurations.opened(name)
    except ci.NotAtHandError as error:
        reason = f"{name} is not at hand: {error}"
        _note(report, configurations.claims[name].place, reason)


def _note(report: Report, place: Location, reason: str) -> None:
    """Note it, unless the same is noted where the configuration is named."""
    if not any(each.rule is rules.NOT_AT_HAND and each.message == reason for each in report.found):
        report.note(rules.NOT_AT_HAND, place, reason)


def _places(found: Diagnostic) -> Iterable[Location]:
    return found.location, *(each.location for each in found.related)
