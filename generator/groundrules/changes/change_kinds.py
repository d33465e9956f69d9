"""`ChangeKind`: the kinds of changes, each with its inverse, and `Effect`: what they mean."""

from __future__ import annotations

from enum import StrEnum


class Effect(StrEnum):
    """What a change means to somebody who relies on the promises, most urgent first."""

    WORSE = "worse"
    """Less is promised or supplied than before."""
    ANNOUNCED = "announced"
    """It still works, and an end of it is known now."""
    DIFFERENT = "different"
    """Something else is true; who relies on it decides whether that is worse."""
    BETTER = "better"
    """More is promised or supplied than before."""
    DETAIL = "detail"
    """Other words, sources and dates of looking."""


class ChangeKind(StrEnum):
    """What happened to a record, a part or a field of it."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    SET = "set"
    UNSET = "unset"
    CHANGED = "changed"
    REWORDED = "reworded"
    REORDERED = "reordered"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    STANDING_LOWERED = "standing-lowered"
    STANDING_RAISED = "standing-raised"
    LOOSENED = "bound-loosened"
    TIGHTENED = "bound-tightened"
    NARROWED = "scope-narrowed"
    WIDENED = "scope-widened"
    EXCEPTION_ADDED = "exception-added"
    EXCEPTION_REMOVED = "exception-removed"
    ANNOUNCED = "announced"
    CALLED_OFF = "called-off"
    DEPRECATED = "deprecated"
    NOT_DEPRECATED = "no-longer-deprecated"
    ENDED = "ended"
    REVIVED = "revived"
    POSTPONED = "postponed"
    BROUGHT_FORWARD = "brought-forward"
    DATE_CAME = "date-came"
    DATE_AHEAD = "date-ahead"
    REPLACED = "replaced"
    NOT_REPLACED = "no-longer-replaced"
    PROVIDER_GAINED = "provider-gained"
    PROVIDER_LOST = "provider-lost"
    EDGE_ADDED = "edge-added"
    EDGE_REMOVED = "edge-removed"
    EDGE_HARDENED = "edge-hardened"
    EDGE_SOFTENED = "edge-softened"
    EDGE_ENFORCED = "edge-enforced"
    EDGE_PLANNED = "edge-planned"
    RULE_ADDED = "rule-added"
    RULE_REMOVED = "rule-removed"
    VERIFICATION_LOST = "verification-lost"
    VERIFICATION_GAINED = "verification-gained"

    @property
    def inverse(self) -> ChangeKind:
        """The kind of the change in the other direction."""
        return _INVERSES.get(self, self)


_K = ChangeKind
_PAIRS = (
    (_K.ADDED, _K.REMOVED),
    (_K.SET, _K.UNSET),
    (_K.WITHDRAWN, _K.RESTORED),
    (_K.STANDING_LOWERED, _K.STANDING_RAISED),
    (_K.LOOSENED, _K.TIGHTENED),
    (_K.NARROWED, _K.WIDENED),
    (_K.EXCEPTION_ADDED, _K.EXCEPTION_REMOVED),
    (_K.ANNOUNCED, _K.CALLED_OFF),
    (_K.DEPRECATED, _K.NOT_DEPRECATED),
    (_K.ENDED, _K.REVIVED),
    (_K.POSTPONED, _K.BROUGHT_FORWARD),
    (_K.DATE_CAME, _K.DATE_AHEAD),
    (_K.REPLACED, _K.NOT_REPLACED),
    (_K.PROVIDER_GAINED, _K.PROVIDER_LOST),
    (_K.EDGE_ADDED, _K.EDGE_REMOVED),
    (_K.EDGE_HARDENED, _K.EDGE_SOFTENED),
    (_K.EDGE_ENFORCED, _K.EDGE_PLANNED),
    (_K.RULE_ADDED, _K.RULE_REMOVED),
    (_K.VERIFICATION_LOST, _K.VERIFICATION_GAINED),
)
_INVERSES = dict(_PAIRS) | {second: first for first, second in _PAIRS}
