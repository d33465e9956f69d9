"""Compares documented graphs with real configurations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from groundrules import ci
from groundrules.checker.configurations import ConfigurationOptions, Configurations
from groundrules.checks.drift import compare as drift
from groundrules.checks.drift.judging import Compared
from groundrules.checks.phrases import first_few
from groundrules.claims.claims import Claims, GraphClaim
from groundrules.claims.recorded import restored
from groundrules.claims.verdicts import Verdicts, joined
from groundrules.clock import today
from groundrules.diagnostics import Location, Report, Skipped
from groundrules.grouping import grouped
from groundrules.rules import drift as rules

if TYPE_CHECKING:
    from groundrules.graphs.definitions import Definitions

LOST = ("GR4", "GR5", "GR6")
"""The families of rules that are skipped for an unavailable configuration."""


def verdicts_of(claims: Claims, configurations: Configurations) -> Verdicts:
    """Return the verdict on each claim, for the pages: differing graphs are no findings there."""
    return compare(claims, configurations, configurations.options, Report())


def configurations_of_pages(
    claims: Claims,
    root: Path,
    paths: Mapping[str, Path] | None = None,
    cache: Path | None = None,
) -> Configurations:
    """Return the configurations for a manual's pages, which show their revisions.

    ``paths`` are paths of configurations by name, if they are not in ``manual.yaml``; ``cache``
    is the folder of caches, or None for no cache.
    """
    recorded = {graph.graph: graph for graph in claims.recorded}
    options = ConfigurationOptions(paths or {}, revisions=True, recorded=recorded, cache=cache)
    return configurations_of(claims, root, options)


def configurations_of(claims: Claims, root: Path, options: ConfigurationOptions) -> Configurations:
    """Return the configurations of a manual, which are not read yet."""
    known = {claim.id: claim for claim in claims.configurations}
    named = ((graph.configuration, graph.branch) for graph in claims.graphs if graph.branch)
    documented = {name: tuple(dict.fromkeys(branches)) for name, branches in grouped(named).items()}
    return Configurations(known, root, options, documented, claims.all_named)


def compare(
    claims: Claims, configurations: Configurations, options: ConfigurationOptions, report: Report
) -> Verdicts:
    """Report differences between graphs and configurations; return the verdicts."""
    for name in options.required:
        _require(configurations, name, report)
    verdicts = []
    for graph in claims.graphs:
        compared = _compare_graph(graph, claims, configurations, options, report)
        report.add(compared.results)
        verdicts.append(compared.verdicts)
    return joined(verdicts)


def check_real(
    claims: Claims, configurations: Configurations, options: ConfigurationOptions, report: Report
) -> list[Definitions]:
    """Report the traps and labels of all readable configurations; return these.

    An existing but broken configuration is an error.
    """
    readable: list[Definitions] = []
    for claim in claims.configurations:
        if claim.is_kept_by_hand:
            continue
        try:
            readable.append(configurations.definitions(claim.id, claims.graphs))
        except ci.BrokenConfigError as error:
            report.add(error.diagnostics)
            _skip(claim.id, error, report)
        except ci.NotAvailableError as error:
            is_meant = options.alone and (error.branches or error.unread)
            if claim.id in options.required or is_meant:
                _note(report, claim.place, _unavailable(claim.id, error))
            _skip(claim.id, error, report)
    for definitions in readable:
        _skip_missing(definitions, report)
    if readable:
        from groundrules.checks.configurations import check_configurations

        are_all = len(readable) == len(claims.configurations)
        report.add(check_configurations(readable, claims, today(), are_all=are_all))
    return readable


def _compare_graph(
    claim: GraphClaim,
    claims: Claims,
    configurations: Configurations,
    options: ConfigurationOptions,
    report: Report,
) -> Compared:
    named = configurations.claims.get(claim.configuration)
    if named is not None and named.is_kept_by_hand:
        return drift.keep(claim)
    if claim.damaged:
        return drift.skip(claim, "its record has mistakes; correct them first")
    try:
        real = configurations.real(claim, claims.graphs)
    except ci.NotAvailableError as error:
        reason = _unavailable(claim.configuration, error)
        if claim.configuration in options.required and not isinstance(error, ci.BrokenConfigError):
            _note(report, claim.configuration_place, reason)
        return _last_known(drift.skip(claim, reason), claim, options)
    except ci.NotFoundError as error:
        return drift.refuse(claim, error.kind, str(error))
    compared = drift.compare(claim, real)
    if not options.revisions:
        return compared
    changes = {claim.id: configurations.change_rules(claim)}
    return compared._replace(verdicts=replace(compared.verdicts, changes=changes))


def _last_known(compared: Compared, claim: GraphClaim, options: ConfigurationOptions) -> Compared:
    """Return the recorded verdicts on a graph that was not compared, if there are any."""
    recorded = options.recorded.get(claim.id)
    if recorded is None or not recorded.is_of(claim):
        return compared
    return compared._replace(verdicts=restored(claim, recorded))


def _unavailable(name: str, error: ci.NotAvailableError) -> str:
    message = str(error)
    if isinstance(error, ci.BrokenConfigError):
        return message if repr(name) in message else f"configuration {name!r} is broken: {message}"
    return f"configuration {name!r} is not available: {message}"


def _skip(name: str, error: ci.NotAvailableError, report: Report) -> None:
    """Record which rules are skipped with a configuration, at a skipped graph if there is one."""
    for at, skipped in enumerate(report.skipped):
        if skipped.reason == _unavailable(name, error):
            report.skipped[at] = structs.replace(skipped, rules=(*skipped.rules, *LOST))
            return
    report.skipped.append(Skipped(f"configuration {name}", str(error), LOST))


def _skip_missing(definitions: Definitions, report: Report) -> None:
    """Record the missing projects of a configuration, which may define anything."""
    if missing := sorted(definitions.missing):
        projects = "its project is" if len(missing) == 1 else f"{len(missing)} of its projects are"
        reason = f"{projects} missing here: {first_few(missing)}"
        what = f"configuration {definitions.name}"
        report.skipped.append(Skipped(what, reason, (*drift.LOST, *LOST)))


def _require(configurations: Configurations, name: str, report: Report) -> None:
    """Report a required configuration that is not available, at its place in ``manual.yaml``."""
    try:
        configurations.opened(name)
    except ci.BrokenConfigError:
        return  # its diagnostics are errors already
    except ci.NotAvailableError as error:
        # without a claim, the mistakes in manual.yaml are reported already
        if claim := configurations.claims.get(name):
            _note(report, claim.place, _unavailable(name, error))


def _note(report: Report, place: Location, reason: str) -> None:
    """Report a required configuration once, even if several graphs name it."""
    known = (one.message for one in report.found if one.rule is rules.MISSING_CONFIGURATION)
    if reason not in known:
        report.note(rules.MISSING_CONFIGURATION, place, reason)
