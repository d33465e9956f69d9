"""Exceptions that never apply: outside the scope, or after one that applies to all nodes."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set
from operator import attrgetter
from typing import NamedTuple

from groundrules.checks.data.targets import KnownScopes, Targets
from groundrules.diagnostics import Diagnostic, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Exemption, Expectation
from groundrules.rules import records as rules

Node = tuple[int, int | None]
"""A target by its index, with the index of a provider; None means all nodes."""


class _Applying(NamedTuple):
    """An exception with its first and last day, and its position among the others."""

    first: datetime.date
    last: datetime.date
    position: int
    exception: Exemption


FIRST = attrgetter("first")


class _Earlier:
    """The exceptions before another one, by the nodes that they apply to.

    Of one node, only those are kept whose days are not within those of another, so that both
    their first and their last days ascend, and each is found without comparing all.
    """

    def __init__(self) -> None:
        self._by_node: dict[Node, list[_Applying]] = {}

    def add(self, applying: _Applying, reach: Iterable[Node]) -> None:
        """Add an exception for the nodes that no other applies to on all its days."""
        for node in reach:
            kept = self._by_node.setdefault(node, [])
            if self._on(node, applying) is None:
                start = end = bisect_left(kept, applying.first, key=FIRST)
                while end < len(kept) and kept[end].last <= applying.last:
                    end += 1
                kept[start:end] = [applying]

    def before(self, applying: _Applying, node: Node) -> _Applying | None:
        """Return the first exception that applies to a node on all days of another."""
        found = (self._on(at, applying) for at in dict.fromkeys((node, (node[0], None))))
        return min(filter(None, found), key=lambda other: other.position, default=None)

    def _on(self, node: Node, applying: _Applying) -> _Applying | None:
        kept = self._by_node.get(node, [])
        at = bisect_right(kept, applying.first, key=FIRST)
        return kept[at - 1] if at and kept[at - 1].last >= applying.last else None


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
    earlier, last = _Earlier(), len(expectation.exceptions) - 1
    for position, exception in enumerate(expectation.exceptions):
        if exception.is_unlimited:
            continue  # it applies nowhere, which is reported as such
        is_partial = exception.is_partial
        reach = set(_reach(exception, targets)) if is_partial else targets.whole(exception)
        inside = reach if scope is everything else {at for at in reach if at[0] in scope}
        applying = _applying(exception, position)
        if not inside and known.has(exception):  # names that do not exist are reported
            is_outside = bool(reach) and known.has(expectation.applies_to)
            if is_outside or (not reach and _supplies_known(exception, targets, known)):
                yield _reaches_nothing(exception, expectation, is_outside=is_outside)
        if inside and exception.changes_anything and position:
            yield from _check_shadowed(applying, inside, earlier)
        if position < last:
            earlier.add(applying, reach)


def _reaches_nothing(
    exception: Exemption, expectation: Expectation, *, is_outside: bool
) -> Diagnostic:
    message, related = "no provider named here supplies a label named here", list[Related]()
    if is_outside:
        message = "'applies_to' covers nothing that this exception names"
        place = expectation.location("applies_to")
        related.append(Related(place, "what the expectation applies to"))
    message = f"{message}; correct one of them"
    return Diagnostic(exception.location(), message, rules.CONTRADICTION, tuple(related))


def _applying(exception: Exemption, position: int) -> _Applying:
    first, last = exception.since or datetime.date.min, exception.until or datetime.date.max
    return _Applying(first, last, position, exception)


def _check_shadowed(
    applying: _Applying, reach: Set[Node], earlier: _Earlier
) -> Iterator[Diagnostic]:
    """Yield an exception whose every node, on every day, an earlier one takes."""
    others: dict[int, Exemption] = {}
    for node in reach:
        if (other := earlier.before(applying, node)) is None:
            return
        others[other.position] = other.exception
    yield Diagnostic(
        applying.exception.location(),
        "an earlier exception applies to everything named here; put this one first",
        rules.CONTRADICTION,
        tuple(Related(others[at].location(), "the earlier exception") for at in sorted(others)),
    )


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


def _reach(exception: Exemption, targets: Targets) -> Iterator[Node]:
    for index in targets.covered(exception):
        platform, label = targets.all[index]
        yield from (
            (index, number)
            for number, provider in enumerate(platform.providers)
            if exception.names(provider) and (label is None or provider.supplies(label.name))
        )
