"""What an expectation promises: its standing, statement, scope, exceptions and withdrawal."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    PartList,
    RecordPair,
    Reword,
    Said,
    changed_value,
    in_the,
)
from groundrules.changes.field_forms import Words
from groundrules.changes.measure_bounds import implies, measure_words
from groundrules.changes.shown_values import shortened, shown
from groundrules.records.expectation import Exemption, Expectation, Scope, Standing
from groundrules.records.platform import has_come

# how much a job can count on it, least first
RANK = {
    Standing.NOT_GUARANTEED: 0,
    Standing.VARIES: 1,
    Standing.PRESENT: 2,
    Standing.GUARANTEED: 3,
}
STANDING_WORDS = {
    Standing.GUARANTEED: "guaranteed",
    Standing.VARIES: "different from node to node",
    Standing.PRESENT: "present, but not promised",
    Standing.NOT_GUARANTEED: "not guaranteed",
}
MOST_WORDS = 6  # in a sentence
# words that can turn a statement around
_DECISIVE = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:no|not|never|none|nobody|only|except|unless|without|may|might|can|"
    r"cannot|must|should|at least|at most|up to|or more|or less)\b",
    re.I,
)


def weigh_said(difference: FieldDifference, pair: RecordPair) -> Effect:
    """Return what a change means: a detail where the expectation is withdrawn in both revisions."""
    ends = ((expectation.withdrawn, day) for expectation, day in _expectations(pair))
    return Effect.DETAIL if all(has_come(end, day) for end, day in ends) else difference.effect


def weigh_promise(difference: FieldDifference, pair: RecordPair) -> Effect:
    """Return what a change means to jobs: neither better nor worse where nothing is guaranteed."""
    effect = weigh_said(difference, pair)
    if effect is Effect.DETAIL or _is_promised(pair):
        return effect
    return Effect.DIFFERENT


def _expectations(pair: RecordPair) -> tuple[tuple[Expectation, datetime.date], ...]:
    """Return the expectation in both revisions, each with the day of the revision."""
    before, after = pair.holders[0] if pair.holders else (pair.before, pair.after)
    return (before, pair.days.before), (after, pair.days.after)


def _is_promised(pair: RecordPair) -> bool:
    """Return whether it is guaranteed in both revisions, also by the exception of the pair."""
    own = (getattr(part, "standing", None) for part in (pair.before, pair.after))
    return all(
        (standing or expectation.standing) is Standing.GUARANTEED
        for standing, (expectation, _) in zip(own, _expectations(pair), strict=True)
    )


def weight_of_standing(before: Standing, after: Standing) -> Effect:
    """Return what another standing means: only a guarantee can be relied on."""
    if after is Standing.GUARANTEED:
        return Effect.BETTER
    return Effect.WORSE if before is Standing.GUARANTEED else Effect.DIFFERENT


def standing_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a standing that was lowered or raised; that of an exception can be the general one."""
    before, after = pair.values(name)
    if before == after:
        return
    old, new = before, after
    if pair.holders:
        general = pair.holders[-1]
        old, new = (
            each or holder.standing for each, holder in zip((old, new), general, strict=True)
        )
    way = RANK[new] - RANK[old]
    kind, effect = ChangeKind.CHANGED, Effect.DETAIL
    sentence = f"Its standing is written otherwise, and is still: {STANDING_WORDS[new]}."
    if way:
        kind = ChangeKind.STANDING_RAISED if way > 0 else ChangeKind.STANDING_LOWERED
        effect = weight_of_standing(old, new)
        sentence = f"It was {STANDING_WORDS[old]}; now it is {STANDING_WORDS[new]}."
    yield FieldDifference(kind, effect, sentence, name, before, after)


