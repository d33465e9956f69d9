"""`MeasuredRow`: how a promise was kept on the nodes of a label, as pages show it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from groundrules.pages.matrix import bounds, named_bounds
from groundrules.pages.rst import Said
from groundrules.records.ages import age
from groundrules.records.expectation import Expectation, Measure
from groundrules.records.measured import MOST_BINS, RecordedMeasure
from groundrules.records.platform import Label, Platform
from groundrules.text import counted

MOST_MONTHS = 3
"""The earlier months beside a measurement; the page has all months of all promises together."""


class MeasuredState(StrEnum):
    """What a measurement says of the promise that is made today; the values are badges."""

    KEPT = "kept"
    """Every node kept it."""
    BROKEN = "broken"
    """A node broke it."""
    MEASURED = "measured"
    """Nobody promises it; the numbers say where it is true."""
    OLD = "measured-long-ago"
    """Every node kept it, too long ago to be relied on."""
    CHANGED = "changed-since"
    """Something else is promised now."""
    NOT_MEASURABLE = "not-measurable"
    """No node has the fact."""


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One measurement: ``promise`` is the measure of today, None if there is none."""

    expectation: Expectation
    platform: Platform
    label: Label
    measured: RecordedMeasure
    promise: Measure | None
    state: MeasuredState
    today: datetime.date

    @property
    def provider(self) -> str:
        """The provider and region of the nodes; empty if their facts do not name it."""
        return Said(" ".join(filter(None, (self.measured.provider, self.measured.region))))

    @property
    def promised(self) -> str:
        """The bound that is promised today; empty if there is none."""
        return named_bounds(self.promise) if self.promise else ""

    @property
    def said(self) -> str:
        """What came of it, in parts that are translated one by one."""
        return " · ".join(self._parts())

    @property
    def earlier(self) -> str:
        """The share of nodes that kept it in the last months before, newest first."""
        last = f"{self.measured.day:%Y-%m}"
        shares = [
            f"{month.month}: {percent(month.kept, month.nodes)}"
            for month in reversed(self.measured.history)
            if month.month != last and month.nodes
        ]
        return " · ".join(shares[:MOST_MONTHS])

    @property
    def values(self) -> str:
        """The numbers that nodes had; empty if they had none."""
        values, unit = self.measured.values, self._unit
        if values is None:
            return ""
        least, median, most = map(_number, (values.minimum, values.median, values.maximum))
        span = f"{least}{unit} on all nodes"
        return span if least == most else f"{least} to {most}{unit} · median {median}{unit}"

    @property
    def bins(self) -> tuple[int, ...]:
        """The counts of the picture; empty if there is none."""
        bins = self.measured.values.bins if self.measured.values else ()
        return bins if len(bins) <= MOST_BINS else ()

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """The numbers between which a value keeps the promise that was compared."""
        measure = self.measured.measure
        return measure.at_least, measure.at_most

    @property
    def allowed(self) -> tuple[float, ...]:
        """The only numbers that keep the promise that was compared; empty if it has bounds."""
        return tuple(
            value
            for value in self.measured.measure.values
            if isinstance(value, (int, float)) and not isinstance(value, bool)
        )

    @property
    def _unit(self) -> str:
        return f" {self.measured.measure.unit}" if self.measured.measure.unit else ""

    def _parts(self) -> Iterator[str]:
        measured, until = self.measured, self._until
        # the times of compared nodes alone are recorded
        times = until if measured.last else f"{until}, at times that are not known"
        if self.state is MeasuredState.CHANGED:
            yield f"measured for another promise: {bounds(measured.measure)}"
            yield f"kept by {measured.kept} of {counted(measured.nodes, 'node')}{times}"
        elif self.state is MeasuredState.NOT_MEASURABLE:
            yield f"no node had the fact{until}"
        elif self.state is MeasuredState.BROKEN:
            since = f" since {measured.since}" if measured.since else ""
            yield f"broken by {measured.broken} of {counted(measured.nodes, 'node')}{since}"
            yield from self._deviations()
            yield f"promised: {bounds(self.promise) if self.promise else ''}"
            yield f"measured{times}"
        else:
            is_promise = self.state is not MeasuredState.MEASURED
            word = "confirmed" if is_promise else "true"
            yield f"{word} on {measured.kept} of {counted(measured.nodes, 'node')}{times}"
        if measured.not_measured:
            total = measured.nodes + measured.not_measured
            yield f"not measurable on {measured.not_measured} of {counted(total, 'node')}"
        yield _old(*age(measured.day, self.today))

    @property
    def _until(self) -> str:
        if self.measured.last:
            return f" until {self.measured.last}"
        return f", recorded on {self.measured.recorded}"

    def _deviations(self) -> Iterator[str]:
        """Yield how far the nodes that broke it are from the promise."""
        measured, values = self.measured, self.measured.values
        if measured.less:
            yield f"less: {_number(values.minimum)}{self._unit}" if values else "less"
        if measured.more:
            yield f"more: {_number(values.maximum)}{self._unit}" if values else "more"
        if measured.different:
            yield f"another value on {measured.different} of {counted(measured.nodes, 'node')}"


def percent(kept: int, nodes: int) -> str:
    """Return the share of nodes that kept a promise; 100 % only if all of them did."""
    share = 100 * kept / nodes
    return f"{share:.0f} %" if share in (0, 100) else f"{min(max(share, 0.1), 99.9):.1f} %"


def _old(count: int, unit: str) -> str:
    """Return an age that is true on whatever day the page is read."""
    if count > 1:
        return f"{count} {unit} old when this page was built"
    if count:
        return "1 week old when this page was built"
    return "less than a week old when this page was built"


def _number(value: float) -> str:
    return f"{value:.15g}"
