"""`MeasuredLabel`: how promises to the nodes of a label were kept when they were last compared.

``groundrules verify --record`` writes the files, and the pages show them.  Each measurement has
the bound that it was compared with, so that it says nothing of a promise that has changed since.
"""

from __future__ import annotations

import datetime
from contextlib import suppress

from groundrules.records.expectation import Measure, Standing
from groundrules.records.fact_units import UnitError
from groundrules.records.fields import Count, Id, LabelName, Name, Number, Record, Some
from groundrules.records.times import Date

MOST_BINS = 12
"""A distribution of more bins is not drawn."""


class RecordedValues(Record):
    """The numbers that nodes had: quantiles, and the counts of equally wide bins."""

    minimum: Number
    """The lowest one."""
    p05: Number
    """5 % of the nodes had this number or less."""
    median: Number
    """Half of the nodes had this number or less."""
    p95: Number
    """95 % of the nodes had this number or less."""
    maximum: Number
    """The highest one."""
    bins: tuple[Count, ...] = ()
    """How many nodes had a number in each of some equally wide parts of all that is between the
    lowest and the highest."""


class RecordedMonth(Record):
    """How a promise was kept when it was last compared in a month."""

    day: Date
    """The day of the last node that was compared."""
    kept: Count
    """How many nodes kept it."""
    broken: Count
    """How many nodes did not keep it."""

    @property
    def month(self) -> str:
        """The month, such as ``2026-11``."""
        return f"{self.day:%Y-%m}"

    @property
    def nodes(self) -> int:
        """How many nodes were compared."""
        return self.kept + self.broken


class RecordedMeasure(Record):
    """What came of comparing a promise with the nodes of a label from one provider."""

    expectation: Id
    """The expectation that says it."""
    provider: Name | None = None
    """The provider of the nodes, as their facts name it; left out if they do not."""
    region: Name | None = None
    """The provider's region, as the facts name it."""
    standing: Standing
    """The standing of the expectation when it was compared."""
    measure: Measure
    """The bound that the nodes were compared with."""
    recorded: Date
    """The day on which this was recorded."""
    first: Date | None = None
    """The day of the first node that was compared; left out if times are not known."""
    last: Date | None = None
    """The day of the last node that was compared; left out if times are not known."""
    since: Date | None = None
    """The day since which it is broken; left out if it is kept, or if times are not known."""
    kept: Count = 0
    """How many nodes had a value within the bound."""
    less: Count = 0
    """How many nodes had less than the lowest value of the bound."""
    more: Count = 0
    """How many nodes had more than the highest value of the bound."""
    different: Count = 0
    """How many nodes had another value than those of the bound."""
    not_measured: Count = 0
    """How many nodes did not have the fact, or a value that cannot be compared."""
    values: RecordedValues | None = None
    """The numbers that the nodes had."""
    history: tuple[RecordedMonth, ...] = ()
    """The last comparison of each month, oldest first."""

    @property
    def broken(self) -> int:
        """How many nodes did not keep it."""
        return self.less + self.more + self.different

    @property
    def nodes(self) -> int:
        """How many nodes could be compared."""
        return self.kept + self.broken

    @property
    def day(self) -> datetime.date:
        """The day to which it is true: that of the last node, or of the record."""
        return self.last or self.recorded

    def is_of(self, standing: Standing, measure: Measure | None) -> bool:
        """Return whether it was compared with exactly this promise, in any unit.

        The unit of a recorded measure is that of its fact: 8192 MB are 8 GB.
        """
        if measure is None or self.standing is not standing:
            return False
        return _kept_by(self.measure) == _kept_by(measure)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about, which no other measurement of the label has."""
        return self.expectation, self.provider or "", self.region or ""


def _kept_by(measure: Measure) -> tuple[object, ...]:
    """Return what decides which values keep a measure; true and 1 are different values."""
    with suppress(UnitError):
        measure = measure.in_unit_of_fact()
    values = frozenset((isinstance(value, bool), value) for value in measure.values)
    return measure.fact, measure.at_least, measure.at_most, measure.unit or "", values


class MeasuredLabel(Record):
    """How promises to the nodes of one label were kept; one file in ``data/measured/``."""

    label: LabelName
    """The label of the nodes, after which the file is named."""
    promises: Some[RecordedMeasure]
    """What came of comparing each promise."""
