"""The labels of nodes that a change concerns, for the view of one label."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from groundrules.changes.field_difference import FieldDifference
from groundrules.changes.named_records import NamedRecord
from groundrules.records import Catalogue
from groundrules.records.expectation import Exemption, Expectation, Scope
from groundrules.records.measured import MeasuredLabel
from groundrules.records.platform import Label, Platform, Provider


class ConcernedLabels:
    """Look-ups of the labels of one revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._labels = list(catalogue.labels.values())

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(label.name for _, label in self._labels)

    def of(
        self, named: NamedRecord | None, difference: FieldDifference | None = None
    ) -> frozenset[str]:
        """Return the labels that a record, or a difference in it, is about."""
        if named is None:
            return frozenset()
        if difference and difference.scopes:
            platform = named.record if isinstance(named.record, Platform) else None
            return frozenset[str]().union(
                *(self._of_scope(scope, platform) for scope in difference.scopes)
            )
        match named.record:
            case Label() | MeasuredLabel():
                return frozenset((named.name,))
            case Platform():
                return frozenset(label.name for label in named.record.labels)
            case Expectation():
                return self._of_scope(named.record.applies_to)
        return frozenset()

    def _of_scope(self, scope: Any, platform: Platform | None = None) -> frozenset[str]:
        if isinstance(scope, Provider):
            labels = platform.labels if platform else ()
            return frozenset(label.name for label in labels if scope.supplies(label.name))
        assert isinstance(scope, Scope)  # noqa: S101 - there is no other part with labels
        if not (scope.platforms or scope.labels):
            is_partial = isinstance(scope, Exemption) and scope.is_partial
            return self._supplied(scope) if is_partial else self._all
        return frozenset(
            label.name for platform, label in self._labels if scope.covers(platform, label)
        )

    def _supplied(self, exception: Any) -> frozenset[str]:
        return frozenset(
            label.name
            for platform, label in self._labels
            if any(exception.names(provider) for provider in platform.suppliers(label))
        )
