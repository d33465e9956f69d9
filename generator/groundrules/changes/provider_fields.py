"""Providers: gained, lost, larger or smaller."""

from __future__ import annotations

from operator import attrgetter

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    PartList,
    RecordPair,
    Reword,
    Said,
    changed_value,
    in_the,
)
from groundrules.changes.field_forms import OtherValue
from groundrules.changes.shown_values import shown
from groundrules.records.platform import Provider, ProviderStatus
from groundrules.text import verbatim

_ACTIVE = ProviderStatus.ACTIVE


def _provider(part: RecordPair) -> Said:
    provider: Provider = part.only
    is_active, about = provider.status is _ACTIVE, f"provider {verbatim(provider.full_name)}"
    what = f"supplies {shown(list(provider.labels))}" if provider.labels else "supplies nodes"
    known = f"{what} as of {provider.as_of}" if is_active else f"is {provider.status}"
    if part.after is None:
        effect = Effect.WORSE if is_active else Effect.DETAIL
        return ChangeKind.PROVIDER_LOST, effect, f"The {about} was removed; it {known}."
    effect = Effect.BETTER if is_active else Effect.DETAIL
    return ChangeKind.PROVIDER_GAINED, effect, f"A new {about}: it {known}."


def _in_provider(part: RecordPair) -> Reword:
    return in_the(f"provider {verbatim(part.after.full_name)}")


PROVIDERS = PartList(attrgetter("full_name"), _provider, _in_provider, with_scope=True)
"""The form of providers, by name and region."""


def provider_status(before: ProviderStatus, after: ProviderStatus) -> Said:
    """Return that a provider supplies nodes now, or not any more."""
    kind, effect = ChangeKind.CHANGED, Effect.DETAIL
    if before is _ACTIVE:
        kind, effect = ChangeKind.PROVIDER_LOST, Effect.WORSE
    elif after is _ACTIVE:
        kind, effect = ChangeKind.PROVIDER_GAINED, Effect.BETTER
    return kind, effect, f"It is {after} now; it was {before}."


def capacity(noun: str) -> OtherValue:
    """Return the form of an amount of which less is worse; one that was not known is neither."""

    def say(before: int | None, after: int | None) -> Said:
        effect = Effect.DIFFERENT
        if before is not None and after is not None:
            effect = Effect.BETTER if after > before else Effect.WORSE
        return changed_value(f"The {noun}", before, after, effect)

    return OtherValue(say)
