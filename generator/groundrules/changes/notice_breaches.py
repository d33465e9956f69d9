"""Promises that were taken away without the notice that ``manual.yaml`` asks for.

What readers knew is what the older revision says, also of days to come.  A promise can end without
a breach on the day that it announced, or as many days from now as the notice has.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec import Struct

from groundrules.changes.change_report import NoticeBreach
from groundrules.changes.data_change import MOST_NAMED, Subject
from groundrules.changes.data_state import DataState
from groundrules.changes.measure_bounds import implies, measure_words
from groundrules.changes.named_records import NamedRecord
from groundrules.changes.promise_fields import STANDING_WORDS
from groundrules.checks.data.targets import Target
from groundrules.grouping import grouped
from groundrules.records.expectation import Expectation, ExpectationAnswer, Standing
from groundrules.records.manual import Notice, PromiseKind
from groundrules.records.platform import Label, Platform, Provider
from groundrules.text import counted, listed, verbatim

NOT_ANNOUNCED = "had not announced that"

_NOWHERE = Platform.model_construct(id="", title="", summary="")


class NodePair(Struct, frozen=True):
    """A label with its platform in both revisions, or a platform without labels."""

    before: Target
    after: Target

    @property
    def name(self) -> str:
        """The name of the label, or of the platform."""
        platform, label = self.before
        return label.name if label else platform.id

    @property
    def has_moved(self) -> bool:
        """Whether it is on another platform now."""
        return self.before[0].id != self.after[0].id

    @property
    def suppliers(self) -> list[Provider]:
        """The providers that supply it now."""
        platform, label = self.after
        return platform.suppliers(label)


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
            if end is None or self._is_damaged((platform, label), there):
                continue
            if not self._is_announced(dated, end):
                yield self._of_label(label, there[1] if there else None, end, dated)

    def _is_damaged(self, before: Target, after: Target | None) -> bool:
        """Return whether a mistake hides what is true of a label, or of its platform."""
        new = self.after.damage
        return any(
            self.before.damage.touches(old) or new.touches(old, is_there=after is not None)
            for old in _records(before)
        ) or any(new.touches(record) for record in _records(after or before))

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
        new, nodes = self.after.catalogue.expectations, list(self._nodes())
        moved = [node for node in nodes if node.has_moved]
        for name, old in self.before.catalogue.expectations.items():
            expectation, named = new.get(name), NamedRecord("expectation", name, old)
            is_there = expectation is not None
            is_damaged = self.before.damage.touches(named)
            if not is_damaged and not self.after.damage.touches(named, is_there=is_there):
                concerned = nodes if old != expectation else moved
                yield from self._of_expectation(old, expectation, concerned, len(nodes))

    def _of_expectation(
        self, old: Expectation, new: Expectation | None, nodes: list[NodePair], total: int
    ) -> Iterator[NoticeBreach]:
        lost = grouped(
            ((loss, providers), node.name)
            for node in nodes
            for loss, providers in self._losses(old, new, node)
        )
        subject = Subject("expectation", old.id, old.title)
        for (loss, providers), names in sorted(lost.items()):
            begin = f"From {loss.day} on, it" if loss.day > self._begin else "It"
            what = f"{begin} {loss.words}{_on(names, total, providers)}"
            yield self._breach(PromiseKind(loss.kind), subject, what, new or old)

    def _nodes(self) -> Iterator[NodePair]:
        """Yield the labels that both revisions have, and platforms without labels.

        Where no platform is known, promises are made for all nodes.
        """
        new = self.after.catalogue
        platforms = {platform.id: platform for platform in new.platforms}
        for platform in self.before.catalogue.platforms or (_NOWHERE,):
            old: list[Target] = [(platform, label) for label in platform.labels]
            for before in old or [(platform, None)]:
                after: Target | None = (platforms.get(platform.id, platform), None)
                if before[1]:
                    after = new.labels.get(before[1].name)
                if after and not self._is_damaged(before, after):
                    yield NodePair(before, after)

    def _losses(
        self, old: Expectation, new: Expectation | None, node: NodePair
    ) -> Iterator[tuple[PromiseLoss, tuple[str, ...]]]:
        """Yield the first day on which each kind of loss begins, for the nodes of a label.

        With each, yield the providers if it is only true of their nodes.
        """
        providers: dict[str, Provider | None] = {"": None}
        exceptions = (*old.exceptions, *(new.exceptions if new else ()))
        if any(exception.is_partial for exception in exceptions):
            providers |= {provider.full_name: provider for provider in node.suppliers}
        seen = set[tuple[str, str]]()
        for day in self._days(old, new):
            lost: dict[PromiseLoss, list[str]] = {}
            promised = _answers(old, day, node.before, providers)
            given = _answers(new, day, node.after, providers)
            for name in providers:
                loss = _loss(promised.get(name), given.get(name), new, day)
                if loss and seen.isdisjoint(((loss.kind, ""), (loss.kind, name))):
                    seen.add((loss.kind, name))
                    lost.setdefault(loss, []).append(name)
            for loss, names in lost.items():
                yield loss, () if "" in names else tuple(sorted(names))

    def _days(self, *expectations: Expectation | None) -> list[datetime.date]:
        """Return the days of the notice on which an answer can change, sorted."""
        end = self._begin + datetime.timedelta(days=self.notice.days)
        turns = (expectation.turns() for expectation in expectations if expectation)
        return sorted(day for day in {self._begin}.union(*turns) if self._begin <= day < end)

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


def _records(target: Target) -> Iterator[NamedRecord]:
    platform, label = target
    yield NamedRecord("platform", platform.id, platform)
    if label:
        yield NamedRecord("label", label.name, label)


def _answers(
    expectation: Expectation | None,
    day: datetime.date,
    target: Target,
    providers: Mapping[str, Provider | None],
) -> dict[str, ExpectationAnswer]:
    """Return the answers for the nodes of providers; none where it does not apply."""
    if not expectation or not expectation.is_said_on(day) or not expectation.on(day, *target):
        return {}
    return {
        name: expectation.answer_for(day, *target, provider) for name, provider in providers.items()
    }


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


def _on(names: list[str], total: int, providers: tuple[str, ...]) -> str:
    """Return the labels that lose something, as the end of a sentence."""
    labels = "" if len(names) == total else listed(map(verbatim, names), most=MOST_NAMED)
    source = ""
    if providers:
        noun = "provider" if len(providers) == 1 else "providers"
        source = f" from the {noun} {listed(map(verbatim, providers), most=MOST_NAMED)}"
    return f", on {labels or 'nodes'}{source}" if labels or source else ""
