"""Promises that were taken away without the notice that ``manual.yaml`` asks for.

What readers knew is what the older revision says, also of days to come.  A promise can end without
a breach on the day that it announced, or as many days from now as the notice has.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from groundrules.changes.change_report import NoticeBreach
from groundrules.changes.data_change import Subject
from groundrules.changes.data_state import DataState
from groundrules.changes.measure_bounds import implies, measure_words
from groundrules.changes.named_records import NamedRecord
from groundrules.changes.promise_fields import STANDING_WORDS
from groundrules.records.expectation import Expectation, ExpectationAnswer, Standing
from groundrules.records.fields import Record
from groundrules.records.manual import Notice, PromiseKind
from groundrules.records.platform import Label, Platform
from groundrules.text import counted, listed, verbatim

MOST_NAMED = 5  # labels in a sentence
NOT_ANNOUNCED = "had not announced that"

Node = tuple[str, str]
"""A label, or a platform without labels, and a provider of it or an empty text."""


class PromiseLoss(Struct, frozen=True, order=True):
    """What is lost of an expectation, from which day on, and the words for it."""

    kind: str
    day: datetime.date
    words: str


class NoticeBreaches(Struct, frozen=True):
    """The judgment of what changed between two revisions."""

    before: DataState
    after: DataState
    notice: Notice

    def __iter__(self) -> Iterator[NoticeBreach]:
        """Yield the breaches, those of labels first, of the kinds that count."""
        for breach in chain(self._labels(), self._expectations()):
            reference = f"{breach.subject.kind}:{breach.subject.name}"
            if breach.kind in self.notice.kinds and reference not in self.notice.waived:
                yield breach

    @property
    def _begin(self) -> datetime.date:
        return self.after.day

    def _has_notice(self, day: datetime.date, known: datetime.date | None) -> bool:
        """Return whether a day is late enough for what was known on another one."""
        return known is not None and (day - known).days >= self.notice.days

    def _labels(self) -> Iterator[NoticeBreach]:
        new = self.after.catalogue.labels
        for name, (platform, label) in self.before.catalogue.labels.items():
            dated, there = platform.dated(label), new.get(name)
            end = _end(there[0].dated(there[1])) if there else self._begin
            if end is None or self._is_damaged("platform", platform.id, platform, is_there=True):
                continue
            if self._is_damaged("label", name, label, is_there=there is not None):
                continue
            if not self._is_announced(dated, end):
                yield self._of_label(label, there[1] if there else None, end, dated)

    def _is_announced(self, label: Label, end: datetime.date) -> bool:
        """Return whether a label ends when it was announced, or with notice."""
        announced, known = _end(label), (self._begin, label.deprecated)
        is_as_announced = announced is not None and announced <= end
        return is_as_announced or any(self._has_notice(end, day) for day in known)

    def _of_label(
        self, old: Label, new: Label | None, end: datetime.date, dated: Label
    ) -> NoticeBreach:
        what, known = f"It ends on {end}" if new else "Its record is gone", NOT_ANNOUNCED
        if announced := _end(dated):
            known = f"had announced it for {announced}"
        elif dated.deprecated:
            known = f"said that it is deprecated from {dated.deprecated}"
        return self._breach(PromiseKind.LABEL, Subject("label", old.name), what, new or old, known)

    def _expectations(self) -> Iterator[NoticeBreach]:
        new = self.after.catalogue.expectations
        for name, old in self.before.catalogue.expectations.items():
            expectation = new.get(name)
            is_there = expectation is not None
            if not self._is_damaged("expectation", name, old, is_there=is_there):
                yield from self._of_expectation(old, expectation)

    def _is_damaged(self, kind: str, name: str, record: Record, *, is_there: bool) -> bool:
        """Return whether a record cannot be judged, because a revision has a mistake in it."""
        named, new = NamedRecord(kind, name, record), self.after.damage
        return self.before.damage.touches(named) or new.touches(named, is_there=is_there)

    def _of_expectation(self, old: Expectation, new: Expectation | None) -> Iterator[NoticeBreach]:
        lost: dict[PromiseLoss, list[str]] = {}
        nodes = list(self._nodes())
        for platform, label in nodes:
            for loss in self._losses(old, new, platform, label):
                lost.setdefault(loss, []).append(label.name if label else platform.id)
        subject = Subject("expectation", old.id, old.title)
        for loss, names in sorted(lost.items()):
            begin = f"From {loss.day} on, it" if loss.day > self._begin else "It"
            what = f"{begin} {loss.words}{_on(names, len(nodes))}"
            yield self._breach(PromiseKind(loss.kind), subject, what, new or old)

    def _nodes(self) -> Iterator[tuple[Platform, Label | None]]:
        """Yield the labels that both revisions have, and platforms without labels."""
        new = self.after.catalogue
        for platform in self.before.catalogue.platforms:
            for label in platform.labels:
                if label.name in new.labels:
                    yield platform, label
            if not platform.labels:
                yield platform, None

    def _losses(
        self, old: Expectation, new: Expectation | None, platform: Platform, label: Label | None
    ) -> Iterator[PromiseLoss]:
        """Yield the first day on which each kind of loss begins, for the nodes of a label."""
        seen = set[str]()
        for day in self._days(old, new):
            promised = _answers(old, day, platform, label)
            given = _answers(new, day, platform, label) if new else {}
            for provider in sorted({*promised, *given}):
                answer = given.get(provider, given.get(""))
                loss = _loss(promised.get(provider, promised.get("")), answer, new, day)
                if loss and loss.kind not in seen:
                    seen.add(loss.kind)
                    yield loss

    def _days(self, *expectations: Expectation | None) -> list[datetime.date]:
        """Return the days of the notice on which an answer can change, sorted."""
        end = self._begin + datetime.timedelta(days=self.notice.days)
        days = {self._begin}
        for expectation in filter(None, expectations):
            for exception in expectation.exceptions:
                days.update(filter(None, (exception.since, exception.until)))
                if exception.until and exception.until < datetime.date.max:
                    days.add(exception.until + datetime.timedelta(days=1))
            days.update(filter(None, (expectation.since, expectation.withdrawn)))
        return sorted(day for day in days if self._begin <= day < end)

    def _breach(
        self,
        kind: PromiseKind,
        subject: Subject,
        what: str,
        record: Label | Expectation,
        known: str = NOT_ANNOUNCED,
    ) -> NoticeBreach:
        asks = f"the manual asks for {counted(self.notice.days, 'day')} of notice"
        place = record.location()
        return NoticeBreach(
            kind=kind,
            subject=subject,
            sentence=f"{what}. {self.before.subject} {known}; {asks}.",
            place=f"{place.path}:{place.line}",
        )


def _end(label: Label) -> datetime.date | None:
    """Return the first day on which nobody gets a node of a label; None if none is known."""
    return min((day for day in (label.not_supplied, label.removed) if day), default=None)


def _answers(
    expectation: Expectation, day: datetime.date, platform: Platform, label: Label | None
) -> dict[str, ExpectationAnswer]:
    """Return the answer for all providers, under an empty text, and for those that differ."""
    if not expectation.is_said_on(day):
        return {}
    answer = expectation.on(day, platform, label)
    if answer is None:
        return {}
    elsewhere = {provider.full_name: other for provider, other in answer.elsewhere}
    return {"": answer, **elsewhere}


def _loss(
    promised: ExpectationAnswer | None,
    given: ExpectationAnswer | None,
    new: Expectation | None,
    day: datetime.date,
) -> PromiseLoss | None:
    """Return what is lost of a promise; None if it is still kept."""
    if promised is None or promised.standing is not Standing.GUARANTEED:
        return None
    if given is None:
        if new is None:
            return PromiseLoss(PromiseKind.WITHDRAWN, day, "has no record any more")
        if not new.is_said_on(day):
            return PromiseLoss(PromiseKind.WITHDRAWN, day, "is withdrawn")
        return PromiseLoss(PromiseKind.SCOPE, day, "does not apply any more")
    if given.standing is not Standing.GUARANTEED:
        words = f"is {STANDING_WORDS[given.standing]}; it was guaranteed"
        return PromiseLoss(PromiseKind.STANDING, day, words)
    if promised.measure is None or (given.measure and implies(given.measure, promised.measure)):
        return None
    now = measure_words(given.measure) if given.measure else "nothing that can be measured"
    words = f"promises {now} instead of {measure_words(promised.measure)}"
    return PromiseLoss(PromiseKind.BOUND, day, words)


def _on(names: list[str], total: int) -> str:
    """Return the labels that lose something, as the end of a sentence."""
    return "" if len(names) == total else f", on {listed(map(verbatim, names), most=MOST_NAMED)}"
