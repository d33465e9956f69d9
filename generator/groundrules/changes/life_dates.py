"""The dates of labels, platforms and expectations: announced, come, moved, or called off."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec import Struct

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, RecordPair, Said, changed_value
from groundrules.changes.field_forms import Weighed
from groundrules.changes.shown_values import shown
from groundrules.records.platform import Stage


class LifeDate(Struct, frozen=True):
    """A date on which something begins or ends.

    ``is_true`` and ``will_be`` are the phrases for a day that has come and for a plan, such as
    "It is deprecated since" and "It will be deprecated on".  ``is_end`` says that less can be
    relied on after the date; an end that is ``only_notice`` takes nothing away yet.
    """

    noun: str
    is_true: str
    will_be: str
    kinds: tuple[ChangeKind, ChangeKind] = (ChangeKind.SET, ChangeKind.UNSET)
    is_end: bool = False
    only_notice: bool = False

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield what happened to the date."""
        before, after = pair.values(name)
        if before is not None and after is not None:
            yield from self._moved(pair, name, before, after)
        elif after is not None:
            yield self._set(pair, name, after)
        elif before is not None:
            yield self._unset(pair, name, before)

    def _set(self, pair: RecordPair, name: str, date: datetime.date) -> FieldDifference:
        is_plan = date > pair.days.after
        kind = ChangeKind.ANNOUNCED if is_plan else self.kinds[0]
        sentence = f"{self.will_be if is_plan else self.is_true} {date}."
        return FieldDifference(kind, self._weight(is_plan=is_plan), sentence, name, after=date)

    def _unset(self, pair: RecordPair, name: str, date: datetime.date) -> FieldDifference:
        is_plan = date > pair.days.before
        kind = ChangeKind.CALLED_OFF if is_plan else self.kinds[1]
        sentence = f"{self.noun} was removed; it was {date}{' (a plan)' if is_plan else ''}."
        effect = Effect.BETTER if self.is_end else Effect.DETAIL
        if not self.is_end and is_plan:
            effect = Effect.WORSE
        return FieldDifference(kind, effect, sentence, name, before=date)

    def _moved(
        self, pair: RecordPair, name: str, before: datetime.date, after: datetime.date
    ) -> Iterator[FieldDifference]:
        was_plan, is_plan = before > pair.days.before, after > pair.days.after
        if before == after:
            if was_plan != is_plan:
                yield self._came(name, after, is_plan=is_plan)
        elif not was_plan and not is_plan:
            said = changed_value(self.noun, before, after, Effect.DETAIL)
            yield FieldDifference(*said, name, before, after)
        else:
            kind = ChangeKind.POSTPONED if after > before else ChangeKind.BROUGHT_FORWARD
            is_longer = (after > before) == self.is_end
            effect = Effect.BETTER if is_longer else Effect.WORSE
            way = "later" if after > before else "earlier"
            sentence = f"{self.noun} is {way}: {after}; it was {before}."
            yield FieldDifference(kind, effect, sentence, name, before, after)

    def _came(self, name: str, date: datetime.date, *, is_plan: bool) -> FieldDifference:
        kind = ChangeKind.DATE_AHEAD if is_plan else ChangeKind.DATE_CAME
        sentence = f"{self.will_be if is_plan else self.is_true} {date}, as it was announced."
        return FieldDifference(kind, self._weight(is_plan=is_plan), sentence, name, date, date)

    def _weight(self, *, is_plan: bool) -> Effect:
        if not self.is_end:
            return Effect.BETTER if is_plan else Effect.DETAIL
        return Effect.ANNOUNCED if is_plan or self.only_notice else Effect.WORSE


def replacement(before: str | None, after: str | None) -> Said:
    """Return that another label, or none, is named to use instead of one that goes."""
    kind, was = ChangeKind.CHANGED, f"; before, it was {shown(before)}" if before else ""
    if before is None or after is None:
        kind = ChangeKind.REPLACED if after else ChangeKind.NOT_REPLACED
    named = f"The label to use instead is {shown(after)} now"
    if not after:
        named = "No label is named to use instead any more"
    return kind, Effect.DIFFERENT, f"{named}{was}."


_DATES = {
    "since": LifeDate("The first day of use", "It can be used since", "It can be used from"),
    "deprecated": LifeDate(
        "The day of its deprecation",
        "It is deprecated since",
        "It will be deprecated on",
        (ChangeKind.DEPRECATED, ChangeKind.NOT_DEPRECATED),
        is_end=True,
        only_notice=True,
    ),
    "not_supplied": LifeDate(
        "The day from which nobody supplies it",
        "Nobody supplies it since",
        "Nobody will supply it from",
        (ChangeKind.ENDED, ChangeKind.REVIVED),
        is_end=True,
    ),
    "removed": LifeDate(
        "The day of its removal",
        "It was removed on",
        "It will be removed on",
        (ChangeKind.ENDED, ChangeKind.REVIVED),
        is_end=True,
    ),
}


def _weigh_life(difference: FieldDifference, pair: RecordPair) -> Effect:
    """Return what a date means: a detail where other dates took the record the other way."""
    before, after = pair.before.stage_on(pair.days.before), pair.after.stage_on(pair.days.after)
    way = _STAGES.index(after) - _STAGES.index(before)
    is_other_way = {Effect.BETTER: way < 0, Effect.WORSE: way > 0, Effect.ANNOUNCED: way > 0}
    return Effect.DETAIL if is_other_way.get(difference.effect) else difference.effect


_STAGES = (
    Stage.REMOVED,
    Stage.NOT_SUPPLIED,
    Stage.DEPRECATED,
    Stage.ANNOUNCED,
    Stage.UPCOMING,
    Stage.CURRENT,
)
LIFE_FIELDS = {name: Weighed(form, _weigh_life) for name, form in _DATES.items()}
"""The forms of the fields of a label or platform that are dates of its life."""

WITHDRAWAL = LifeDate(
    "The day of its withdrawal",
    "It was withdrawn on",
    "It will be withdrawn on",
    (ChangeKind.WITHDRAWN, ChangeKind.RESTORED),
    is_end=True,
)
"""The form of the day on which an expectation is withdrawn."""
