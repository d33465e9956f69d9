"""`MatchingExceptions`: which exceptions of an expectation count for a label, from a day on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.platform import Label, Platform

Pair = tuple[Platform, Label]


class MatchingExceptions:
    """The exceptions that are about each label: the first one that matches counts.

    One that holds for all nodes of the label, from the day on and for ever, hides those after it
    and the general answer.  One that was over before the day hides nothing.
    """

    def __init__(
        self, expectation: Expectation, labels: Iterable[Pair], day: datetime.date
    ) -> None:
        self._by_label: dict[str, tuple[Exemption, ...]] = {}
        self._hidden: set[str] = set()
        self._day = day
        for platform, label in labels:
            self._by_label[label.name] = tuple(self._matching(expectation, platform, label))

    def _matching(
        self, expectation: Expectation, platform: Platform, label: Label
    ) -> Iterator[Exemption]:
        for exception in expectation.exceptions:
            if not exception.concerns(platform, label):
                continue
            yield exception
            has_begun = exception.since is None or exception.since <= self._day
            if has_begun and exception.until is None and not exception.is_partial:
                self._hidden.add(label.name)
                return

    def labels_of(self, exceptions: Iterable[Exemption]) -> frozenset[str]:
        """Return the labels for which one of some exceptions counts."""
        wanted = set(map(id, exceptions))
        return frozenset(
            name
            for name, matching in self._by_label.items()
            if any(id(exception) in wanted for exception in matching)
        )

    def labels_with_general(self, field: str) -> frozenset[str]:
        """Return the labels for which a field of the expectation itself counts, on some nodes."""
        return frozenset(
            name
            for name, matching in self._by_label.items()
            if name not in self._hidden
            or not all(getattr(each, field) for each in matching if not self._is_over(each))
        )

    def _is_over(self, exception: Exemption) -> bool:
        return exception.until is not None and exception.until < self._day
