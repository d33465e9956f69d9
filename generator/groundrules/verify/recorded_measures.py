"""``verify --record``: how promises were kept, written to ``measured/`` in the data folder.

A file has the last comparison of each promise to the nodes of a label; one that was not made this
time stays as it is, unless the data has lost what it is about (`gone_measures`).  The same
answers give the same bytes, on whatever day they are recorded.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from groundrules.atomic import write_text
from groundrules.confined import Confined, EntryKind, LinkError, NotPlainError
from groundrules.records.expectation import Standing
from groundrules.records.fields import LARGEST, Name
from groundrules.records.kinds import MEASURED, stem_of
from groundrules.records.measured import (
    MOST_BINS,
    MeasuredLabel,
    RecordedMeasure,
    RecordedMonth,
)
from groundrules.verify.measured_promise import Distribution, MeasuredPromise, NodeOutcome
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import Bound, NodePromise
from groundrules.verify.value_counts import QUANTILES
from groundrules.yamlsource import Limits, Problem, read, yaml_text

HEAD = '# Written by "groundrules verify --record".\n'
MOST_MONTHS = 60
Key = tuple[str, str, str]
_NAME = TypeAdapter(Name)


class UnwritableRecordError(Exception):
    """A file of measurements cannot be read or written; the message says which, and why."""


def record(
    folder: Path, measured: Iterable[MeasuredPromise], today: datetime.date
) -> tuple[str, ...]:
    """Write the measurements of promises that are made today to the data folder.

    Return the written files, relative to the folder; those without a change are not among them.
    All texts are made before the first is written.  Those of `unnamed_kinds` are left out.
    Raises `UnwritableRecordError`.
    """
    by_label = sorted(filter(_is_named, _made_today(measured, today)), key=_label)
    texts = {}
    check_folder(folder)
    for label, group in groupby(by_label, key=_label):
        path = path_of(label)
        texts[path] = text_of(label, _merged(_known(folder, path), group, today))
    return tuple(path for path, text in texts.items() if write(folder, path, text))


def unnamed_kinds(measured: Iterable[MeasuredPromise], today: datetime.date) -> list[NodeKind]:
    """Return the nodes about which no record can be: their provider or region is not a name.

    Such texts come from inventories, where everything can be written.
    """
    made = _made_today(measured, today)
    return sorted({one.promise.kind for one in made if not _is_named(one)})


def _is_named(measured: MeasuredPromise) -> bool:
    kind = measured.promise.kind
    try:
        for name in filter(None, (kind.provider, kind.region)):
            _NAME.validate_python(name)
    except ValidationError:
        return False
    return True


def _made_today(
    measured: Iterable[MeasuredPromise], today: datetime.date
) -> Iterator[MeasuredPromise]:
    """Yield what was compared with a promise of today; one of another time is history."""
    for comparison in measured:
        first, last = comparison.promise.first, comparison.promise.last
        is_made = (first is None or first <= today) and (last is None or today <= last)
        if is_made and any(comparison.counts.values()):
            yield comparison


def _label(measured: MeasuredPromise) -> str:
    return measured.promise.kind.label


def path_of(label: str) -> str:
    """Return the path of a label's file, relative to the data folder."""
    return f"{MEASURED}/{stem_of(label)}.yaml"


def check_folder(folder: Path) -> None:
    """Raise `UnwritableRecordError` if a link or file takes the place of the folder."""
    if Confined(folder).kind(MEASURED) not in (None, EntryKind.FOLDER):
        raise UnwritableRecordError(f"{MEASURED} is not a folder; remove it")


def _known(folder: Path, path: str) -> dict[Key, RecordedMeasure]:
    """Return the measurements in a file; none if it does not exist."""
    confined = Confined(folder)
    if confined.kind(path) is None:
        return {}
    try:
        value = read(confined.read(path, Limits().size), Limits()).value
        known = MeasuredLabel.model_validate(value)
    except (Problem, ValidationError, NotPlainError, LinkError):
        reason = "'groundrules check' shows the mistakes in it; correct them, or remove the file"
        raise UnwritableRecordError(f"{path} cannot be read; {reason}") from None
    except OSError as error:
        raise UnwritableRecordError(f"{path} cannot be read: {error.strerror}") from None
    return {measured.key: measured for measured in known.promises}


