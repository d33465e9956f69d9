"""Measurements of nodes from a provider that the platform of their label does not have."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic
from groundrules.nearest import did_you_mean
from groundrules.records import Catalogue, DataContent
from groundrules.records.measured import RecordedMeasure
from groundrules.records.platform import Platform
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield each unknown provider of a label once, where it is first named."""
    for label in catalogue.measured:
        platform, _label = catalogue.labels.get(label.label, (None, None))
        reported: set[tuple[str, str | None]] = set()
        for measured in label.promises if platform else ():
            named = (measured.provider or "", measured.region)
            if platform and measured.provider and named not in reported:
                reported.add(named)
                yield from _unknown(measured, platform)


def _unknown(measured: RecordedMeasure, platform: Platform) -> Iterator[Diagnostic]:
    name, region = measured.provider or "", measured.region or ""
    if platform.provider_called(name, region) is not None:
        return
    words = f"{name} {region}".rstrip()
    hint = did_you_mean(words, (provider.full_name for provider in platform.providers), "known")
    message = (
        f"platform {platform.id!r} has no provider {words!r}, from which measured nodes came{hint}"
    )
    yield Diagnostic(measured.location("provider"), message, rules.UNDOCUMENTED_PROVIDER)
