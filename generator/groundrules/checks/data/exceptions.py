"""Exceptions that never apply: outside the scope, or after one that applies to all nodes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Set

from groundrules.checks.data.known_scopes import KnownScopes
from groundrules.checks.data.targets import Targets
from groundrules.diagnostics import Diagnostic, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Exemption, Expectation
from groundrules.rules import records as rules

Reach = Set[tuple[int, int | None]]
"""Targets by index, with the indexes of providers; None means all nodes."""


def check(catalogue: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield each exception that applies to no node of any label."""
    if not all(content.names.are_all(kind) for kind in ("label", "platform", "provider")):
        return
    targets, known = Targets(catalogue), KnownScopes(content.names)
    for expectation in catalogue.expectations.values():
        if expectation.exceptions and expectation.whole:
            yield from _check_expectation(expectation, targets, known)


def _check_expectation(
    expectation: Expectation, targets: Targets, known: KnownScopes
) -> Iterator[Diagnostic]:
    scope, everything = targets.covered(expectation.applies_to), targets.everything
    earlier: list[tuple[Exemption, Reach]] = []
    for exception in expectation.exceptions:
        if exception.is_unlimited:
            continue  # it applies nowhere, which is reported as such
        is_partial = exception.is_partial
        reach = set(_reach(exception, targets)) if is_partial else targets.whole(exception)
        inside = reach if scope is everything else {at for at in reach if at[0] in scope}
        if inside:
            if exception.changes_anything:
                yield from _check_shadowed(exception, inside, earlier)
        elif not known.has(exception):
            pass  # the names that do not exist are reported
        elif reach and known.has(expectation.applies_to):
            place = expectation.location("applies_to")
            yield Diagnostic(
                exception.location(),
                "'applies_to' covers nothing that this exception names; correct one of them",
                rules.CONTRADICTION,
                (Related(place, "what the expectation applies to"),),
            )
        elif not reach and _supplies_known(exception, targets, known):
            message = "no provider named here supplies a label named here; correct one of them"
            yield Diagnostic(exception.location(), message, rules.CONTRADICTION)
        earlier.append((exception, reach))


def _check_shadowed(
    exception: Exemption, reach: Reach, earlier: list[tuple[Exemption, Reach]]
) -> Iterator[Diagnostic]:
    """Yield an exception whose every node, on every day, an earlier one takes."""
    if not earlier:
        return
    left, first = set(reach), []
    for other, taken in earlier:
        shared = {target for target in left if target in taken or (target[0], None) in taken}
        if shared and _is_within(exception, other):
            left -= shared
            first.append(other)
    if not left:
        yield Diagnostic(
            exception.location(),
            "an earlier exception applies to everything named here; put this one first",
            rules.CONTRADICTION,
            tuple(Related(other.location(), "the earlier exception") for other in first),
        )


def _is_within(exception: Exemption, other: Exemption) -> bool:
    """Return whether one exception has only days of the other."""
    lowest, highest = datetime.date.min, datetime.date.max
    return (other.since or lowest) <= (exception.since or lowest) and (
        exception.until or highest
    ) <= (other.until or highest)


def _supplies_known(exception: Exemption, targets: Targets, known: KnownScopes) -> bool:
    """Return whether all labels exist that the providers of an exception supply."""
    covered = (targets.all[index][0] for index in targets.covered(exception))
    platforms = {platform.id: platform for platform in covered}.values()
    return bool(platforms) and all(
        known.has_all(f"label in {platform.id}", provider.labels)
        for platform in platforms
        for provider in platform.providers
        if exception.names(provider)
    )


def _reach(exception: Exemption, targets: Targets) -> Iterator[tuple[int, int | None]]:
    for index in targets.covered(exception):
        platform, label = targets.all[index]
        yield from (
            (index, number)
            for number, provider in enumerate(platform.providers)
            if exception.names(provider) and (label is None or provider.supplies(label.name))
        )
