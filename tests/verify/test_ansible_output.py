"""What the command ``ansible`` printed: the results of hosts, and texts that it did not print."""

from __future__ import annotations

import datetime

import pytest

from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.reading.ansible_output import HostResult, is_printed, results_in
from groundrules.verify.reading.fact_document import LARGEST
from groundrules.verify.reading.node_build import FactFile, FactReader, NodeBuild

NOW = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
JSON = b'{\n    "ansible_facts": {\n        "ansible_memtotal_mb": 7964\n    }\n}\n'
YAML = (
    b"    ansible_facts:\n        ansible_memtotal_mb: 7964\n        ansible_x: |-\n\n          b\n"
)
INVENTORY = b"all: {hosts: {web01: {nodepool: {label: small}}, web02: {nodepool: {label: big}}}}\n"


def read(data: bytes, inventory: bytes = INVENTORY) -> list[NodeFacts | SkippedFacts]:
    files = (FactFile("printed.txt", "printed.txt", data=data),)
    build = NodeBuild(files, FactFile("inventory.yaml", data=inventory))
    return [*FactReader(NOW).facts_in(build)]


@pytest.mark.parametrize(
    ("printed", "document"),
    [
        (b"web01 | SUCCESS => " + JSON, JSON),
        (b"web01 | CHANGED => " + JSON, JSON),
        (b"web01 | SUCCESS => " + JSON.replace(b"\n", b"\r\n"), JSON.replace(b"\n", b"\r\n")),
        (b"[WARNING]: w\n\nweb01 | SUCCESS => " + JSON + b"[WARNING]: w\n", JSON),
        (b"web01 | SUCCESS => \n" + YAML + b"[WARNING]: w\n", YAML),
        (b'web01 | SUCCESS => {"a": "b | SUCCESS => {"}\n', b'{"a": "b | SUCCESS => {"}\n'),
        (b"web01 | SUCCESS => {}", b"{}"),
    ],
)
def test_the_document_of_a_host(printed: bytes, document: bytes):
    assert is_printed(printed)
    assert [*results_in(printed)] == [HostResult("web01", document)]


@pytest.mark.parametrize("host", ["web01", "web01.example.org", "::1", "[::1]:22", "a b", "h\xe9"])
def test_the_names_of_hosts(host: str):
    printed = f"{host} | SUCCESS => ".encode() + JSON
    assert [*results_in(printed)] == [HostResult(host, JSON)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        JSON,
        b"ansible_memtotal_mb: 7964\n",
        b"ansible_x: a | SUCCESS => {\n",
        b"ansible_x: |\n  a | SUCCESS => {\n",
        b'{"a": "b | SUCCESS => {"}',
        b"web01 | SKIPPED\n",
        b"web01 | FAILED | rc=1 >>\n",
        b"| SUCCESS => {}\n",
    ],
)
def test_a_text_that_ansible_did_not_print(data: bytes):
    assert not is_printed(data)


def test_each_host_has_its_own_name_and_label():
    printed = b"web01 | SUCCESS => " + JSON + b"web02 | SUCCESS => \n" + YAML
    facts = {"ansible_memtotal_mb": 7964}
    assert read(printed) == [
        NodeFacts("printed.txt", "web01", NodeKind("small"), None, facts),
        NodeFacts("printed.txt", "web02", NodeKind("big"), None, facts),
    ]


@pytest.mark.parametrize("end", [b"", b"\n    ", b'\n    "ansible_facts": {\n    }\n'])
def test_a_cut_result_is_not_read(end: bytes):
    reason = "it has no end, so the output may be cut; run Ansible again"
    assert read(b"web01 | SUCCESS => {" + end) == [
        SkippedFacts("printed.txt", f"the result of web01: {reason}")
    ]


def test_an_output_that_is_too_large_is_not_read():
    printed = b"web01 | SUCCESS => " + JSON + b" " * LARGEST
    assert read(printed) == [
        SkippedFacts(
            "printed.txt",
            "it is larger than 4 MiB, so it is not read; "
            "'ansible -m setup --tree FOLDER' writes a file for each host",
        )
    ]


def test_the_long_name_of_a_host_is_shortened():
    host, short = b"h" * 250, "h" * 199 + "…"
    both = 2 * (host + b" | UNREACHABLE! => " + b'{"msg": "no\\n route"}\n')
    assert [skipped.reason for skipped in read(both) if isinstance(skipped, SkippedFacts)] == [
        f"the result of {short}: Ansible could not reach it: no route",
        f"another result here is about the node {short}",
    ]
