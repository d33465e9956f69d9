"""What the manual promises to nodes of a kind, from when to when."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.records.loading import load
from groundrules.verify.kernel_reserve import reserve_note
from groundrules.verify.node_facts import FactValue, NodeKind
from groundrules.verify.node_promises import NodePromise, UncertainPromise, promises_of

MANUAL = "{title: M, publisher: Us, summary: Rules., updated: 2026-01-01}\n"
PLATFORM = """\
id: vm
title: VM
summary: A machine.
labels:
  - {name: small, operating_system: Debian 13}
  - {name: big, operating_system: Debian 13}
providers:
  - {name: rax, region: DFW, status: active, as_of: 2026-01-01}
  - {name: ovh-gra1, status: active, as_of: 2026-01-01}
"""
TOPIC = """\
topic: memory
title: Memory
expectations:
  - id: memory
    title: Memory
    standing: guaranteed
    statement: There is memory.
    measure: {fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}
"""
ALL_DAYS = "memory guaranteed 7600-9000 None..None"


def promised(folder: Path, text: str, kind: NodeKind) -> list[str]:
    files = {"manual.yaml": MANUAL, "platforms/vm.yaml": PLATFORM, "expectations/memory.yaml": text}
    for name, content in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    loaded = load(folder)
    assert [str(finding) for finding in loaded.report.diagnostics] == []
    return [said(promise) for promise in promises_of(loaded.catalogue, kind)]


def said(promise: NodePromise | UncertainPromise) -> str:
    if isinstance(promise, UncertainPromise):
        return f"{promise.expectation}: {promise.reason}"
    bound = f"{promise.bound.at_least:g}-{promise.bound.at_most:g}"
    return f"{promise.expectation} {promise.standing} {bound} {promise.first}..{promise.last}"


def test_one_measure_holds_on_all_days(tmp_path: Path):
    assert promised(tmp_path, TOPIC, NodeKind("small")) == [ALL_DAYS]


def test_an_unknown_label_has_no_promise(tmp_path: Path):
    assert promised(tmp_path, TOPIC, NodeKind("huge")) == []


def test_an_exception_of_a_label_has_its_own_measure(tmp_path: Path):
    text = TOPIC + (
        "    except:\n"
        "      - labels: [big]\n"
        "        measure: {fact: ansible_memtotal_mb, at_least: 15400, at_most: 17000}\n"
    )
    assert promised(tmp_path, text, NodeKind("big")) == ["memory guaranteed 15400-17000 None..None"]
    assert promised(tmp_path, text, NodeKind("small")) == [ALL_DAYS]


def test_an_exception_with_days_divides_the_time(tmp_path: Path):
    text = TOPIC + (
        "    since: 2026-01-01\n"
        "    except:\n"
        "      - labels: [small]\n"
        "        since: 2026-03-01\n"
        "        until: 2026-03-31\n"
        "        standing: varies\n"
        "        statement: Less.\n"
        "        measure: {fact: ansible_memtotal_mb, at_least: 4000, at_most: 9000}\n"
    )
    assert promised(tmp_path, text, NodeKind("small")) == [
        "memory guaranteed 7600-9000 2026-01-01..2026-02-28",
        "memory varies 4000-9000 2026-03-01..2026-03-31",
        "memory guaranteed 7600-9000 2026-04-01..None",
    ]


def test_nothing_is_promised_from_the_day_of_withdrawal(tmp_path: Path):
    text = TOPIC + "    since: 2026-01-01\n    withdrawn: 2026-06-01\n"
    assert promised(tmp_path, text, NodeKind("small")) == [
        "memory guaranteed 7600-9000 2026-01-01..2026-05-31"
    ]


def test_what_was_promised_before_the_last_change_is_not_known(tmp_path: Path):
    text = TOPIC + "    changed:\n      - {date: 2026-02-03, what: More memory.}\n"
    assert promised(tmp_path, text, NodeKind("small")) == [
        "memory guaranteed 7600-9000 2026-02-03..None"
    ]


PARTIAL = TOPIC + (
    "    except:\n"
    "      - providers: [rax]\n"
    "        regions: [DFW]\n"
    "        measure: {fact: ansible_memtotal_mb, at_least: 7000, at_most: 9000}\n"
)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NodeKind("small", "rax", "DFW"), "memory guaranteed 7000-9000 None..None"),
        (NodeKind("small", "rax-dfw", "DFW"), "memory guaranteed 7000-9000 None..None"),
        (NodeKind("small", "rax-dfw"), "memory guaranteed 7000-9000 None..None"),
        (NodeKind("small", "ovh-gra1", "GRA1"), ALL_DAYS),
        (
            NodeKind("small", "rax", "ORD"),
            "memory: the promise depends on the provider, and 'rax ORD' is not documented",
        ),
        (
            NodeKind("small", "RAX"),
            "memory: the promise depends on the provider, and 'RAX' is not documented",
        ),
        (
            NodeKind("small"),
            "memory: the promise depends on the provider, and the facts do not name it",
        ),
    ],
)
def test_an_exception_of_a_provider_needs_a_known_provider(
    tmp_path: Path, kind: NodeKind, expected: str
):
    assert promised(tmp_path, PARTIAL, kind) == [expected]


OF_REGION = TOPIC + (
    "    since: 2026-01-01\n"
    "    except:\n"
    "      - labels: [big]\n"
    "        measure: {fact: ansible_memtotal_mb, at_least: 15400, at_most: 17000}\n"
    "      - providers: [rax]\n"
    "        standing: varies\n"
    "        since: 2026-03-01\n"
    "        until: 2026-03-31\n"
)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            NodeKind("small", "rax", "DFW"),
            [
                "memory guaranteed 7600-9000 2026-01-01..2026-02-28",
                "memory varies 7600-9000 2026-03-01..2026-03-31",
                "memory guaranteed 7600-9000 2026-04-01..None",
            ],
        ),
        (NodeKind("small", "ovh-gra1"), ["memory guaranteed 7600-9000 2026-01-01..None"]),
        (NodeKind("big", "rax", "DFW"), ["memory guaranteed 15400-17000 2026-01-01..None"]),
        (NodeKind("big", "other"), ["memory guaranteed 15400-17000 2026-01-01..None"]),
        (
            NodeKind("small", "other"),
            ["memory: the promise depends on the provider, and 'other' is not documented"],
        ),
    ],
)
def test_an_exception_divides_the_time_of_the_nodes_it_is_about(
    tmp_path: Path, kind: NodeKind, expected: list[str]
):
    assert promised(tmp_path, OF_REGION, kind) == expected


def test_a_past_exception_of_a_provider_matters_no_more(tmp_path: Path):
    text = OF_REGION + "    changed:\n      - {date: 2026-04-01, what: More memory.}\n"
    assert promised(tmp_path, text, NodeKind("small", "other")) == [
        "memory guaranteed 7600-9000 2026-04-01..None"
    ]


def test_an_expectation_without_a_measure_promises_nothing_to_compare(tmp_path: Path):
    text = TOPIC.replace(
        "    measure: {fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}\n", ""
    )
    assert promised(tmp_path, text, NodeKind("small")) == []


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("ansible_memtotal_mb, at_least: 8, at_most: 9, unit: GB", "8192-9216"),
        ("ansible_memtotal_mb, at_least: 8, at_most: 9, unit: GiB", "8192-9216"),
        ("ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MiB", "7600-9000"),
        ("ansible_memtotal_mb, at_least: 7600, at_most: 9000", "7600-9000"),
        ("ansible_memory_mb.real.total, at_least: 1024, at_most: 2048, unit: kB", "1-2"),
        ("ansible_uptime_seconds, at_least: 0, at_most: 2, unit: hours", "0-7200"),
        ("ansible_memtotal_mb, at_least: 1, at_most: 2, unit: gigabytes", "1024-2048"),
        ("ansible_processor_vcpus, at_least: 4, at_most: 8, unit: cores", "4-8"),
        ("ansible_processor_vcpus, at_least: 4, at_most: 8, unit: GB", "4-8"),
    ],
)
def test_a_bound_is_in_the_unit_of_its_fact(tmp_path: Path, measure: str, expected: str):
    text = TOPIC.replace("ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB", measure)
    assert promised(tmp_path, text, NodeKind("small")) == [
        f"memory guaranteed {expected} None..None"
    ]


def test_a_time_is_not_compared_with_a_size(tmp_path: Path):
    text = TOPIC.replace("unit: MB", "unit: h")
    assert promised(tmp_path, text, NodeKind("small")) == [
        "memory: the measure is in h, and ansible_memtotal_mb is in MB"
    ]


RESERVED = "ansible_memtotal_mb: the kernel keeps some for itself"


@pytest.mark.parametrize(
    ("promised", "value", "expected"),
    [
        (8192, 7964, f"8 GB is not 8192 MB of {RESERVED}"),
        (512, 490, f"0.5 GB is not 512 MB of {RESERVED}"),
        (8192, 7000, ""),
        (8192, 8192, ""),
        (7600, 7500, ""),
        (8192, "7964", ""),
    ],
)  # fmt: skip
def test_a_little_less_than_a_round_size_is_the_reserve_of_the_kernel(
    promised: float, value: FactValue, expected: str
):
    assert reserve_note("ansible_memtotal_mb", promised, value) == expected
    assert reserve_note("ansible_swaptotal_mb", promised, value) == ""
