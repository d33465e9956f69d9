"""The forms of the fields of measurements on nodes: what is broken now, and what is kept again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import Form, Said
from groundrules.changes.field_forms import NAME, OtherValue, Whole, parts, value
from groundrules.changes.measure_bounds import measure_words
from groundrules.changes.shown_values import shown
from groundrules.records.fields import Record
from groundrules.records.measured import (
    MeasuredLabel,
    RecordedMeasure,
    RecordedMonth,
    RecordedValues,
)


def _broken_since(before: datetime.date | None, after: datetime.date | None) -> Said:
    """Return that a promise is broken now, kept again, or broken since another day."""
    if before is None:
        return ChangeKind.SET, Effect.WORSE, f"It is broken since {after}."
    if after is None:
        sentence = f"It is not broken any more; it was since {before}."
        return ChangeKind.UNSET, Effect.BETTER, sentence
    return ChangeKind.CHANGED, Effect.DETAIL, f"It is broken since {after}, not since {before}."


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


MONTH = attrgetter("month")
MEASUREMENT_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    MeasuredLabel: {"label": NAME, "promises": parts("measurement of", _key, describe=_promise)},
    RecordedMeasure: {
        "expectation": NAME,
        "provider": NAME,
        "region": NAME,
        "standing": value("standing that was compared"),
        "measure": Whole("bound that was compared", measure_words),
        "recorded": value("day of the record"),
        "first": value("day of the first node"),
        "last": value("day of the last node"),
        "since": OtherValue(_broken_since),
        "kept": value("number of nodes that kept it"),
        "less": value("number of nodes with less"),
        "more": value("number of nodes with more"),
        "different": value("number of nodes with another value"),
        "not_measured": value("number of nodes without a value"),
        "values": Whole("distribution", _values),
        "history": parts("comparison of", MONTH, describe=MONTH),
    },
    RecordedMonth: {
        "day": value("day of the last node"),
        "kept": value("number of nodes that kept it"),
        "broken": value("number of nodes that did not"),
    },
}
