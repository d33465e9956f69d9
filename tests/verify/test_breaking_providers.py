"""Which provider breaks a promise, since when, and on how many nodes."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace

from groundrules.diagnostics import Location
from groundrules.records.expectation import Standing
from groundrules.verify.breaking_providers import breaking_providers
from groundrules.verify.fact_trends import ProviderShare
from groundrules.verify.measured_promise import MeasuredPromise, NodeOutcome
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import Bound, NodePromise

SINCE = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)


def answer(
    label: str, provider: str, kept: int, less: int, first: datetime.date | None = None
) -> MeasuredPromise:
    kind, bound = NodeKind(label, provider, "R"), Bound("memory", at_least=1)
    place = Location("a.yaml", 1, 1)
    promise = NodePromise("memory", kind, bound, Standing.GUARANTEED, first, None, place)
    counts = {NodeOutcome.KEPT: kept, NodeOutcome.LESS: less, NodeOutcome.NOT_MEASURED: 7}
    return MeasuredPromise(promise, counts, None, None, SINCE if less else None, None)


def test_the_worst_provider_of_a_label_is_first():
    answers = [
        answer("b", "good", 10, 0),
        answer("b", "bad", 98, 2),
        answer("b", "worst", 1, 3),
        answer("a", "bad", 1, 1),
    ]
    shares = list(breaking_providers(answers))
    assert [(share.label, share.provider) for share in shares] == [
        ("a", "bad"),
        ("b", "worst"),
        ("b", "bad"),
    ]
    assert shares[1] == ProviderShare("memory", "b", "worst", "R", 4, 3, SINCE)
    assert shares[1].kept_share == 0.25


def test_a_provider_without_compared_nodes_breaks_nothing():
    assert list(breaking_providers([answer("a", "new", 0, 0)])) == []


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.GUARANTEED}))
def test_what_is_not_guaranteed_is_broken_by_nobody(standing: Standing):
    broken = answer("a", "bad", 1, 9)
    observed = replace(broken, promise=replace(broken.promise, standing=standing))
    assert list(breaking_providers([observed])) == []
    assert len(list(breaking_providers([broken]))) == 1


def test_only_the_latest_promise_with_nodes_counts():
    days = [None, datetime.date(2026, 1, 1), datetime.date(2026, 6, 1)]
    answers = [
        answer("a", "better", 0, 5, days[0]),
        answer("a", "better", 5, 0, days[1]),
        answer("a", "better", 0, 0, days[2]),
        answer("a", "worse", 5, 0, days[0]),
        answer("a", "worse", 4, 1, days[1]),
    ]
    assert [share.provider for share in breaking_providers(answers)] == ["worse"]
