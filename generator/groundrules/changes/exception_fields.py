"""The exceptions of an expectation: for what, since when, and what is true there."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    RecordPair,
    Reword,
    Said,
    changed_value,
    in_the,
    matched_twice,
    of_part,
)
from groundrules.changes.measure_bounds import implies, measure_words
from groundrules.changes.promise_fields import (
    STANDING_WORDS,
    is_as_wide,
    scope_words,
    weight_of_standing,
)
from groundrules.changes.shown_values import prose
from groundrules.records.expectation import Exemption, Expectation, Standing


class ExceptionDate(Struct, frozen=True):
    """The first or last day of an exception."""

    noun: str

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield a day that is another one, or that came between the revisions."""
        before, after = pair.values(name)
        if before != after:
            said = changed_value(f"The {self.noun}", before, after, Effect.DIFFERENT)
            yield FieldDifference(*said, name, before, after)
        elif before is not None and (is_plan := after > pair.days.after) != (
            before > pair.days.before
        ):
            kind, come = ChangeKind.DATE_CAME, "has come"
            if is_plan:
                kind, come = ChangeKind.DATE_AHEAD, "has not come yet"
            sentence = f"The {self.noun} {come}: {after}."
            yield FieldDifference(kind, Effect.DIFFERENT, sentence, name, before, after)


def exception_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield exceptions that were added, removed or changed, and another order of them."""
    before, after = pair.values(name)
    for key, old, new in _matched_exceptions(before, after):
        part, path = pair.inside(old, new), f"except[{key}]"
        inside = of_part(part, path, _exception, _in_exception)
        for difference in chain(_reach_difference(part, path), inside):
            yield replace(difference, scopes=tuple(filter(None, (old, new))))
    orders = [[scope_words(exception) for exception in side] for side in (before, after)]
    common = set.intersection(*map(set, orders))
    olds, news = ([key for key in order if key in common] for order in orders)
    if Counter(olds) == Counter(news) and olds != news:
        kind, scopes = ChangeKind.REORDERED, (*before, *after)
        sentence = "The exceptions are in another order; the first one that matches counts."
        yield FieldDifference(kind, Effect.DIFFERENT, sentence, "except", olds, news, scopes=scopes)


def _matched_exceptions(
    before: tuple[Exemption, ...], after: tuple[Exemption, ...]
) -> Iterator[tuple[str, Exemption | None, Exemption | None]]:
    """Yield the exceptions for the same, and those that say the same for more or for less."""
    for key, old, new in matched_twice(before, after, scope_words, _answer):
        if not (old and new) or _is_nested(old, new):
            yield key, old, new
        else:
            yield scope_words(old), old, None
            yield scope_words(new), None, new


def _is_nested(one: Exemption, other: Exemption) -> bool:
    is_nested = is_as_wide(one, other) or is_as_wide(other, one)
    return is_nested and one.is_unlimited == other.is_unlimited  # which is about nothing


def _answer(exception: Exemption) -> tuple[Standing | None, str]:
    measure = exception.measure
    return exception.standing, measure_words(measure) if measure else ""


def _reach_difference(part: RecordPair, path: str) -> Iterator[FieldDifference]:
    """Yield that an exception is for more or for less than before."""
    old, new = part.before, part.after
    if not (old and new) or (is_as_wide(old, new) and is_as_wide(new, old)):
        return
    is_wider, general = is_as_wide(new, old), part.holders[-1][1]
    way = compared_with_general(new, general) * (1 if is_wider else -1)
    effect = {-1: Effect.WORSE, 0: Effect.DIFFERENT, 1: Effect.BETTER}[way]
    effect = _dated(effect, new, part.days.after)
    kind = ChangeKind.WIDENED if is_wider else ChangeKind.NARROWED
    words = exception_words(new, general)
    sentence = f"The exception for {scope_words(old)} is now for {words}"
    yield FieldDifference(kind, effect, sentence, path, old, new, new.location())


def _in_exception(part: RecordPair) -> Reword:
    return in_the(f"exception for {scope_words(part.after)}")


def _exception(part: RecordPair) -> Said:
    exception: Exemption = part.only
    before, after = part.holders[-1]
    is_new = part.after is not None
    general, day = (after, part.days.after) if is_new else (before, part.days.before)
    way = compared_with_general(exception, general)
    effect = {-1: Effect.WORSE, 0: Effect.DIFFERENT, 1: Effect.BETTER}[way if is_new else -way]
    effect = _dated(effect, exception, day, is_new=is_new)
    said = exception_words(exception, general)
    if is_new:
        return ChangeKind.EXCEPTION_ADDED, effect, f"A new exception for {said}"
    return ChangeKind.EXCEPTION_REMOVED, effect, f"The exception was removed for {said}"


def _dated(
    effect: Effect, exception: Exemption, day: datetime.date, *, is_new: bool = True
) -> Effect:
    """Return what a change means, as the exception is over or only announced on a day."""
    if exception.until and exception.until < day:
        return Effect.DETAIL
    is_ahead = exception.since is not None and exception.since > day
    return Effect.ANNOUNCED if is_ahead and is_new and effect is Effect.WORSE else effect


def exception_words(exception: Exemption, general: Expectation) -> str:
    """Return what an exception is about and says, as the end of a sentence."""
    dates = (("from", exception.since), ("until", exception.until))
    period = "".join(f" {word} {date}" for word, date in dates if date)
    standing = STANDING_WORDS[exception.standing or general.standing]
    said = [standing if exception.standing else f"still {standing}"]
    if exception.measure:
        said.append(measure_words(exception.measure))
    statement = f" {prose(exception.statement)}" if exception.statement else ""
    return f"{scope_words(exception)}{period}: {', '.join(said)}.{statement}"


def compared_with_general(exception: Exemption, general: Expectation) -> int:
    """Return -1 if an exception promises less than the rule, 1 if more, 0 if that is not clear."""
    standing = exception.standing or general.standing
    effect = weight_of_standing(general.standing, standing)
    if standing is not general.standing:
        return {Effect.BETTER: 1, Effect.WORSE: -1}.get(effect, 0)
    if not (exception.measure and general.measure and general.standing is Standing.GUARANTEED):
        return 0
    more = implies(exception.measure, general.measure)
    less = implies(general.measure, exception.measure)
    return more - less
