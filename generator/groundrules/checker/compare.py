"""Documented graphs held against the real configurations that are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from groundrules import ci
from groundrules.checker.configurations import Configurations
from groundrules.checker.settings import UnknownConfigurationError
from groundrules.checks.drift import compare as drift
from groundrules.checks.drift.judging import Compared
from groundrules.checks.phrases import first_few
from groundrules.claims.claims import Claims, GraphClaim
from groundrules.claims.verdicts import Verdicts, joined
from groundrules.clock import today
from groundrules.diagnostics import Location, Report, Skipped, did_you_mean
from groundrules.rules import drift as rules

if TYPE_CHECKING:
    from groundrules.graphs.definitions import Definitions
    from groundrules.records import LoadedData

LOST = ("GR4", "GR5", "GR6")
"""The families of rules that are not tried on a configuration that is not at hand."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of configurations: where they are, which have to be at hand.

    ``editions`` are asked for by who shows them: git has to be started to tell.  ``cache`` is a
    folder in which to remember what configurations say, and data that was clean.
    """

    given: Mapping[str, Path] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    editions: bool = False
    cache: Path | None = None

    def check(self, known: Iterable[str]) -> None:
        """Raise `UnknownConfigurationError` for a name that ``manual.yaml`` does not have."""
        names = set(known)
        for name in (*self.given, *self.required):
            if name not in names:
                hint = did_you_mean(name, names, "known")
                raise UnknownConfigurationError(f"there is no configuration {name!r}{hint}")


def verdicts(loaded: LoadedData, root: Path, given: Mapping[str, Path] | None = None) -> Verdicts:
    """Return what became of each claim of a manual; what pages show.

    ``given`` are paths of configurations by name, for those that ``manual.yaml`` cannot tell.
    Nothing is added to the report of ``loaded``: a manual whose graphs have drifted is built.
    """
    from groundrules.records.claims import claims_of

    if loaded.catalogue is None:
        return Verdicts()
    return hold(claims_of(loaded.catalogue), root, given)


def hold(claims: Claims, root: Path, given: Mapping[str, Path] | None = None) -> Verdicts:
    """Return what became of each claim, as `verdicts` does."""
    wanted = Wanted(given or {}, editions=True)
    return compare(claims, configurations_of(claims, root, wanted), wanted, Report())


def configurations_of(claims: Claims, root: Path, wanted: Wanted) -> Configurations:
    """Return the configurations that a manual names, none of them read yet."""
    known = {each.id: each for each in claims.configurations}
    documented = {
        name: tuple(
            dict.fromkeys(
                graph.branch
                for graph in claims.graphs
                if graph.configuration == name and graph.branch
            )
        )
        for name in known
    }
    return Configurations(
        known, root, wanted.given, wanted.editions, wanted.cache, documented, claims.all_named
    )


def compare(
    claims: Claims, configurations: Configurations, wanted: Wanted, report: Report
) -> Verdicts:
    """Note where graphs and configurations differ; return the verdicts."""
    for name in wanted.required:
        _require(configurations, name, report)
    every = []
    for claim in claims.graphs:
        compared = _graph(claim, claims, configurations, wanted, report)
        report.add(compared.results)
        every.append(compared.verdicts)
    return joined(every)


def check_real(
    claims: Claims, configurations: Configurations, wanted: Wanted, report: Report
) -> None:
    """Note the traps in every configuration that is at hand, and what is wrong with labels."""
    found: list[Definitions] = []
    for claim in claims.configurations:
        try:
            found.append(configurations.definitions(claim.id, claims.graphs))
        except ci.NotAvailableError as error:
            reason = f"{claim.id} is not at hand: {error}"
            if claim.id in wanted.required:
                _note(report, claim.place, reason)
            _skip(claim.id, reason, report)
    for each in found:
        _skip_missing(each, report)
    if found:
        from groundrules.checks.configurations import check_configurations

        are_all = len(found) == len(claims.configurations)
        report.add(check_configurations(found, claims, today(), are_all=are_all))


def _graph(
    claim: GraphClaim,
    claims: Claims,
    configurations: Configurations,
    wanted: Wanted,
    report: Report,
) -> Compared:
    if claim.damaged:
        return drift.skip(claim, "its record has mistakes; correct them first")
    try:
        real = configurations.real(claim, claims.graphs)
    except ci.NotAvailableError as error:
        reason = f"{claim.configuration} is not at hand: {error}"
        if claim.configuration in wanted.required:
            _note(report, claim.configuration_place, reason)
        return drift.skip(claim, reason)
    except ci.NotFoundError as error:
        return drift.refuse(claim, error.kind, str(error))
    return drift.compare(claim, real)


def _skip(name: str, reason: str, report: Report) -> None:
    """Note what is lost with a configuration; a graph that is skipped for it tells the reason."""
    for at, each in enumerate(report.skipped):
        if each.reason == reason:
            report.skipped[at] = replace(each, rules=(*each.rules, *LOST))
            return
    report.skipped.append(Skipped(f"configuration {name}", reason, LOST))


def _skip_missing(definitions: Definitions, report: Report) -> None:
    """Note the projects of a configuration that are not at hand: what they say is not known."""
    if missing := sorted(definitions.missing):
        verb = "its project is" if len(missing) == 1 else f"{len(missing)} of its projects are"
        reason = f"{verb} not at hand: {first_few(missing)}"
        what = f"configuration {definitions.name}"
        report.skipped.append(Skipped(what, reason, (*drift.LOST, *LOST)))


def _require(configurations: Configurations, name: str, report: Report) -> None:
    """Note a required configuration that is not at hand at all, where ``manual.yaml`` names it."""
    try:
        configurations.opened(name)
    except ci.NotAvailableError as error:
        reason = f"{name} is not at hand: {error}"
        _note(report, configurations.claims[name].place, reason)


def _note(report: Report, place: Location, reason: str) -> None:
    """Note it, unless the same is noted where the configuration is named."""
    if not any(
        each.rule is rules.MISSING_CONFIGURATION and each.message == reason for each in report.found
    ):
        report.note(rules.MISSING_CONFIGURATION, place, reason)
