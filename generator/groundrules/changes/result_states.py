"""Recorded results of comparing graphs: what is verified no longer, and what is now."""

from __future__ import annotations

from operator import attrgetter

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import PartList, RecordPair, Reword, Said
from groundrules.changes.field_forms import OtherValue
from groundrules.claims.verdicts import VerdictState
from groundrules.text import verbatim

STATE_WORDS = {
    VerdictState.VERIFIED: "verified",
    VerdictState.DRIFTED: "different from the configuration (drifted)",
    VerdictState.PLANNED: "a plan",
    VerdictState.NOT_CHECKED: "not checked",
    VerdictState.KEPT_BY_HAND: "kept by hand",
}


def _result(before: VerdictState, after: VerdictState) -> Said:
    return *_weight(before, after), f"It was {STATE_WORDS[before]}; now it is {STATE_WORDS[after]}."


def _weight(before: VerdictState | None, after: VerdictState | None) -> tuple[ChangeKind, Effect]:
    if before is VerdictState.VERIFIED:
        return ChangeKind.VERIFICATION_LOST, Effect.WORSE
    if after is VerdictState.VERIFIED:
        return ChangeKind.VERIFICATION_GAINED, Effect.BETTER
    kind = ChangeKind.REMOVED if after is None else ChangeKind.ADDED
    return (ChangeKind.CHANGED if before and after else kind), Effect.DETAIL


RESULT = OtherValue(_result)
"""The form of the result of a comparison."""


def results(noun: str, key: str) -> PartList:
    """Return the form of the results of parts, each called ``noun`` and identified by ``key``."""
    key_of = attrgetter(key)

    def about(part: RecordPair) -> str:
        return f"{noun} {verbatim(key_of(part.only))}"

    def alone(part: RecordPair) -> Said:
        """Return that it is a detail: that the part was documented or removed is a change too."""
        before, after = (side.state if side else None for side in (part.before, part.after))
        words = f"is recorded as {after}" if after else "has no recorded result any more"
        was = f"; it was {before}" if before else ""
        return _weight(before, after)[0], Effect.DETAIL, f"{about(part)} {words}{was}."

    def reword(part: RecordPair) -> Reword:
        return lambda sentence: f"{about(part)}: {sentence[0].lower()}{sentence[1:]}"

    return PartList(key_of, alone, reword)
