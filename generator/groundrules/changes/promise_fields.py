"""What an expectation promises: its standing, statement and scope."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    RecordPair,
)
from groundrules.changes.field_forms import Words
from groundrules.changes.shown_values import shown
from groundrules.records.expectation import Expectation, Scope, Standing
from groundrules.records.fields import fits
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
    is_wider, is_narrower = is_as_wide(after, before), is_as_wide(before, after)
    if is_wider and is_narrower:
        return
    kind, effect = ChangeKind.CHANGED, Effect.DIFFERENT
    if is_wider:
        kind, effect = ChangeKind.WIDENED, Effect.BETTER
    elif is_narrower:
        kind, effect = ChangeKind.NARROWED, Effect.WORSE
    sentence = f"It applies to {scope_words(after)} now; before, to {scope_words(before)}."
    yield FieldDifference(kind, effect, sentence, name, before, after)


def is_as_wide(wide: Scope, narrow: Scope) -> bool:
    """Return whether a scope or exception is about all that another one is about, by its names.

    The targets, the providers and the regions are compared; without any names, all are meant.
    """
    for kinds in (("platforms", "labels"), ("providers",), ("regions",)):
        pairs = [(getattr(wide, kind, ()), getattr(narrow, kind, ())) for kind in kinds]
        if any(patterns for patterns, _ in pairs):
            is_named = all(
                fits(name, patterns)
                for patterns, names in pairs
                for name in set(names).difference(patterns)
            )
            if not is_named or not any(names for _, names in pairs):
                return False
    return True


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
