"""The labels of nodes that a change concerns, for the view of one label."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from groundrules.changes.field_difference import FieldDifference
from groundrules.changes.matching_exceptions import MatchingExceptions
from groundrules.changes.named_records import NamedRecord
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, Scope
from groundrules.records.measured import MeasuredLabel
from groundrules.records.platform import LIFE, Label, Platform, Provider

ANSWER = ("standing", "statement", "measure")
"""The fields of an expectation that an exception can have otherwise."""


class ConcernedLabels:
    """Look-ups of the labels of one revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._labels = list(catalogue.labels.values())
        self._today = catalogue.today
        self._matching: dict[int, MatchingExceptions] = {}

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(label.name for _, label in self._labels)

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
                return self._of_platform(named.record, difference)
            case Expectation():
                return self._of_expectation(named.record, difference)
        return frozenset()

    def _of_platform(
        self, platform: Platform, difference: FieldDifference | None
    ) -> frozenset[str]:
        """Return its labels: those of a provider, or those without a date of their own."""
        if difference and difference.scopes:
            return frozenset[str]().union(
                *(self._of_scope(scope, platform) for scope in difference.scopes)
            )
        key = difference.field if difference and difference.field in LIFE else None
        own = (label for label in platform.labels if key is None or not getattr(label, key))
        return frozenset(label.name for label in own)

    def _of_expectation(
        self, expectation: Expectation, difference: FieldDifference | None
    ) -> frozenset[str]:
        """Return the labels that it applies to, without those whose answer is an exception."""
        labels = self._of_scope(expectation.applies_to)
        if difference is None:
            return labels
        if difference.scopes:
            return labels & self._exceptions(expectation).labels_of(difference.scopes)
        if difference.field in ANSWER and expectation.exceptions:
            return labels & self._exceptions(expectation).labels_with_general(difference.field)
        return labels

    def _exceptions(self, expectation: Expectation) -> MatchingExceptions:
        """Return what counts for each label, computed once for an expectation."""
        known = self._matching.get(id(expectation))
        if known is None:
            known = MatchingExceptions(expectation, self._labels, self._today)
            self._matching[id(expectation)] = known
        return known

    def _of_scope(self, scope: Any, platform: Platform | None = None) -> frozenset[str]:
        if isinstance(scope, Provider):
            labels = platform.labels if platform else ()
            return frozenset(label.name for label in labels if scope.supplies(label.name))
        assert isinstance(scope, Scope)  # noqa: S101 - there is no other part with labels
        if not scope.is_limited:
            return self._all
        return frozenset(
            label.name for platform, label in self._labels if scope.covers(platform, label)
        )