def _merged(
    known: Mapping[Key, RecordedMeasure], measured: Iterable[MeasuredPromise], today: datetime.date
) -> list[RecordedMeasure]:
    """Return the known measurements with the new ones, sorted by what they are about."""
    new = [_recorded(comparison, known, today) for comparison in measured]
    merged = {**known, **{promise.key: promise for promise in new}}
    return [merged[key] for key in sorted(merged)]


def _recorded(
    measured: MeasuredPromise, known: Mapping[Key, RecordedMeasure], today: datetime.date
) -> RecordedMeasure:
    """Return a measurement, or the known one if it says the same."""
    new = RecordedMeasure.model_validate(_plain(measured, today))
    old = known.get(new.key)
    if old is None or not old.is_of(new.standing, new.measure):
        return new.model_copy(update={"history": _months((), new)})
    if _answer(old) == _answer(new):
        return old
    return new.model_copy(update={"history": _months(old.history, new)})


def _answer(measured: RecordedMeasure) -> dict[str, Any]:
    """Return what came of a comparison, without when it was recorded."""
    return measured.model_dump(exclude={"recorded", "history"})


def _months(history: Iterable[RecordedMonth], new: RecordedMeasure) -> tuple[RecordedMonth, ...]:
    """Return the history with a new comparison, which replaces an earlier one of its month."""
    if not new.nodes:
        return tuple(history)
    month = RecordedMonth(day=new.day, kept=new.kept, broken=new.broken)
    months = {recorded.month: recorded for recorded in (*history, month)}
    return tuple(sorted(months.values(), key=attrgetter("day")))[-MOST_MONTHS:]


def _plain(measured: MeasuredPromise, today: datetime.date) -> dict[str, Any]:
    """Return a measurement as the values of a `RecordedMeasure`."""
    promise: NodePromise = measured.promise
    counts = {name.value.replace("-", "_"): measured.counts.get(name) for name in NodeOutcome}
    said = {
        "expectation": promise.expectation,
        "provider": promise.kind.provider,
        "region": promise.kind.region,
        "standing": promise.standing.value,
        "measure": _measure(promise.bound),
        "recorded": today,
        "first": _day(measured.first),
        "last": _day(measured.last),
        "since": _day(measured.since) if promise.standing is Standing.GUARANTEED else None,
        **counts,
        "values": measured.distribution and _values(measured.distribution),
    }
    return {key: value for key, value in said.items() if value}


def _day(time: datetime.datetime | None) -> datetime.date | None:
    return time.date() if time else None


def _measure(bound: Bound) -> dict[str, Any]:
    is_one = len(bound.values) == 1
    measure = {
        "fact": bound.fact,
        "at_least": bound.at_least,
        "at_most": bound.at_most,
        "equals": bound.values[0] if is_one else None,
        "one_of": None if is_one else bound.values or None,
        "unit": bound.unit or None,
    }
    return {key: value for key, value in measure.items() if value is not None}


def _values(values: Distribution) -> dict[str, Any] | None:
    """Return the values; `None` if a number of a node is larger than the data can have."""
    if not -LARGEST < values.minimum <= values.maximum < LARGEST:
        return None
    bins = [count for _, count in values.bins] if len(values.bins) <= MOST_BINS else []
    said = {name: _number(getattr(values, name)) for name in QUANTILES}
    return {**said, "bins": bins} if bins else said


def _number(value: float) -> float:
    """Return a number with at most six digits after the point."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def text_of(label: str, measured: Iterable[RecordedMeasure]) -> str:
    """Return the text of a label's file.  Raises `UnwritableRecordError` if it is too large."""
    promises = [promise.model_dump(exclude_defaults=True) for promise in measured]
    text = HEAD + yaml_text({"label": label, "promises": promises})
    if len(text.encode()) > Limits().size:
        raise UnwritableRecordError(f"the measurements of {label!r} are too large to be read again")
    return text


def write(folder: Path, path: str, text: str) -> bool:
    """Write a file; return whether it changed.  Raises `UnwritableRecordError`."""
    try:
        return write_text(folder / path, text)
    except OSError as error:
        raise UnwritableRecordError(f"{path} cannot be written: {error.strerror}") from None
