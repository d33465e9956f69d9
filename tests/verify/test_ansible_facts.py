"""Facts that Ansible gathers: of this machine, and of hosts in an inventory."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from command_runs import CommandRuns
from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.node_build import FactReader
from groundrules.verify.setup_subsets import subsets_of

pytest.importorskip("ansible_runner", reason="ansible-runner is not installed")
pytest.importorskip("ansible", reason="ansible-core is not installed")
pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

from groundrules.verify import ansible_facts
from groundrules.verify.ansible_facts import gathered

NOW = datetime.datetime.now(datetime.UTC)
READER = FactReader(NOW, AskedFacts(("ansible_kernel",)))
LOCAL = f"{{ansible_connection: local, ansible_python_interpreter: {sys.executable}"


def made(folder: Path, text: str) -> Path:
    (folder / "hosts.yaml").write_text(text, "utf-8")
    return folder / "hosts.yaml"


def memory_mb() -> int:
    lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemTotal:"))


HOSTS = f"""\
all:
  hosts:
    one: {LOCAL}, nodepool: {{label: small, provider: rax, region: DFW}}}}
    two: {LOCAL}, groundrules_label: big}}
    three: {LOCAL}}}
    far: {{ansible_host: 127.0.0.1, ansible_port: 1}}
    odd: {{ansible_connection: local, ansible_python_interpreter: /nothing}}
"""


@pytest.fixture(scope="module")
def of_hosts(tmp_path_factory: pytest.TempPathFactory) -> list[NodeFacts | SkippedFacts]:
    inventory = made(tmp_path_factory.mktemp("inventory"), HOSTS)
    return [*gathered(inventory, READER)]


def test_the_kinds_of_hosts_in_an_inventory(of_hosts: list[NodeFacts | SkippedFacts]):
    kinds = {facts.node: facts.kind for facts in of_hosts if isinstance(facts, NodeFacts)}
    assert kinds == {
        "one": NodeKind("small", "rax", "DFW"),
        "two": NodeKind("big"),
        "three": NodeKind(),
    }


def test_hosts_that_cannot_be_asked_are_skipped(of_hosts: list[NodeFacts | SkippedFacts]):
    skipped = (facts for facts in of_hosts if isinstance(facts, SkippedFacts))
    far, odd = sorted(skipped, key=lambda one: one.source)
    assert (far.source, far.reason.partition(":")[0]) == ("far", "Ansible could not reach it")
    assert odd == SkippedFacts(
        "odd",
        "Ansible could not gather its facts: The module interpreter '/nothing' was not found.; "
        "/bin/sh: 1: /nothing: not found",
    )


def test_an_inventory_without_hosts(tmp_path: Path):
    (skipped,) = gathered(made(tmp_path, "all: [\n"), READER)
    assert isinstance(skipped, SkippedFacts)
    start = "Ansible gathered nothing: Failed to parse inventory"
    assert skipped.reason.startswith(start)


def test_ansible_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ansible_facts, "_environment", lambda: {"PATH": "/nothing"})
    (skipped,) = gathered(None, READER)
    assert isinstance(skipped, SkippedFacts)
    assert skipped.reason == (
        "Ansible gathered nothing: it is not installed; install groundrules[verify]"
    )


def test_an_ansible_that_does_not_answer_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "ansible").write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    (tmp_path / "ansible").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    monkeypatch.setattr(ansible_facts, "_environment", lambda: {"PATH": path})
    monkeypatch.setattr(ansible_facts, "SILENT", 1)
    monkeypatch.setattr(ansible_facts, "_LOOK", 0.1)
    assert [*gathered(None, READER)] == [
        SkippedFacts("this machine", "Ansible was ended after 1 seconds without an answer")
    ]


def test_a_reader_that_stops_ends_ansible(tmp_path: Path):
    hosts = "".join(f"    h{number}: {LOCAL}}}\n" for number in range(3))
    events = gathered(made(tmp_path, f"all:\n  hosts:\n{hosts}"), READER, forks=1)
    first = next(events)
    events.close()
    assert isinstance(first, NodeFacts)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (AskedFacts().names, ("!all", "hardware", "min", "network", "virtual")),
        (("ansible_memtotal_mb",), ("!all", "hardware", "min")),
        (("ansible_kernel",), ("!all", "min")),
        (("ansible_kernel", "ansible_local.ours.size"), ("all",)),
    ],
)
def test_only_subsets_with_the_asked_facts_are_gathered(
    names: tuple[str, ...], expected: tuple[str, ...]
):
    assert subsets_of(AskedFacts(names)) == expected


MANUAL = Path(__file__).parent / "manual"


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="it is not Linux")
def test_this_machine_against_a_true_and_a_false_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The facts of this machine are compared with a label that is made for it."""
    shutil.copytree(MANUAL, tmp_path, dirs_exist_ok=True)
    size = memory_mb()
    (tmp_path / "data/expectations/machine.yaml").write_text(
        "topic: machine\ntitle: Machine\nexpectations:\n"
        "  - id: memory\n    title: Memory\n    standing: guaranteed\n"
        "    statement: It is as large as it is.\n"
        f"    measure: {{fact: ansible_memtotal_mb, at_least: {size}, at_most: {size}}}\n"
        "  - id: more-memory\n    title: More memory\n    standing: guaranteed\n"
        "    statement: It is larger than it is.\n"
        f"    measure: {{fact: ansible_memtotal_mb, at_least: {size + 10_000}, unit: MB}}\n",
        "utf-8",
    )
    said = CommandRuns(monkeypatch).output(tmp_path, "verify", "--local", "--label", "small")
    day = datetime.datetime.now(datetime.UTC).date()
    assert re.sub(r"at \S+Z\)", "at TIME)", said) == (
        "$ groundrules verify --local --label small\n"
        f"kept     memory: small: 1 of 1 node with {size}\n"
        f"broken   more-memory: small: 0 of 1 node with at least {size + 10_000} MB, "
        f"1 with less, all {size}\n"
        "\n"
        "data/expectations/machine.yaml:13:14: more-memory: 1 of 1 node of small had less than is "
        f"guaranteed: ansible_memtotal_mb is at least {size + 10_000} MB; localhost had {size} on "
        f"{day} (Ansible on localhost at TIME); broken since {day} [GR701]\n"
        "1 finding in 1 file\n"
        "2 promises on 1 node: 1 kept, 1 broken; 0 inputs skipped.\n"
        "exit code 1\n"
    )


def test_the_hosts_of_an_inventory_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(MANUAL, tmp_path, dirs_exist_ok=True)
    made(
        tmp_path,
        "all:\n  hosts:\n"
        f"    one: {LOCAL}, groundrules_label: huge}}\n"
        "    far: {ansible_host: 127.0.0.1, ansible_port: 1}\n",
    )
    said = CommandRuns(monkeypatch).output(tmp_path, "verify", "--inventory", "hosts.yaml")
    assert "not checked: 1 node: the manual does not document the label huge\n" in said
    assert "not checked: far: Ansible could not reach it: " in said
    assert said.endswith(
        "0 promises on 1 node: none; 1 input skipped.\n"
        "groundrules: nothing was compared: the manual documents none of the labels of the nodes\n"
        "exit code 3\n"
    )
