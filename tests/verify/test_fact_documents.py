"""One document: its facts, or why it has none."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from groundrules.verify.node_facts import FactValue, NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.fact_document import LARGEST, facts_of
from groundrules.verify.reading.facter_names import NAMES
from groundrules.verify.reading.zuul_inventory import InventoryError, ZuulInventory, read_inventory

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)


def read(text: str | bytes, **options: Any) -> NodeFacts | SkippedFacts:
    data = text.encode() if isinstance(text, str) else text
    return facts_of(data, source="host-info.node.yaml", node="node", now=NOW, **options)


def facts(text: str, **options: Any) -> dict[str, FactValue]:
    result = read(text, **options)
    assert isinstance(result, NodeFacts), result
    return dict(result.facts)


def reason(text: str | bytes) -> str:
    result = read(text)
    assert isinstance(result, SkippedFacts), result
    assert result.source == "host-info.node.yaml"
    return result.reason


MEMORY = {"ansible_memtotal_mb": 7964}


@pytest.mark.parametrize(
    "text",
    [
        "ansible_memtotal_mb: 7964\n",
        "memtotal_mb: 7964\n",
        "ansible_facts:\n  ansible_memtotal_mb: 7964\nchanged: false\n",
        "ansible_facts:\n  memtotal_mb: 7964\n",
        '{"ansible_facts": {"ansible_memtotal_mb": 7964}, "changed": false}',
        "{ansible_memtotal_mb: 7964}",
        "---\nansible_memtotal_mb: 7964\n",
        "\ufeffansible_memtotal_mb: 7964\n",
        "a: &size 7964\nansible_memtotal_mb: *size\n",
    ],
)
def test_the_same_fact_in_every_shape(text: str):
    assert facts(text) == MEMORY


def test_nested_values_and_texts():
    text = "ansible_default_ipv4: {mtu: 1400}\nansible_distribution_major_version: '12'\n"
    assert facts(text) == {
        "ansible_default_ipv4.mtu": 1400,
        "ansible_distribution_major_version": "12",
    }


def test_lists_mappings_and_nothing_are_left_out():
    text = "ansible_memtotal_mb: [1]\nansible_kernel: {a: 1}\nansible_os_family:\nansible_x: 1\n"
    assert facts(text) == {}


def test_a_fact_has_the_name_that_the_measure_writes():
    asked = AskedFacts(("ansible_facts.memtotal_mb", "our_fact", "ansible_local.a.b"))
    text = "ansible_memtotal_mb: 1\nour_fact: 2\nansible_local: {a: {b: true}}\n"
    assert facts(text, asked=asked) == {
        "ansible_facts.memtotal_mb": 1,
        "our_fact": 2,
        "ansible_local.a.b": True,
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [("'7964'", "7964"), ("7964", 7964), ("7964.0", 7964.0), ("' 7964 '", "7964"), ("yes", True)],
)
def test_a_value_keeps_its_type(written: str, expected: object):
    """Whether a text counts as a number depends on the promise, and the store serves all."""
    (value,) = facts(f"ansible_memtotal_mb: {written}\n").values()
    assert (type(value), value) == (type(expected), expected)


FACTER = {
    "os": {
        "name": "Debian",
        "family": "Debian",
        "hardware": "x86_64",
        "distro": {"codename": "trixie"},
    },
    "memory": {"system": {"total_bytes": 8351000000}, "swap": {"total_bytes": 1073741824}},
    "processors": {"count": 8, "physicalcount": 1},
    "kernelrelease": "6.12.1",
}


def test_facter_is_read_under_the_names_of_ansible():
    assert facts(json.dumps(FACTER)) == {
        "ansible_architecture": "x86_64",
        "ansible_distribution": "Debian",
        "ansible_distribution_release": "trixie",
        "ansible_kernel": "6.12.1",
        "ansible_memtotal_mb": 7964,
        "ansible_os_family": "Debian",
        "ansible_processor_count": 1,
        "ansible_processor_vcpus": 8,
        "ansible_swaptotal_mb": 1024,
    }


def test_the_names_of_facter_are_facts_of_ansible():
    from groundrules.records.ansible import meant_fact

    assert {name for name in NAMES if meant_fact(name) is not None} == set()


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 20)}]\n"
    for old, new in zip("abcdef", "bcdefg", strict=True)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        (
            "ansible_memtotal_mb: 79",
            "the last line has no end, so the file may be cut; copy it again",
        ),
        (
            '{"ansible_facts": {"ansible_memtotal_mb": 79',
            "line 1, column 19: the mapping in braces is not closed; add '}'",
        ),
        ("[1, 2]\n", "it is not a mapping of facts"),
        ("words\n", "it is not a mapping of facts"),
        ("a: 1\n", "it has no facts of Ansible or facter"),
        ("ansible_facts: {}\n", "it has no facts of Ansible or facter"),
        (b"a: \xff\n", "line 1, column 4: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (
            "ansible_a: !!python/name:os.system 1\n",
            "line 1: '1' cannot be read: the tag !!python/name:os.system is not supported here; "
            "quote it for text",
        ),
        (
            "ansible_a: !!python/object/apply:os.system [ls]\n",
            "line 1, column 12: the tag !!python/object/apply:os.system is not supported here",
        ),
        ("ansible_a: !vault x\n", "line 1: the tag !vault has no meaning in facts"),
        (
            f"ansible_x: 1\n{BOMB}",
            "line 6, column 84: the file has more than 500,000 values once aliases are followed; "
            "split it",
        ),
        (
            "ansible_memtotal_mb: 1\nansible_memtotal_mb: 9000\n",
            "line 2: the key 'ansible_memtotal_mb' is written twice (first on line 1); "
            "keep one of them",
        ),
        (
            '{"changed": false, "msg": "Failed to connect\\nby ssh", "unreachable": true}',
            "Ansible could not reach it: Failed to connect by ssh",
        ),
        (
            '{"failed": true, "msg": "no python"}',
            "Ansible could not gather its facts: no python",
        ),
        (b" " * (LARGEST + 1), "it is larger than 4 MiB, so it is not read"),
    ],
)  # fmt: skip
def test_a_document_without_facts_says_why(text: str | bytes, expected: str):
    assert reason(text) == expected


def test_deep_nesting_is_refused():
    assert reason('{"ansible_a": ' + "[" * 500) == (
        "line 1, column 114: more than 100 lists and mappings are nested here; write fewer levels"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'2026-11-29T10:00:00Z'", "2026-11-29T10:00:00+00:00"),
        ("2026-11-29T12:00:00+02:00", "2026-11-29T10:00:00+00:00"),
        ("2026-11-29T10:00:00", "2026-11-29T10:00:00+00:00"),
        ("yesterday", None),
        ("7", None),
    ],
)
def test_the_time_is_that_of_the_node(text: str, expected: str | None):
    result = read(f"ansible_date_time: {{iso8601: {text}}}\n")
    assert isinstance(result, NodeFacts)
    assert (result.time.isoformat() if result.time else None) == expected


def test_a_day_ahead_is_a_wrong_time_zone_and_more_is_skipped():
    assert facts("ansible_date_time: {iso8601: '2026-12-01T11:00:00Z'}\n") == {}
    assert reason("ansible_date_time: {iso8601: '2027-01-01T10:00:00Z'}\n") == (
        "its time 2027-01-01 10:00 is in the future"
    )


INVENTORY = b"""\
all:
  children: {zuul_unreachable: {hosts: {}}}
  hosts:
    controller:
      ansible_host: 203.0.113.4
      nodepool: {az: null, label: debian-trixie, provider: rax-dfw, region: DFW}
    compute:
      nodepool:
        label: !unsafe debian-trixie
        region: null
    plain: null
  vars: {zuul: {branch: !unsafe 'master', build: 9f6a2c1be3d84d5ea7b0c4f1d2e3a4b5}}
