"""The records of a catalogue by kind and name, and what is new or gone with one of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from groundrules.changes.change_kinds import Effect
from groundrules.changes.promise_fields import STANDING_WORDS
from groundrules.changes.shown_values import prose, shortened, shown
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, Standing
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.records.kinds import KINDS, MANUAL, RecordKind
from groundrules.records.measured import MeasuredLabel
from groundrules.records.platform import Label, Platform, Stage, has_come
from groundrules.records.session import Session
from groundrules.records.verified import VerifiedGraph
from groundrules.text import counted

VERIFICATION, MEASUREMENT = "verification", "measurement"
ENDED = (Stage.NOT_SUPPLIED, Stage.REMOVED)


class NamedRecord(Struct, frozen=True):
    """A record with its kind and name, and the record that contains it."""

    kind: str
    name: str
    record: Any
    holder: Any = None

    @property
    def title(self) -> str:
        """Its title; empty if its name is all that people call it."""
        return str(getattr(self.record, "title", ""))


def name_of(kind: RecordKind) -> str:
    """Return what the records of a kind are called; those of expectations are their topics."""
    return "topic" if kind.name == "expectation" else kind.name


def named_records(catalogue: Catalogue) -> Iterator[NamedRecord]:
    """Yield every record that has a name of its own, also within other records."""
    if catalogue.manual.title:
        yield NamedRecord(MANUAL, "", catalogue.manual)
    for kind in KINDS:
        for record in catalogue.of(kind):
            name = getattr(record, kind.key)
            yield NamedRecord(name_of(kind), name, record)
            yield from _inside(record)
    for verification in catalogue.verified:
        for graph in verification.graphs:
            yield NamedRecord(VERIFICATION, graph.graph, graph, verification)
    for label in catalogue.measured:
        yield NamedRecord(MEASUREMENT, label.label, label)


def _inside(record: Any) -> Iterator[NamedRecord]:
    if isinstance(record, Platform):
        yield from (NamedRecord("label", label.name, label, record) for label in record.labels)
    elif isinstance(record, Graph):
        for job in record.jobs:
            yield NamedRecord("job", f"{record.id}/{job.name}", job, record)
    else:
        for expectation in getattr(record, "expectations", ()):
            yield NamedRecord("expectation", expectation.id, expectation, record)


class WholeRecord(Struct, frozen=True):
    """What is known of a whole record that is new or gone: its words, and whether it counts.

    ``weight`` says what it means that the record is new; ``is_new`` and ``is_gone`` begin the
    sentences.
    """

    words: str
    weight: Effect
    is_new: str = "It is new"
    is_gone: str = "Its record is gone; it was"


_COMPARISON = (
    "The comparison with its configuration is recorded",
    "No comparison with its configuration is recorded any more; the last one was",
)


_MEASUREMENT = (
    "Measurements on its nodes are recorded",
    "No measurement on its nodes is recorded any more; there were",
)


def whole_record(named: NamedRecord, day: datetime.date) -> WholeRecord:
    """Return what a reader misses or gains with a record."""
    record = named.record
    match record:
        case Expectation():
            return _expectation(record, day)
        case Label() | Platform():
            return _platform(named, day)
        case Graph():
            edges = sum(len(record.waits_of(job)) for job in record.current)
            jobs = counted(len(record.current), "job")
            return WholeRecord(f"{jobs} with {counted(edges, 'dependency')}", Effect.DIFFERENT)
        case DocumentedJob():
            return _job(record, named.holder)
        case VerifiedGraph():
            weight = Effect.BETTER if record.state == "verified" else Effect.DETAIL
            return WholeRecord(f"{record.state} on {record.compared}", weight, *_COMPARISON)
        case MeasuredLabel():
            words = f"{counted(len(record.promises), 'promise')} compared with nodes"
            return WholeRecord(words, Effect.DETAIL, *_MEASUREMENT)
        case Session():
            return WholeRecord(f"a {record.kind} of {record.date}", Effect.DETAIL)
    return WholeRecord(shortened(getattr(record, "title", "")), Effect.DETAIL)


def _job(job: DocumentedJob, graph: Graph) -> WholeRecord:
    """Return a job; one that is gone is only history."""
    if job.gone:
        words = f"a job that the configuration no longer had on {job.gone}"
        return WholeRecord(words, Effect.DETAIL)
    waits = [wait.job for wait in graph.waits_of(job)]
    words = f"a job that waits for {shown(waits) if waits else 'no other'}"
    return WholeRecord(words, Effect.DIFFERENT)


def _expectation(record: Expectation, day: datetime.date) -> WholeRecord:
    words, effect = STANDING_WORDS[record.standing], Effect.DIFFERENT
    if has_come(record.withdrawn, day):
        words, effect = f"withdrawn on {record.withdrawn}", Effect.DETAIL
    elif record.standing is Standing.GUARANTEED:
        effect = Effect.BETTER
    return WholeRecord(f"{words}. {prose(record.statement)}", effect)


def _platform(named: NamedRecord, day: datetime.date) -> WholeRecord:
    record, platform = named.record, named.holder
    stage = (platform.dated(record) if platform else record).stage_on(day)
    words = prose(record.summary) if platform is None else _label(record, platform)
    effect = Effect.DETAIL if stage in ENDED else Effect.BETTER
    return WholeRecord(f"{words.rstrip('.')} ({stage})", effect)


def _label(label: Label, platform: Platform) -> str:
    words = f"{label.architecture}, operating system not known"
    if label.operating_system:
        words = f"{label.operating_system} on {label.architecture}"
    return f"{words}, of the platform {platform.title}"
