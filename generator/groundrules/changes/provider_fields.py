"""Providers: gained, lost, larger or smaller."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    RecordPair,
    changed_value,
    in_the,
    inner,
    matched,
)
from groundrules.changes.shown_values import shown
from groundrules.records.platform import Provider, ProviderStatus
from groundrules.text import verbatim

_ACTIVE = ProviderStatus.ACTIVE


def provider_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield providers that were gained, lost or changed, by name and region."""
    for key, old, new in matched(*pair.values(name), lambda provider: provider.full_name):
        path, about = f"{name}[{key}]", f"provider {verbatim(key)}"
        if old is None or new is None:
            yield _provider(path, about, old, new)
        else:
            for difference in inner(pair.inside(old, new), path, in_the(about)):
                yield replace(difference, scopes=(old, new))


def _provider(
    path: str, about: str, before: Provider | None, after: Provider | None
) -> FieldDifference:
    provider = after or before
    assert provider is not None  # noqa: S101 - one of both revisions has it
    is_active = provider.status is _ACTIVE
    effect = (Effect.BETTER if after else Effect.WORSE) if is_active else Effect.DETAIL
    what = f"supplies {shown(list(provider.labels))}" if provider.labels else "supplies nodes"
    known = f"{what} as of {provider.as_of}" if is_active else f"is {provider.status}"
    kind, sentence = ChangeKind.PROVIDER_LOST, f"The {about} was removed; it {known}."
    if after:
        kind, sentence = ChangeKind.PROVIDER_GAINED, f"A new {about}: it {known}."
    place, scopes = provider.location(), (provider,)
    return FieldDifference(kind, effect, sentence, path, before, after, place, scopes)


def provider_status_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a provider that supplies nodes now, or not any more."""
    before, after = pair.values(name)
    if before is after:
        return
    kind, effect = ChangeKind.CHANGED, Effect.DETAIL
    if before is _ACTIVE:
        kind, effect = ChangeKind.PROVIDER_LOST, Effect.WORSE
    elif after is _ACTIVE:
        kind, effect = ChangeKind.PROVIDER_GAINED, Effect.BETTER
    sentence = f"It is {after} now; it was {before}."
    yield FieldDifference(kind, effect, sentence, name, before, after)


class CapacityForm(Struct, frozen=True):
    """An amount, called ``noun``, of which less is worse; one that was not known is neither."""

    noun: str

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield an amount that is another one."""
        before, after = pair.values(name)
        if before == after:
            return
        effect = Effect.DIFFERENT
        if before is not None and after is not None:
            effect = Effect.BETTER if after > before else Effect.WORSE
        yield changed_value(f"The {self.noun}", name, before, after, effect)
