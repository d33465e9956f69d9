"""Recorded results of comparing graphs: what is verified no longer, and what is now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, RecordPair, differences, matched
from groundrules.changes.shown_values import plain
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


class ResultForm(Struct, frozen=True):
    """What a comparison came to."""

    def compare(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield a result that is another one."""
        before, after = pair.values(name)
        if before != after:
            kind, effect = _weight(before, after)
            sentence = f"It was {STATE_WORDS[before]}; now it is {STATE_WORDS[after]}."
            yield FieldDifference(
                kind=kind, effect=effect, sentence=sentence,
                field=name, before=plain(before), after=plain(after),
            )  # fmt: skip


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

    def compare(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield results that are there no longer, or are new or others."""
        parts = pair.values(name)
        for key, old, new in matched(*parts, lambda part: getattr(part, self.key)):
            path, about = f"{name}[{key}]", f"{self.noun} {verbatim(key)}"
            if old is not None and new is not None:
                for difference in differences(pair.inside(old, new)):
                    sentence = f"{about}: {difference.sentence[0].lower()}{difference.sentence[1:]}"
                    yield replace(difference, sentence=sentence, field=f"{path}.{difference.field}")
            else:
                yield recorded_or_not(path, about, old, new)


def recorded_or_not(
    path: str, about: str, before: RecordedResult | None, after: RecordedResult | None
) -> FieldDifference:
    """Return a result that was recorded, or that is not recorded any more.

    It is a detail: the part itself, which was documented or removed, is another change.
    """
    kind, _ = _weight(before.state if before else None, after.state if after else None)
    words = f"is recorded as {after.state}" if after else "has no recorded result any more"
    was = f"; it was {before.state}" if before else ""
    return FieldDifference(
        kind=kind, effect=Effect.DETAIL, sentence=f"{about} {words}{was}.", field=path,
        before=plain(before), after=plain(after),
    )  # fmt: skip
