"""Recorded results of comparing graphs: what is verified no longer, and what is now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, RecordPair, inner, matched
from groundrules.claims.verdicts import VerdictState
from groundrules.records.verified import RecordedResult
from groundrules.text import verbatim

STATE_WORDS = {
    VerdictState.VERIFIED: "verified",
    VerdictState.DRIFTED: "different from the configuration (drifted)",
    VerdictState.PLANNED: "a plan",
    VerdictState.NOT_CHECKED: "not checked",
    VerdictState.KEPT_BY_HAND: "kept by hand",
}


def result_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a result of a comparison that is another one."""
    before, after = pair.values(name)
    if before != after:
        kind, effect = _weight(before, after)
        sentence = f"It was {STATE_WORDS[before]}; now it is {STATE_WORDS[after]}."
        yield FieldDifference(kind, effect, sentence, name, before, after)


def _weight(before: VerdictState | None, after: VerdictState | None) -> tuple[ChangeKind, Effect]:
    if before is VerdictState.VERIFIED:
        return ChangeKind.VERIFICATION_LOST, Effect.WORSE
    if after is VerdictState.VERIFIED:
        return ChangeKind.VERIFICATION_GAINED, Effect.BETTER
    kind = ChangeKind.REMOVED if after is None else ChangeKind.ADDED
    return (ChangeKind.CHANGED if before and after else kind), Effect.DETAIL


class ResultsForm(Struct, frozen=True):
    """The results of parts, each called ``noun`` and identified by the field ``key``."""

    noun: str
    key: str

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield results that are there no longer, or are new or others."""
        parts = pair.values(name)
        for key, old, new in matched(*parts, lambda part: getattr(part, self.key)):
            path, about = f"{name}[{key}]", f"{self.noun} {verbatim(key)}"
            if old is not None and new is not None:
                yield from inner(pair.inside(old, new), path, partial(_after, about))
            else:
                yield _recorded_or_not(path, about, old, new)


def _after(about: str, sentence: str) -> str:
    return f"{about}: {sentence[0].lower()}{sentence[1:]}"


def _recorded_or_not(
    path: str, about: str, before: RecordedResult | None, after: RecordedResult | None
) -> FieldDifference:
    """Return a result that was recorded, or that is not recorded any more.

    It is a detail: the part itself, which was documented or removed, is another change.
    """
    kind, _ = _weight(before.state if before else None, after.state if after else None)
    words = f"is recorded as {after.state}" if after else "has no recorded result any more"
    was = f"; it was {before.state}" if before else ""
    return FieldDifference(kind, Effect.DETAIL, f"{about} {words}{was}.", path, before, after)
