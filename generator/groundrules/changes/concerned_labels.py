"""The labels of nodes that a change concerns, for the view of one label."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property

from groundrules.changes.field_difference import FieldDifference
from groundrules.changes.named_records import NamedRecord
from groundrules.checks.data.targets import Targets, matching
from groundrules.grouping import grouped
from groundrules.records import Catalogue
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.measured import MeasuredLabel
from groundrules.records.platform import LIFE, Label, Platform


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


ANSWER = ("standing", "statement", "measure")
"""The fields of an expectation that an exception can have otherwise."""


class ConcernedLabels:
    """Look-ups of the labels of one revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._targets = Targets(catalogue)
        self._platforms = {
            id(platform): {label.name: (label.name,) for label in platform.labels}
            for platform in catalogue.platforms
        }
        self._today = catalogue.today
        self._matching: dict[int, MatchingExceptions] = {}

    @cached_property
    def _supplied(self) -> SuppliedTargets:
        return SuppliedTargets(self._targets)

    def of(
        self, named: NamedRecord | None, difference: FieldDifference | None = None
    ) -> frozenset[str]:
        """Return the labels that a record, or a difference in it, is about."""
        if named is None:
            return frozenset()
        match named.record:
            case Label() | MeasuredLabel():
                return frozenset((named.name,))
            case Platform():
                return frozenset(self._of_platform(named.record, difference))
            case Expectation():
                targets = (self._targets.all[at] for at in self._of(named.record, difference))
                return frozenset(label.name for _, label in targets if label)
        return frozenset()

    def _of_platform(self, platform: Platform, difference: FieldDifference | None) -> Iterator[str]:
        """Yield its labels: those of a provider, or those without a date of their own."""
        if difference and difference.scopes:
            names = self._platforms[id(platform)]
            for provider in difference.scopes:
                yield from matching(names, provider.labels or names)
            return
        key = difference.field if difference and difference.field in LIFE else None
        for label in platform.labels:
            if key is None or not getattr(label, key):
                yield label.name

    def _of(self, expectation: Expectation, difference: FieldDifference | None) -> frozenset[int]:
        """Return what it applies to, without that whose answer is an exception."""
        targets = self._targets.covered(expectation.applies_to)
        if difference and difference.scopes:
            return targets & self._exceptions(expectation).targets_of(difference.scopes)
        if difference and difference.field in ANSWER and expectation.exceptions:
            exceptions = self._exceptions(expectation)
            return targets & exceptions.targets_with_general(difference.field)
        return targets

    def _exceptions(self, expectation: Expectation) -> MatchingExceptions:
        """Return what counts for each target, computed once for an expectation."""
        known = self._matching.get(id(expectation))
        if known is None:
            known = MatchingExceptions(expectation, self._targets, self._supplied, self._today)
            self._matching[id(expectation)] = known
        return known