"""
BUILD = "9f6a2c1be3d84d5ea7b0c4f1d2e3a4b5"


def test_the_kinds_of_nodes_in_an_inventory():
    kinds = {
        "controller": NodeKind("debian-trixie", "rax-dfw", "DFW"),
        "compute": NodeKind("debian-trixie"),
        "plain": NodeKind(),
    }
    assert read_inventory(INVENTORY) == ZuulInventory(kinds, BUILD)


def test_the_kinds_in_the_style_of_zuul():
    data = (
        b"all:\n  children: {}\n  hosts:\n    a:\n      nodepool:\n        az: null\n"
        b"        label: !unsafe 'small'\n        provider: rax\n  vars:\n    hosts:\n      b: 1\n"
        b"    zuul:\n      artifacts: []\n      build: " + BUILD.encode() + b"\n      items:\n"
        b"      - build: 1\n        text: 'zuul:\n\n          build: 2'\n"
    )
    assert read_inventory(data) == ZuulInventory({"a": NodeKind("small", "rax")}, BUILD)


@pytest.mark.parametrize(
    "variables",
    [
        "", "  vars: {}\n", "  vars: text\n", "  vars:\n    zuul: null\n",
        "  vars:\n    zuul:\n      build: null\n", "  vars:\n    zuul:\n      build: a build\n",
        f"  vars:\n    build: {BUILD}\n", f"  vars:\n    zuul:\n      build: {BUILD}0\n",
        f"  vars:\n    zuul:\n      - build: {BUILD}\n",
        f"  vars:\n    text: 'zuul:\n\n      build: {BUILD}'\n",
        f"  vars:\n    zuul:\n      items:\n        build: {BUILD}\n",
    ],
)  # fmt: skip
def test_an_inventory_without_the_id_of_a_build(variables: str):
    data = f"all:\n  hosts:\n    a:\n      nodepool:\n        label: small\n{variables}"
    assert read_inventory(data.encode()) == ZuulInventory({"a": NodeKind("small")})


@pytest.mark.parametrize(
    "variables",
    [
        f"  vars: {{zuul: {{build: {BUILD}}}}}\n",
        f"  vars:\n    zuul: {{build: {BUILD}}}\n",
        f"  vars:\n    zuul:\n      build: !unsafe '{BUILD}'\n",
        f"  vars:\n      zuul:\n          # a comment\n          build: {BUILD}\n",
    ],
)
def test_the_id_of_a_build_in_other_styles(variables: str):
    data = f"all:\n  hosts:\n    a:\n      nodepool:\n        label: small\n{variables}"
    assert read_inventory(data.encode()) == ZuulInventory({"a": NodeKind("small")}, BUILD)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[1]\n", b"all: [1]\n", b"all: {hosts: 1}\n", b"\xff", b"all: {",
        b"all: {hosts: {a: {nodepool: {label: x}}, a: {nodepool: {label: y}}}}\n",
    ],
)  # fmt: skip
def test_an_inventory_that_cannot_be_read(data: bytes):
    with pytest.raises(InventoryError):
        read_inventory(data)