def statement_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a statement that was added, removed or reworded.

    Other words with other numbers, or another "not", can mean something else.
    """
    before, after = pair.values(name)
    for difference in Words("statement", Effect.DIFFERENT)(pair, name):
        if difference.kind is not ChangeKind.REWORDED:
            yield difference
            continue
        is_same = _same_promise(pair)
        same = "; its standing and measure did not change" if is_same else ""
        old, new = Counter(_decisive(before)), Counter(_decisive(after))
        if old == new:
            yield replace(difference, sentence=f"The statement has other words{same}.")
            continue
        counts = (("gone", old - new), ("new", new - old))
        parts = [f"{word}: {_few(count)}" for word, count in counts if count]
        sentence = f"The statement has other words ({'; '.join(parts)}){same}."
        yield replace(difference, sentence=sentence, effect=Effect.DIFFERENT)


def _same_promise(pair: RecordPair) -> bool:
    same = ("standing", "measure")
    return all(getattr(pair.before, name) == getattr(pair.after, name) for name in same)


def _decisive(text: str) -> list[str]:
    return [word.lower() for word in _DECISIVE.findall(text)]


def _few(words: Counter[str]) -> str:
    return shown(list(words.elements())[:MOST_WORDS])


def scope_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a scope that became narrower or wider; without names, it is everything."""
    before, after = pair.values(name)
    old, new = _targets(before), _targets(after)
    if old == new:
        return
    kind, effect = ChangeKind.CHANGED, Effect.DIFFERENT
    if not new or (old and old < new):
        kind, effect = ChangeKind.WIDENED, Effect.BETTER
    elif not old or new < old:
        kind, effect = ChangeKind.NARROWED, Effect.WORSE
    sentence = f"It applies to {scope_words(after)} now; before, to {scope_words(before)}."
    yield FieldDifference(kind, effect, sentence, name, before, after)


def _targets(scope: Scope) -> set[tuple[str, str]]:
    labels = {("label", label) for label in scope.labels}
    return labels | {("platform", platform) for platform in scope.platforms}


def scope_words(scope: Scope) -> str:
    """Return what a scope or exception is about.

    >>> scope_words(Scope(labels=("small", "large"))), scope_words(Scope())
    ("the labels 'small' and 'large'", 'everything')
    """
    kinds = ("platforms", "labels", "providers", "regions")
    parts = []
    for kind in kinds:
        if names := getattr(scope, kind, ()):
            noun = kind if len(names) > 1 else kind[:-1]
            parts.append(f"the {noun} {shown(list(names))}")
    return ", ".join(parts) or "everything"


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
    yield from PartList(scope_words, _exception, _in_exception, with_scope=True)(pair, name)
    orders = [[scope_words(exception) for exception in side] for side in (before, after)]
    common = set.intersection(*map(set, orders))
    old, new = ([key for key in order if key in common] for order in orders)
    if Counter(old) == Counter(new) and old != new:
        kind, scopes = ChangeKind.REORDERED, (*before, *after)
        sentence = "The exceptions are in another order; the first one that matches counts."
        yield FieldDifference(kind, Effect.DIFFERENT, sentence, "except", old, new, scopes=scopes)


def _in_exception(part: RecordPair) -> Reword:
    return in_the(f"exception for {scope_words(part.after)}")


def _exception(part: RecordPair) -> Said:
    exception: Exemption = part.only
    before, after = part.holders[-1]
    is_new = part.after is not None
    general, day = (after, part.days.after) if is_new else (before, part.days.before)
    way = compared_with_general(exception, general)
    effect = {-1: Effect.WORSE, 0: Effect.DIFFERENT, 1: Effect.BETTER}[way if is_new else -way]
    if exception.until and exception.until < day:
        effect = Effect.DETAIL
    elif exception.since and exception.since > day and is_new and way < 0:
        effect = Effect.ANNOUNCED
    said = exception_words(exception, general)
    if is_new:
        return ChangeKind.EXCEPTION_ADDED, effect, f"A new exception for {said}"
    return ChangeKind.EXCEPTION_REMOVED, effect, f"The exception was removed for {said}"


def exception_words(exception: Exemption, general: Expectation) -> str:
    """Return what an exception is about and says, as the end of a sentence."""
    dates = (("from", exception.since), ("until", exception.until))
    period = "".join(f" {word} {date}" for word, date in dates if date)
    standing = STANDING_WORDS[exception.standing or general.standing]
    said = [standing if exception.standing else f"still {standing}"]
    if exception.measure:
        said.append(measure_words(exception.measure))
    statement = f" {shortened(exception.statement)}" if exception.statement else ""
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
