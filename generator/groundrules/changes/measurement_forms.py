"""The forms of the fields of measurements on nodes: what is broken now, and what is kept again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.common_forms import NAME
from groundrules.changes.field_difference import FieldDifference, Form, RecordPair
from groundrules.changes.field_forms import Parts, Value, Whole
from groundrules.changes.measure_bounds import measure_words
from groundrules.changes.shown_values import shown
from groundrules.records.fields import Record
from groundrules.records.measured import (
    MeasuredLabel,
    RecordedMeasure,
    RecordedMonth,
    RecordedValues,
)


def broken_since_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield that a promise is broken now, kept again, or broken since another day."""
    before, after = pair.values(name)
    if before == after:
        return
    kind, effect = ChangeKind.CHANGED, Effect.DETAIL
    sentence = f"It is broken since {after}, not since {before}."
    if before is None:
        kind, effect = ChangeKind.SET, Effect.WORSE
        sentence = f"It is broken since {after}."
    elif after is None:
        kind, effect = ChangeKind.UNSET, Effect.BETTER
        sentence = f"It is not broken any more; it was since {before}."
    yield FieldDifference(kind, effect, sentence, name, before, after)


def _promise(measured: RecordedMeasure) -> str:
    promised = shown(measured.expectation)
    name = " ".join(filter(None, (measured.provider, measured.region)))
    return f"{promised} on nodes from {name}" if name else promised


def _values(values: RecordedValues) -> str:
    quantiles = (values.p05, values.median, values.p95)
    bins = f", in bins of {shown(list(values.bins))}" if values.bins else ""
    return (
        f"from {shown(values.minimum)} to {shown(values.maximum)}, with the quantiles "
        f"{', '.join(map(shown, quantiles))}{bins}"
    )


def _key(measured: Any) -> tuple[str, ...]:
    return tuple(filter(None, measured.key))


def _month(month: RecordedMonth) -> str:
    return month.month


MEASUREMENT_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    MeasuredLabel: {"label": NAME, "promises": Parts("measurement of", _key, describe=_promise)},
    RecordedMeasure: {
        "expectation": NAME,
        "provider": NAME,
        "region": NAME,
        "standing": Value("standing that was compared"),
        "measure": Whole("bound that was compared", measure_words),
        "recorded": Value("day of the record"),
        "first": Value("day of the first node"),
        "last": Value("day of the last node"),
        "since": broken_since_difference,
        "kept": Value("number of nodes that kept it"),
        "less": Value("number of nodes with less"),
        "more": Value("number of nodes with more"),
        "different": Value("number of nodes with another value"),
        "not_measured": Value("number of nodes without a value"),
        "values": Whole("distribution", _values),
        "history": Parts("comparison of", _month, describe=_month),
    },
    RecordedMonth: {
        "day": Value("day of the last node"),
        "kept": Value("number of nodes that kept it"),
        "broken": Value("number of nodes that did not"),
    },
}
