"""`compare`: what changed between the records of two revisions, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.concerned_labels import ConcernedLabels
from groundrules.changes.damage import Damage
from groundrules.changes.data_change import MOST_NAMED, DataChange, Subject
from groundrules.changes.edge_fields import renamed_jobs
from groundrules.changes.field_difference import Days, FieldDifference, RecordPair, differences
from groundrules.changes.field_table import with_fields_of
from groundrules.changes.named_records import (
    MEASUREMENT,
    VERIFICATION,
    NamedRecord,
    named_records,
    whole_record,
)
from groundrules.changes.promise_fields import weigh_promise
from groundrules.changes.shown_values import ended, plain, shown
from groundrules.records import Catalogue
from groundrules.records.graph import Graph
from groundrules.text import listed, verbatim

ORDER = {effect: place for place, effect in enumerate(Effect)}
_INVERSE = {Effect.BETTER: Effect.WORSE}

Name = tuple[str, str]


class Revisions(Struct, frozen=True, dict=True):
    """The records of two revisions by kind and name, and the days of the revisions."""

    before: Mapping[Name, NamedRecord]
    after: Mapping[Name, NamedRecord]
    days: Days
    old_labels: ConcernedLabels
    new_labels: ConcernedLabels
    damage: tuple[Damage, Damage]

    @cached_property
    def moved(self) -> frozenset[str]:
        """The labels that are on another platform now."""
        return frozenset(
            name
            for (kind, name), after in self.after.items()
            if kind == "label" and (before := self.before.get((kind, name)))
            if _holder(before) != _holder(after)
        )

    def is_damaged(self, *records: NamedRecord | None) -> bool:
        """Return whether a record may be damaged or lost in one of the revisions."""
        return any(
            damage.touches(named, is_there=own is not None)
            for named in records
            if named
            for damage, own in zip(self.damage, records, strict=True)
        )

    def pairs(self) -> Iterator[tuple[NamedRecord | None, NamedRecord | None]]:
        """Yield each record in both revisions, None where a revision does not have it."""
        renamed = _renamed(self)
        for name, named in self.after.items():
            yield self.before.get(renamed.get(name, name)), named
        matched = self.after.keys() | set(renamed.values())
        yield from ((named, None) for name, named in self.before.items() if name not in matched)


def compare(
    before: Catalogue, after: Catalogue, damage: tuple[Damage, Damage] = (Damage(), Damage())
) -> list[DataChange]:
    """Return what changed, sorted by what it means and by record; nothing for equal records.

    The date of each catalogue is that of its revision: later dates are plans.  Records with
    ``damage`` in a revision are not compared.
    """
    days = Days(*(catalogue.today for catalogue in (before, after)))
    old = {(named.kind, named.name): named for named in named_records(before)}
    new = {(named.kind, named.name): named for named in named_records(after)}
    labels = ConcernedLabels(before), ConcernedLabels(after)
    revisions = Revisions(old, new, days, *labels, damage)
    return sorted(_changes(revisions), key=_order)


def _order(change: DataChange) -> tuple[Any, ...]:
    subject = change.subject
    return ORDER[change.effect], subject.kind, subject.name, change.place, change.field, change.kind


def _changes(revisions: Revisions) -> Iterator[DataChange]:
    for before, after in revisions.pairs():
        if revisions.is_damaged(before, after):
            continue
        compared = _compared(revisions, before, after) if before and after else None
        for difference in compared or _whole(revisions, before, after):
            yield _change(revisions, before, after, difference)


def _change(
    revisions: Revisions,
    before: NamedRecord | None,
    after: NamedRecord | None,
    difference: FieldDifference,
) -> DataChange:
    named = _only(before, after)
    old_labels = revisions.old_labels.of(before, difference)
    new_labels = revisions.new_labels.of(after, difference)
    if difference.field == "applies_to":  # nothing changed for what both revisions apply to
        labels = old_labels ^ new_labels
    else:
        labels = old_labels | new_labels
    return DataChange(
        kind=difference.kind,
        effect=difference.effect,
        subject=_subject(revisions, named),
        sentence=difference.sentence,
        field=difference.field,
        before=plain(difference.before),
        after=plain(difference.after),
        place=difference.place or named.record.location(),
        labels=labels,
        is_plain=difference.is_plain,
    )


def _only(before: NamedRecord | None, after: NamedRecord | None) -> NamedRecord:
    named = after or before
    assert named is not None  # noqa: S101 - one of both revisions has it
    return named


def _renamed(revisions: Revisions) -> dict[Name, Name]:
    """Return the old names of renamed jobs by their new ones."""
    renamed: dict[Name, Name] = {}
    for (kind, name), named in revisions.after.items():
        before = revisions.before.get((kind, name))
        if before and isinstance(named.record, Graph):
            for old, new in renamed_jobs(before.record, named.record).items():
                renamed["job", f"{name}/{new}"] = ("job", f"{name}/{old}")
    return renamed


def _whole(
    revisions: Revisions, before: NamedRecord | None, after: NamedRecord | None
) -> Iterator[FieldDifference]:
    """Yield a record that is new or gone; not the jobs of a graph that is."""
    named = _only(before, after)
    graph = ("graph", named.holder.id) if named.kind == "job" else None
    if graph and not (graph in revisions.before and graph in revisions.after):
        return
    whole = whole_record(named, revisions.days.after if after else revisions.days.before)
    effect = whole.weight if after else _INVERSE.get(whole.weight, whole.weight)
    sentence = ended(f"{whole.is_new if after else whole.is_gone}: {whole.words}")
    kind = _kind(named, is_new=after is not None)
    records = (before and before.record, after and after.record)
    yield FieldDifference(kind, effect, sentence, "", *records)


def _kind(named: NamedRecord, *, is_new: bool) -> ChangeKind:
    if named.kind == VERIFICATION and named.record.state == "verified":
        return ChangeKind.VERIFICATION_GAINED if is_new else ChangeKind.VERIFICATION_LOST
    return ChangeKind.ADDED if is_new else ChangeKind.REMOVED


def _subject(revisions: Revisions, named: NamedRecord) -> Subject:
    if named.kind == MEASUREMENT:
        return Subject("label", named.name)
    if named.kind != VERIFICATION:
        return Subject(named.kind, named.name, named.title)
    name = ("graph", named.name)
    graph = revisions.after.get(name) or revisions.before.get(name)
    return Subject("graph", named.name, graph.title if graph else "")


def _compared(
    revisions: Revisions, before: NamedRecord, after: NamedRecord
) -> Iterator[FieldDifference]:
    holders = ((before.holder, after.holder),) if after.kind == "job" else ()
    forms = with_fields_of(type(after.record))
    pair = RecordPair(before.record, after.record, revisions.days, forms, holders)
    yield from _names(before, after)
    if after.kind == "expectation" and revisions.moved:
        yield from _moved_labels(revisions, before, after, pair)
    yield from differences(pair)


def _moved_labels(
    revisions: Revisions, before: NamedRecord, after: NamedRecord, pair: RecordPair
) -> Iterator[FieldDifference]:
    """Yield the labels to which it does not apply any more, or does now, on another platform."""
    old, new = revisions.old_labels.of(before), revisions.new_labels.of(after)
    scopes = before.record.applies_to, after.record.applies_to
    for kind, effect, words, labels in (
        (ChangeKind.NARROWED, Effect.WORSE, "does not apply to {} any more", old - new),
        (ChangeKind.WIDENED, Effect.BETTER, "applies to {} now", new - old),
    ):
        if moved := sorted(labels & revisions.moved):
            named = words.format(listed(map(verbatim, moved), most=MOST_NAMED))
            sentence = f"It {named}, after a move to another platform."
            difference = FieldDifference(kind, effect, sentence, "applies_to", *scopes)
            yield replace(difference, effect=weigh_promise(difference, pair))


def _names(before: NamedRecord, after: NamedRecord) -> Iterator[FieldDifference]:
    """Yield another name, or another record that contains it."""
    if before.name != after.name:
        old, new = before.record.name, after.record.name
        sentence = f"It has another name: {shown(new)}; it was {shown(old)}."
        yield FieldDifference(ChangeKind.RENAMED, Effect.DIFFERENT, sentence, "name", old, new)
    old, new = _holder(before), _holder(after)
    if old != new:
        effect = Effect.DIFFERENT if after.kind == "label" else Effect.DETAIL
        sentence = f"It moved from {shown(old)} to {shown(new)}."
        yield FieldDifference(ChangeKind.MOVED, effect, sentence, "", old, new)


def _holder(named: NamedRecord) -> str:
    names = ("id", "topic", "configuration")
    return next((getattr(named.holder, name) for name in names if hasattr(named.holder, name)), "")
