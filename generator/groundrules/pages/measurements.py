"""`Measurements`: how promises were kept on nodes, by label, expectation and month.

A mark is green only for a measurement of exactly the promise that is made today, and only while
the measurement is not too old.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from groundrules.grouping import grouped
from groundrules.pages import rst
from groundrules.pages.matrix import USABLE, answer_on
from groundrules.pages.measured_rows import MeasuredRow, MeasuredState, percent
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, ExpectationAnswer, Standing
from groundrules.records.measured import RecordedMeasure
from groundrules.records.platform import Label, Platform, Provider

VERSION = 1


@dataclass(frozen=True, slots=True)
class MonthOfPromises:
    """How the guarantees were kept that were compared in a month, added up."""

    month: str
    kept: int
    nodes: int

    @property
    def percent(self) -> str:
        """The share of nodes that kept them."""
        return percent(self.kept, self.nodes)


@dataclass(frozen=True)
class Measurements:
    """The measurements of a catalogue, created once for all pages."""

    catalogue: Catalogue

    @cached_property
    def rows(self) -> list[MeasuredRow]:
        """All of them: examples last, broken promises first, then by expectation and nodes."""
        rows = [
            self._row(expectation, *self.catalogue.labels[label.label], measured)
            for label in self.catalogue.measured
            for measured in label.promises
            if (expectation := self.catalogue.expectations.get(measured.expectation))
            if expectation.is_said_on(self.catalogue.today)
        ]
        places = {name: place for place, name in enumerate(self.catalogue.expectations)}
        return sorted(
            rows,
            key=lambda row: (
                row.platform.example,
                row.state is not MeasuredState.BROKEN,
                places[row.expectation.id],
                row.label.name,
                row.provider,
            ),
        )

    @cached_property
    def by_label(self) -> dict[str, list[MeasuredRow]]:
        """The measurements of each label."""
        return grouped((row.label.name, row) for row in self.rows)

    @cached_property
    def by_expectation(self) -> dict[str, list[MeasuredRow]]:
        """The measurements of each expectation."""
        return grouped((row.expectation.id, row) for row in self.rows)

    @cached_property
    def real(self) -> list[MeasuredRow]:
        """Those on nodes that jobs can request."""
        return [row for row in self.rows if not row.platform.example]

    @cached_property
    def broken(self) -> list[MeasuredRow]:
        """The broken promises about nodes that jobs can request."""
        return [row for row in self.real if row.state is MeasuredState.BROKEN]

    def broken_labels(self, expectation: Expectation) -> list[str]:
        """Return the labels of which a node breaks an expectation."""
        rows = self._broken_by_expectation.get(expectation.id, ())
        return list(dict.fromkeys(row.label.name for row in rows))

    @cached_property
    def _broken_by_expectation(self) -> dict[str, list[MeasuredRow]]:
        return grouped((row.expectation.id, row) for row in self.broken)

    @cached_property
    def kept(self) -> list[MeasuredRow]:
        """The kept promises about nodes that jobs can request."""
        return [row for row in self.real if row.state is MeasuredState.KEPT]

    @cached_property
    def months(self) -> list[MonthOfPromises]:
        """How guarantees were kept in each month, newest first; examples only if all are."""
        kept, nodes = Counter[str](), Counter[str]()
        for row in self.real or self.rows:
            is_promise = row.measured.standing is Standing.GUARANTEED
            for recorded in row.measured.history if is_promise else ():
                kept[recorded.month] += recorded.kept
                nodes[recorded.month] += recorded.nodes
        return [
            MonthOfPromises(month, kept[month], nodes[month])
            for month in sorted(nodes, reverse=True)
            if nodes[month]
        ]

    def never_on(self, platform: Platform, label: Label) -> list[Expectation]:
        """Return the expectations with a measure that were never measured on a label."""
        known = {row.expectation.id for row in self.by_label.get(label.name, ())}
        return [
            expectation
            for expectation in self._measurable
            if expectation.id not in known and self._applies(expectation, platform, label)
        ]

    @cached_property
    def never(self) -> list[tuple[Expectation, list[str], int]]:
        """The labels on which each expectation was never measured, and how many it has."""
        never = []
        for expectation in self._measurable:
            labels = self._labels_of(expectation)
            known = {row.label.name for row in self.by_expectation.get(expectation.id, ())}
            if missing := [name for name in labels if name not in known]:
                never.append((expectation, missing, len(labels)))
        return never

    def never_measured(self, expectation: Expectation) -> tuple[int, int]:
        """Return on how many of an expectation's labels it was never measured."""
        return self._never_measured.get(expectation.id, (0, 0))

    @cached_property
    def _never_measured(self) -> dict[str, tuple[int, int]]:
        return {expectation.id: (len(names), total) for expectation, names, total in self.never}

    @cached_property
    def _measurable(self) -> list[Expectation]:
        """The expectations of today of which a part has a measure."""
        return [
            expectation
            for expectation in self.catalogue.expectations.values()
            if expectation.measures and expectation.is_said_on(self.catalogue.today)
        ]

    def _labels_of(self, expectation: Expectation) -> list[str]:
        return [
            label.name
            for platform, label in self.catalogue.labels.values()
            if platform.example or self.catalogue.stage(platform, label) in USABLE
            if self._applies(expectation, platform, label)
        ]

    def _applies(self, expectation: Expectation, platform: Platform, label: Label) -> bool:
        """Return whether nodes of a label can be compared with an expectation."""
        answer = answer_on(expectation, self.catalogue.today, platform, label)
        if answer is None:
            return False
        answers = (answer, *(other for _, other in answer.elsewhere))
        return any(said.measure for said in answers)

    def _row(
        self, expectation: Expectation, platform: Platform, label: Label, measured: RecordedMeasure
    ) -> MeasuredRow:
        answer = self._answer(expectation, platform, label, measured)
        state = self._state(answer, measured)
        measure = answer.measure if answer else None
        today = self.catalogue.today
        return MeasuredRow(expectation, platform, label, measured, measure, state, today)

    def _answer(
        self, expectation: Expectation, platform: Platform, label: Label, measured: RecordedMeasure
    ) -> ExpectationAnswer | None:
        """Return what is promised today to the nodes that were measured; None if unknown."""
        today = self.catalogue.today
        if expectation.on(today, platform, label) is None:
            return None
        provider = platform.provider_called(measured.provider or "", measured.region or "")
        if provider is None and expectation.depends_on_provider(today, platform, label):
            return None
        return expectation.answer_for(today, platform, label, provider)

    def _state(self, answer: ExpectationAnswer | None, measured: RecordedMeasure) -> MeasuredState:
        if answer is None or not measured.is_of(answer.standing, answer.measure):
            return MeasuredState.CHANGED
        if not measured.nodes:
            return MeasuredState.NOT_MEASURABLE
        if answer.standing is not Standing.GUARANTEED:
            return MeasuredState.MEASURED
        if measured.broken:
            return MeasuredState.BROKEN
        is_old = self.catalogue.old_from(measured) <= self.catalogue.today
        return MeasuredState.OLD if is_old else MeasuredState.KEPT


def document(measurements: Measurements) -> dict[str, Any]:
    """Return the measurements as JSON has them, each with what it says of the promise of today."""
    rows = [
        {
            "label": row.label.name,
            "example": row.platform.example,
            "state": row.state.value,
            **row.measured.model_dump(mode="json"),
        }
        for row in measurements.rows
    ]
    return {"version": VERSION, "measurements": rows}


def unmeasured(providers: Iterable[Provider], rows: Iterable[MeasuredRow]) -> list[Provider]:
    """Return the providers of a label of whose nodes none was measured.

    It is not known where nodes come from whose facts do not name a provider.
    """
    measured = [(row.measured.provider or "", row.measured.region or "", row) for row in rows]
    if not all(name for name, _, _ in measured):
        return []
    known = [row.platform.provider_called(name, region) for name, region, row in measured]
    return [provider for provider in providers if known and provider not in known]


def never_measured(count: int, total: int) -> rst.Rst:
    """Return that an expectation was never measured on some of its labels."""
    badge = rst.badge("never-measured")
    if count < total:
        return rst.Rst(f"{badge} on {count} of its {total} labels")
    return badge if total == 1 else rst.Rst(f"{badge} on any of its {total} labels")
