"""Recorded measurements that contradict themselves or the manual.

An edit by hand can leave contradicting numbers, a merge of two records two measurements.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.nearest import did_you_mean
from groundrules.records import Catalogue, DataContent
from groundrules.records.measured import MeasuredLabel, RecordedMeasure, RecordedValues
from groundrules.records.platform import Platform
from groundrules.rules import records as rules

_ORDER = ("minimum", "p05", "median", "p95", "maximum")
_ROUNDED = 1e-6  # recorded values have six digits after the point
_AGAIN = "correct one of them, or record it again with 'groundrules verify --record'"


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield second measurements of a promise, unknown providers, and contradicting numbers."""
    for label in catalogue.measured:
        yield from _second(label)
        if owner := catalogue.labels.get(label.label):
            yield from _unknown_providers(label, owner[0])
        for measured in (each for each in label.promises if each.whole):
            yield from _counts(measured)
            yield from _history(measured)
            if measured.values is not None and measured.values.whole:
                yield from _order(measured.values)
                yield from _values(measured, measured.values)


def _second(label: MeasuredLabel) -> Iterator[Diagnostic]:
    """Yield every second measurement of an expectation on nodes of a label from one provider."""
    first: dict[tuple[str, str, str], Location] = {}
    for measured in label.promises:
        place = measured.location("expectation")
        if (other := first.setdefault(measured.key, place)) != place:
            name = " ".join(filter(None, measured.key[1:]))
            message = (
                f"two measurements of expectation {measured.expectation!r} on nodes"
                f"{f' from {name}' if name else ''}, this one and the one at {other}; remove one "
                "of them"
            )
            related = (Related(other, "the other one"),)
            yield Diagnostic(place, message, rules.DUPLICATE_ID, related)


def _unknown_providers(label: MeasuredLabel, platform: Platform) -> Iterator[Diagnostic]:
    """Yield each provider that the platform of a label does not have, where it is first named."""
    first = {(one.provider, one.region): one for one in reversed(label.promises)}
    known = [provider.full_name for provider in platform.providers]
    for (name, region), measured in first.items():
        if name and platform.provider_called(name, region or "") is None:
            words = f"{name} {region or ''}".rstrip()
            message = (
                f"platform {platform.id!r} has no provider {words!r}, from which measured nodes "
                f"came{did_you_mean(words, known, 'known')}"
            )
            yield Diagnostic(measured.location("provider"), message, rules.UNDOCUMENTED_PROVIDER)


def _counts(measured: RecordedMeasure) -> Iterator[Diagnostic]:
    if not measured.nodes and not measured.not_measured:
        message = (
            "this measurement counts no node; remove it, or record it again with "
            "'groundrules verify --record'"
        )
        yield Diagnostic(measured.location("expectation"), message, rules.CONTRADICTION)
    if measured.since and not measured.broken:
        message = f"'since' is {measured.since}, but no node is counted as broken; remove it"
        yield Diagnostic(measured.location("since"), message, rules.CONTRADICTION)


def _history(measured: RecordedMeasure) -> Iterator[Diagnostic]:
    for one, other in pairwise(measured.history):
        if other.month <= one.month:
            message = (
                f"{other.day} is not in a later month than {one.day}; keep one entry for each "
                "month, the oldest first"
            )
            yield Diagnostic(other.location("day"), message, rules.CONTRADICTION)


def _order(values: RecordedValues) -> Iterator[Diagnostic]:
    for one, other in pairwise(_ORDER):
        low, high = getattr(values, one), getattr(values, other)
        if low > high:
            message = f"{one!r} ({low:.15g}) is above {other!r} ({high:.15g}); {_AGAIN}"
            yield Diagnostic(values.location(one), message, rules.CONTRADICTION)


def _values(measured: RecordedMeasure, values: RecordedValues) -> Iterator[Diagnostic]:
    """Yield numbers that more nodes had than were compared, or that no node is counted for."""
    counted = measured.nodes + measured.not_measured
    if (total := sum(values.bins)) > counted:
        message = f"'bins' count {total} nodes, but only {counted} are counted here; {_AGAIN}"
        yield Diagnostic(values.location("bins"), message, rules.CONTRADICTION)
    low, high = measured.measure.at_least, measured.measure.at_most
    if low is not None and _contradicts(low - values.minimum, measured.less):
        yield _outside(values, "minimum", low, "less", measured.less)
    if high is not None and _contradicts(values.maximum - high, measured.more):
        yield _outside(values, "maximum", high, "more", measured.more)


def _contradicts(beyond: float, count: int) -> bool:
    """Return whether a value is beyond its bound and not counted, or counted and within it."""
    return beyond < -_ROUNDED if count else beyond > _ROUNDED


def _outside(values: RecordedValues, key: str, bound: float, word: str, count: int) -> Diagnostic:
    value = getattr(values, key)
    nodes = f"{count} nodes have" if count > 1 else f"{count or 'no'} node has"
    message = f"{key!r} is {value:.15g} and the bound {bound:.15g}, but {nodes} {word}; {_AGAIN}"
    return Diagnostic(values.location(key), message, rules.CONTRADICTION)
