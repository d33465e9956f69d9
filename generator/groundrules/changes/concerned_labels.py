"""The labels of nodes that a change concerns, for the view of one label."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from groundrules.changes.field_difference import FieldDifference
from groundrules.changes.matching_exceptions import MatchingExceptions, SuppliedTargets
from groundrules.changes.named_records import NamedRecord
from groundrules.checks.data.targets import Targets, matching
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation
from groundrules.records.measured import MeasuredLabel
from groundrules.records.platform import LIFE, Label, Platform

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
