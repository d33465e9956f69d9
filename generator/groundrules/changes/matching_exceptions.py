"""`MatchingExceptions`: for which labels the exceptions of an expectation count, from a day on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from groundrules.checks.data.targets import Targets, matching
from groundrules.grouping import grouped
from groundrules.records.expectation import Exemption, Expectation


class SuppliedTargets:
    """The targets that providers supply, by the names of providers and of their regions."""

    def __init__(self, targets: Targets) -> None:
        self._targets = grouped(
            ((provider.name, provider.region or ""), index)
            for index, (platform, label) in enumerate(targets.all)
            for provider in platform.suppliers(label)
        )
        self._by_name = grouped((key[0], key) for key in self._targets)
        self._by_region = grouped((key[1], key) for key in self._targets)

    def of(self, exception: Exemption) -> set[int]:
        """Return the targets with nodes of the providers that a partial exception names."""
        named = set(matching(self._by_name, exception.providers))
        if exception.regions:
            from_there = set(matching(self._by_region, exception.regions))
            named = named & from_there if exception.providers else from_there
        return {index for key in named for index in self._targets[key]}


class MatchingExceptions:
    """The targets that each exception is about: the first exception that matches counts.

    One that holds for all nodes of a target, from the day on and for ever, hides those after it
    and the general answer.  One that was over before the day hides nothing.
    """

    def __init__(
        self,
        expectation: Expectation,
        targets: Targets,
        supplied: SuppliedTargets,
        day: datetime.date,
    ) -> None:
        self._everything = targets.everything
        self._reached: dict[int, tuple[Exemption, frozenset[int]]] = {}
        self._hidden: set[int] = set()
        self._day = day
        for exception in expectation.exceptions:
            reached = frozenset[int]() if exception.is_unlimited else targets.covered(exception)
            if exception.is_partial:
                reached &= supplied.of(exception)
            self._reached[id(exception)] = exception, reached - self._hidden
            has_begun = exception.since is None or exception.since <= day
            if has_begun and exception.until is None and not exception.is_partial:
                self._hidden |= reached

    def targets_of(self, exceptions: Iterable[Exemption]) -> frozenset[int]:
        """Return the targets for which one of some exceptions counts."""
        known = (self._reached.get(id(exception)) for exception in exceptions)
        return frozenset[int]().union(*(pair[1] for pair in known if pair))

    def targets_with_general(self, field: str) -> frozenset[int]:
        """Return the targets for which a field of the expectation counts, on some nodes."""
        without_own = (
            reached
            for exception, reached in self._reached.values()
            if not getattr(exception, field) and not self._is_over(exception)
        )
        return (self._everything - self._hidden).union(*without_own)

    def _is_over(self, exception: Exemption) -> bool:
        return exception.until is not None and exception.until < self._day
