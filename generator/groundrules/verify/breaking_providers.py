"""`ProviderShare`: which providers break a guarantee, since when, and on how many nodes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby

from groundrules.verify.fact_trends import ProviderShare
from groundrules.verify.measured_promise import MeasuredPromise


def breaking_providers(answers: Iterable[MeasuredPromise]) -> Iterator[ProviderShare]:
    """Yield the providers that break a guarantee, those with the largest share of nodes first.

    They are sorted by expectation and label before.  A provider is asked about its latest period
    with nodes: what it broke under an earlier promise is not a breach of today's.  What is not
    guaranteed cannot be broken.
    """
    ordered = sorted(answers, key=_group)
    for _, of_label in groupby(ordered, key=lambda answer: _group(answer)[:2]):
        shares = (_share(list(same)) for _, same in groupby(of_label, key=_group))
        breaking = [share for share in shares if share]
        yield from sorted(breaking, key=lambda share: (share.kept_share, share.provider))


def _group(answer: MeasuredPromise) -> tuple[str, str, str, str]:
    kind = answer.promise.kind
    return answer.promise.expectation, kind.label, kind.provider, kind.region


def _share(periods: list[MeasuredPromise]) -> ProviderShare | None:
    compared = [answer for answer in periods if answer.nodes]
    if not compared:
        return None
    latest = max(compared, key=lambda answer: answer.promise.first or datetime.date.min)
    if not latest.is_broken:
        return None
    broken = latest.nodes - latest.kept
    return ProviderShare(*_group(latest), latest.nodes, broken, latest.since)
