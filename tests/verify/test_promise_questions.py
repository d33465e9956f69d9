"""What nodes in many builds did with promises."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from groundrules.diagnostics import Location
from groundrules.records.expectation import Standing
from groundrules.verify import facts_engine
from groundrules.verify.facts_engine import EngineError, opened_facts
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.measured_promise import (
    BrokenNode,
    Distribution,
    MeasuredPromise,
    NodeOutcome,
)
from groundrules.verify.node_facts import FactValue, NodeFacts, NodeKind
from groundrules.verify.node_promises import Bound, NodePromise
from groundrules.verify.number_counts import number_counts
from groundrules.verify.promise_questions import measured
from groundrules.verify.verified_nodes import nodes_by_kind

RAX = NodeKind("small", "rax", "DFW")
OVH = NodeKind("small", "ovh", "GRA1")
NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
MEMORY = Bound("memory", at_least=7600, at_most=9000)
Case = tuple[FactValue, Bound, str]
"""A value, a bound, and how many nodes had which outcome."""


def node(
    number: int, kind: NodeKind = RAX, time: datetime.datetime | None = NOON, **facts: FactValue
) -> NodeFacts:
    return NodeFacts(f"{number}.yaml", f"node-{number}", kind, time, facts)


def promise(
    bound: Bound = MEMORY,
    kind: NodeKind = RAX,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> NodePromise:
    return NodePromise(
        bound.fact, kind, bound, Standing.GUARANTEED, first, last, Location("a.yaml", 1, 1)
    )


def asked(
    folder: Path, nodes: Iterable[NodeFacts], *promises: NodePromise
) -> list[MeasuredPromise]:
    store = FactsStore(folder)
    store.collect(nodes)
    with opened_facts(store.readable()) as facts:
        return list(measured(facts, promises))


def counts(answer: MeasuredPromise) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in answer.counts.items() if count)


def compared(folder: Path, *cases: Case) -> list[Case]:
    """Compare values with bounds, each as a fact of its own; return the cases as they came out."""
    facts: dict[str, FactValue] = {f"fact_{n}": value for n, (value, _, _) in enumerate(cases)}
    promises = [
        promise(replace(bound, fact=name)) for name, (_, bound, _) in zip(facts, cases, strict=True)
    ]
    answers = asked(folder, [node(1, **facts)], *promises)
    return [
        (value, bound, counts(answer))
        for (value, bound, _), answer in zip(cases, answers, strict=True)
    ]


def test_kinds_are_those_of_the_nodes(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([node(1), node(2), node(3, OVH), node(4, NodeKind())])
    with opened_facts(store.readable()) as facts:
        assert [*nodes_by_kind(facts)] == [NodeKind(), OVH, RAX]


def test_an_empty_store_has_answers(tmp_path: Path):
    (answer,) = asked(tmp_path, [], promise())
    assert answer == MeasuredPromise(
        promise(), dict.fromkeys(NodeOutcome, 0), None, None, None, None
    )
    assert answer.kept_share is None


def test_a_folder_may_be_named_like_a_pattern(tmp_path: Path):
    (answer,) = asked(tmp_path / "a[b]* 'c' \"d\"", [node(1, memory=8000)], promise())
    assert counts(answer) == "1 kept"


def test_nodes_are_counted_by_outcome(tmp_path: Path):
    values = [7599.9, 7600, 8000, 9000, 9000.1]
    nodes = [node(number, memory=value) for number, value in enumerate(values)]
    (answer,) = asked(tmp_path, [*nodes, node(7), node(8, memory="8 GB")], promise())
    assert counts(answer) == "3 kept, 1 less, 1 more, 2 not-measured"
    assert (answer.nodes, answer.kept_share) == (5, 0.6)


def test_nodes_of_another_kind_are_not_concerned(tmp_path: Path):
    nodes = [node(1, memory=8000), node(2, OVH, memory=1)]
    answers = asked(tmp_path, nodes, promise(), promise(kind=OVH), promise(kind=NodeKind("big")))
    assert [counts(answer) for answer in answers] == ["1 kept", "1 less", ""]


def test_a_promise_is_compared_with_nodes_of_its_days(tmp_path: Path):
    nodes = [node(days, time=NOON - DAY * days, memory=8000) for days in range(4)]
    day = NOON.date()
    answers = asked(
        tmp_path,
        nodes,
        promise(first=day - DAY, last=day),
        promise(last=day - 3 * DAY),
        promise(first=day + DAY),
        promise(first=day - 2 * DAY),
    )
    assert [counts(answer) for answer in answers] == ["2 kept", "1 kept", "", "3 kept"]


def test_a_node_whose_day_is_not_known_is_compared_with_what_always_holds(tmp_path: Path):
    nodes = [node(1, time=None, memory=8000)]
    answers = asked(tmp_path, nodes, promise(), promise(first=NOON.date()))
    assert [counts(answer) for answer in answers] == ["1 kept", "1 not-measured"]


def test_listed_values_are_compared_by_type(tmp_path: Path):
    bound = Bound("fact", values=("x86_64", 4, True))
    cases = [
        ("x86_64", bound, "1 kept"),
        ("aarch64", bound, "1 different"),
        (4, bound, "1 kept"),
        (4.0, bound, "1 kept"),
        (2, bound, "1 different"),
        (True, bound, "1 kept"),
        (False, bound, "1 different"),
        ("true", bound, "1 different"),
        ("4", bound, "1 different"),
    ]
    assert compared(tmp_path, *cases) == cases


def test_values_of_types_that_are_not_listed_cannot_be_compared(tmp_path: Path):
    only_text, only_truth = Bound("fact", values=("4", "")), Bound("fact", values=(True,))
    cases = [
        (4.5, only_text, "1 not-measured"),
        (True, only_text, "1 not-measured"),
        (1, only_truth, "1 not-measured"),
        ("true", only_truth, "1 not-measured"),
    ]
    assert compared(tmp_path, *cases) == cases


NUMBERS, LISTED_NUMBERS = Bound("fact", at_least=5), Bound("fact", values=(7, 8))
TEXTS, BOTH = Bound("fact", values=("7", "8")), Bound("fact", values=(7, "x"))


def test_a_value_counts_as_one_of_another_type_if_only_that_is_asked(tmp_path: Path):
    not_numbers = ("", "007", "7 MB", "7,964", "1e3", "7.", ".5", "+7", "0x1F", "7\n", "٧")
    cases = [
        ("7", NUMBERS, "1 kept"),
        ("4.5", NUMBERS, "1 less"),
        ("-7", NUMBERS, "1 less"),
        ("7", LISTED_NUMBERS, "1 kept"),
        ("9", LISTED_NUMBERS, "1 different"),
        (7, TEXTS, "1 kept"),
        (9, TEXTS, "1 different"),
        (7, BOTH, "1 kept"),
        ("7", BOTH, "1 different"),
        *((text, NUMBERS, "1 not-measured") for text in not_numbers),
        *((number, TEXTS, "1 not-measured") for number in (7.5, 2.0**53, 1e300)),
    ]
    assert compared(tmp_path, *cases) == cases


def test_one_fact_can_be_a_number_for_a_promise_and_a_text_for_another(tmp_path: Path):
    nodes = [node(1, fact="7"), node(2, fact=7)]
    answers = asked(tmp_path, nodes, promise(NUMBERS), promise(TEXTS))
    assert [counts(answer) for answer in answers] == ["2 kept", "2 kept"]


def test_a_text_that_counts_as_a_number_is_shown_as_one(tmp_path: Path):
    (answer,) = asked(tmp_path, [node(1, memory="4096")], promise())
    assert answer.distribution == Distribution(4096, 4096, 4096, 4096, 4096, ((4096, 1),))
    assert [broken.value for broken in answer.broken] == [4096]


def test_texts_are_numbers_of_a_trend_if_a_promise_asks_for_numbers(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([node(1, memory="4096", swap="1", kernel="6")])
    promises = [promise(), promise(Bound("kernel", values=("6",)))]
    with opened_facts(store.readable()) as facts:
        counts = number_counts(facts, promises).select("fact", "number", "nodes")
        assert counts.to_pyarrow().to_pylist() == [{"fact": "memory", "number": 4096.0, "nodes": 1}]


def test_what_is_false_for_python_is_a_value_and_a_bound(tmp_path: Path):
    """A truth is not within a range."""
    cases = [
        ("", Bound("fact", values=("",)), "1 kept"),
        (True, Bound("fact", at_least=1), "1 not-measured"),
        (1, Bound("fact", at_most=0), "1 more"),
        (-1, Bound("fact", at_least=0), "1 less"),
    ]
    assert compared(tmp_path, *cases) == cases


def test_the_times_are_those_of_compared_nodes(tmp_path: Path):
    nodes = [node(days, time=NOON - DAY * days, memory=8000) for days in range(3)]
    (answer,) = asked(tmp_path, [*nodes, node(9, time=NOON + DAY)], promise())
    assert (answer.first, answer.last, answer.since) == (NOON - 2 * DAY, NOON, None)


def since(folder: Path, *labels: tuple[tuple[int, ...], ...]) -> list[datetime.timedelta | None]:
    """Return how long after the first day the promise to each label is broken.

    A label has days, and these are values of its nodes.
    """
    kinds = [NodeKind(str(number)) for number in range(len(labels))]
    nodes = [
        node(
            1000 * number + 100 * day + hour,
            kind,
            NOON + DAY * day + datetime.timedelta(hours=hour),
            memory=value,
        )
        for number, (kind, days) in enumerate(zip(kinds, labels, strict=True))
        for day, values in enumerate(days)
        for hour, value in enumerate(values)
    ]
    answers = asked(folder, nodes, *(promise(kind=kind) for kind in kinds))
    return [answer.since and answer.since - NOON for answer in answers]


def test_broken_since_the_first_time_after_a_day_on_which_all_kept_it(tmp_path: Path):
    assert since(
        tmp_path,
        ((1,), (8000,), (8000, 1), (1, 8000)),
        ((8000, 1), (1,)),
        ((1,), (8000, 8000)),
        ((8000,), (), (9001,)),
    ) == [DAY * 2 + DAY / 24, DAY / 24, None, DAY * 2]


def test_broken_since_is_not_known_without_times(tmp_path: Path):
    (answer,) = asked(tmp_path, [node(1, time=None, memory=1)], promise())
    assert (counts(answer), answer.since) == ("1 less", None)


def test_quantiles_are_values_that_nodes_had(tmp_path: Path):
    nodes = [node(number, memory=number) for number in range(1, 101)]
    (answer,) = asked(tmp_path, nodes, promise())
    assert answer.distribution
    bins = answer.distribution.bins
    assert answer.distribution == Distribution(1, 5, 50, 95, 100, bins)
    assert bins[0] == (1, 9)
    assert [count for _, count in bins] == [9, 8, 8, 8, 9, 8, 8, 8, 9, 8, 8, 9]


def test_equal_numbers_have_one_bin(tmp_path: Path):
    (answer,) = asked(tmp_path, [node(1, memory=5), node(2, memory=5)], promise())
    assert answer.distribution == Distribution(5, 5, 5, 5, 5, ((5, 2),))


def test_texts_have_no_distribution(tmp_path: Path):
    bound = Bound("arch", values=("x86_64",))
    (answer,) = asked(tmp_path, [node(1, arch="x86_64")], promise(bound))
    assert answer.distribution is None


def test_the_latest_nodes_that_broke_a_promise_are_listed(tmp_path: Path):
    nodes = [node(days, time=NOON - DAY * days, memory=1) for days in range(6)]
    (answer,) = asked(tmp_path, [*nodes, node(9, time=None, memory=2)], promise())
    assert answer.broken[0] == BrokenNode("0.yaml", "node-0", NOON, NodeOutcome.LESS, 1)
    assert [broken.node for broken in answer.broken] == [f"node-{number}" for number in range(5)]


def test_the_latest_nodes_of_every_outcome_are_listed(tmp_path: Path):
    """Many nodes with less do not hide the one with more, which is a finding of its own."""
    less = [node(number, time=NOON - DAY * number, memory=1) for number in range(9)]
    more = node(9, time=NOON - DAY * 9, memory=16000)
    (answer,) = asked(tmp_path, [*less, more], promise())
    assert counts(answer) == "9 less, 1 more"
    listed = [(broken.node, broken.outcome.value) for broken in answer.broken]
    assert listed == [*((f"node-{number}", "less") for number in range(5)), ("node-9", "more")]


def test_an_engine_that_cannot_go_on_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(facts_engine, "MEMORY", "100KB")
    with pytest.raises(EngineError, match="Out of Memory Error: "):
        asked(tmp_path, (node(number, memory=number) for number in range(5_000)), promise())
