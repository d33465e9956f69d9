"""The role as Ansible runs it: on nodes with given facts, and on this machine."""

from __future__ import annotations

import datetime
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from groundrules.authoring.node_role.role_data import role_data
from groundrules.authoring.node_role.role_files import role_files
from groundrules.authoring.node_role.role_folder import write_role_files
from groundrules.records.loading import load
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.measured_promise import NodeOutcome
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.reading import AskedFacts, facts_of
from groundrules.verify.setup_subsets import subset_of
from groundrules.verify.verification import NodeVerification
from groundrules.verify.verified_nodes import verification_of

ansible_runner = pytest.importorskip("ansible_runner")

MANUAL = "{title: M, publisher: Us, summary: Rules., site: 'https://manual.example.org'}\n"
PLATFORM = """\
id: vm
title: VM
summary: A machine.
labels:
  - {name: small, operating_system: Debian 13}
  - {name: big, operating_system: Debian 13}
  - {name: free, operating_system: Debian 13}
  - {name: hostile, operating_system: Debian 13}
  - {name: here, operating_system: Debian 13}
  - {name: typed, operating_system: Debian 13}
providers:
  - {name: rax, region: DFW, status: active, as_of: 2026-01-01}
  - {name: ovh-gra1, status: active, as_of: 2026-01-01}
"""
HOSTILE = "{{ lookup('pipe', 'touch PWNED') }}{% raw %}{# \"'"
TOPIC = f"""\
topic: node
title: Node
expectations:
  - id: memory
    title: Enough memory
    standing: guaranteed
    statement: There is memory.
    applies_to: {{labels: [small, big]}}
    measure: {{fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}}
    except:
      - labels: [big]
        since: 2026-06-01
        measure: {{fact: ansible_memtotal_mb, at_least: 15400, unit: MB}}
  - id: system
    title: Debian
    standing: guaranteed
    statement: It is Debian.
    applies_to: {{labels: [small, big]}}
    measure: {{fact: ansible_distribution_major_version, one_of: ['12', '13']}}
  - id: mtu
    title: The MTU
    standing: guaranteed
    statement: It is 1500.
    applies_to: {{labels: [small]}}
    measure: {{fact: ansible_default_ipv4.mtu, equals: 1500, unit: bytes}}
    except:
      - {{providers: [rax], regions: [DFW],
         measure: {{fact: ansible_default_ipv4.mtu, equals: 1400}}}}
  - id: fips
    title: No FIPS
    standing: guaranteed
    statement: FIPS is off.
    applies_to: {{labels: [small]}}
    measure: {{fact: ansible_fips, equals: false}}
  - id: swap
    title: Swap
    standing: not-guaranteed
    statement: There may be swap.
    applies_to: {{labels: [small]}}
    measure: {{fact: ansible_swaptotal_mb, at_least: 1, unit: MB}}
  - id: hostile
    title: '{HOSTILE.replace("'", "''")}'
    standing: guaranteed
    statement: Nothing.
    applies_to: {{labels: [hostile]}}
    measure:
      fact: ansible_kernel
      one_of: ['{HOSTILE.replace("'", "''")}']
      unit: '{{{{ 1 }}}}'
  - id: hostile-fact
    title: A fact
    standing: guaranteed
    statement: Nothing.
    applies_to: {{labels: [hostile]}}
    measure: {{fact: 'ansible_x["{{{{ 1 }}}}"].y', equals: 1}}
  - id: here
    title: Some memory
    standing: guaranteed
    statement: There is memory.
    applies_to: {{labels: [here]}}
    measure: {{fact: ansible_memtotal_mb, at_least: 1, unit: MB}}
  - id: gone
    title: No memory
    standing: guaranteed
    statement: There is no memory.
    applies_to: {{labels: [here]}}
    measure: {{fact: ansible_memtotal_mb, at_most: 1, unit: MB}}
  - id: as-number
    title: A number
    standing: guaranteed
    statement: It is 12 or more.
    applies_to: {{labels: [typed]}}
    measure: {{fact: ansible_distribution_major_version, at_least: 12}}
  - id: as-text
    title: A text
    standing: guaranteed
    statement: It is 12 or 13.
    applies_to: {{labels: [typed]}}
    measure: {{fact: ansible_distribution_major_version, one_of: ['12', '13']}}
  - id: as-both
    title: A number or a text
    standing: guaranteed
    statement: It is 13 or rolling.
    applies_to: {{labels: [typed]}}
    measure: {{fact: ansible_distribution_major_version, one_of: [13, rolling]}}
"""
FACTS = {
    "memtotal_mb": 7955,
    "distribution_major_version": "13",
    "default_ipv4": {"mtu": 1500},
    "fips": False,
    "swaptotal_mb": 0,
    "kernel": "6.12",
    "x": {},
}
# a module of Ansible that gathers the facts that it is given
GIVEN_FACTS = """\
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule({"facts": {"type": "dict"}}, supports_check_mode=True)
module.exit_json(ansible_facts=module.params["facts"])
"""
PLAY = [
    {
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            {"given_facts": {"facts": "{{ given }}"}, "when": "given is defined"},
            {"ansible.builtin.include_role": {"name": "promises"}},
            {"name": "after the role", "ansible.builtin.assert": {"that": [True]}},
        ],
    }
]
VARIABLES = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
# what some nodes have differently
NODES: dict[str, dict[str, Any]] = {
    "lowest": {"memtotal_mb": 7600},
    "highest": {"memtotal_mb": 9000},
    "less": {"memtotal_mb": 7599},
    "more": {"memtotal_mb": 9001},
    "two": {"distribution_major_version": "11", "fips": True},
    "text": {"memtotal_mb": "7955", "distribution_major_version": 13},
    "others": {"memtotal_mb": "8 GB", "fips": "no", "default_ipv4": {"mtu": True}},
    "nothing": {"memtotal_mb": None, "default_ipv4": {}},
}
# values of a fact of which some promises ask for numbers and others for texts
TYPED = [
    "13", 13, 13.0, " 13 ", "11", 11, 12.5, "12.5", "-13", "013", "13.", "1e1", "13 MB", "rolling",
    "", " ", True, "true", None, [13], 10**17, 1e300, "9" * 18, "9" * 19,
]  # fmt: skip


class Played(NamedTuple):
    """What a play said of each node, and which promises failed on it.

    ``ran`` are tasks with their nodes; ``changed`` are the nodes that were changed.
    """

    said: dict[str, list[str]]
    failed: dict[str, list[str]]
    ran: set[tuple[str, str]]
    changed: set[str]


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roles")
    files = {"manual.yaml": MANUAL, "platforms/vm.yaml": PLATFORM, "expectations/node.yaml": TOPIC}
    for name, text in files.items():
        path = folder / "manual/data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    catalogue = load(folder / "manual").catalogue
    (folder / "modules").mkdir()
    (folder / "modules/given_facts.py").write_text(GIVEN_FACTS, "utf-8")
    write_role_files(folder / "promises", role_files(role_data(catalogue), "promises"))
    return folder


def played(roles: Path, hosts: dict[str, dict[str, Any]], folder: Path, *options: str) -> Played:
    """Run the role on hosts with variables; facts in ``given`` are known before."""
    runner = ansible_runner.run(
        private_data_dir=str(folder),
        playbook=PLAY,
        inventory={"all": {"hosts": hosts, "vars": VARIABLES}},
        envvars={"ANSIBLE_ROLES_PATH": str(roles), "ANSIBLE_LIBRARY": str(roles / "modules")},
        cmdline=" ".join(options) or None,
        quiet=True,
    )
    return _played(runner)


def _played(runner: Any) -> Played:
    said, failed = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    ran = set()
    for event in runner.events:
        data = event["event_data"]
        result = data.get("res", {})
        has_items = "results" in result
        if event["event"] in ("runner_item_on_failed", "runner_on_failed") and not has_items:
            failed[data["host"]].append(result["msg"])
        if event["event"] in ("runner_item_on_ok", "runner_on_ok") and not has_items:
            ran.add((data["task"], data["host"]))
            if data["task_action"].endswith("debug"):
                said[data["host"]].append(result["msg"])
    return Played(dict(said), dict(failed), ran, set(runner.stats["changed"]))


def node(label: str = "small", provider: str = "ovh-gra1", region: str = "", **more: Any):
    """Return the variables of a node, as Zuul sets them."""
    nodepool = {"label": label, "provider": provider, "region": region}
    return {"nodepool": nodepool, "given": FACTS, **more}


@pytest.fixture(scope="module")
def nodes(roles: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Run the role on all nodes of these tests at once."""
    hosts = {name: node(given={**FACTS, **facts}) for name, facts in NODES.items()}
    broken, dfw = {**FACTS, "memtotal_mb": 1}, {**FACTS, "default_ipv4": {"mtu": 1400}}
    hosts |= {
        "unknown-label": node("huge"),
        "free-label": node("free"),
        "no-label": {},
        "own-label": {**node("huge", given=broken), "groundrules_label": "small"},
        "dfw": node("small", "RAX", "DFW"),
        "dfw-kept": node("small", "rax-dfw", "x", given=dfw),
        "new-provider": node("small", "new", "R1", given=dfw),
        "warned": node(given=broken, groundrules_fail=False),
        "skipped": node(given=broken, groundrules_skip=["memory", "memroy"]),
        "shown": node(groundrules_show_observations=True),
        "before": node("big", groundrules_day="2026-05-31"),
        "after": node("big", groundrules_day="2026-06-01"),
        "hostile": node("hostile"),
    }
    for number, value in enumerate(TYPED):
        hosts[f"typed-{number}"] = node("typed", given={"distribution_major_version": value})
    return played(roles, hosts, tmp_path_factory.mktemp("run"), "--forks", "2")


def broken(expectation: str, promised: str, has: str, provider: str = "ovh-gra1") -> str:
    label, title = ("big" if "15400" in promised else "small"), TITLES[expectation]
    return (
        f"{expectation} is broken: the label {label} promises {promised}, and this node of "
        f"{provider} has {has}. {title}, {SITE}/generated/expectations/{expectation}.html"
    )


def not_compared(expectation: str, reason: str) -> str:
    page = f"{SITE}/generated/expectations/{expectation}.html"
    return f"{expectation} is not compared: {reason}. {TITLES[expectation]}, {page}"


SITE = "https://manual.example.org"
TITLES = {
    "fips": "No FIPS",
    "hostile-fact": "A fact",
    "memory": "Enough memory",
    "mtu": "The MTU",
    "system": "Debian",
}
MEMORY, NO_MEMORY = "ansible_memtotal_mb 7600 to 9000 MB", "the node has no ansible_memtotal_mb"
MTU, NO_MTU = "ansible_default_ipv4.mtu", "the node has no ansible_default_ipv4.mtu"


def test_a_node_with_less_or_more_fails(nodes: Played):
    assert {name: nodes.failed.get(name) for name in ("less", "lowest", "highest", "more")} == {
        "less": [broken("memory", MEMORY, "7599")],
        "lowest": None,
        "highest": None,
        "more": [broken("memory", MEMORY, "9001")],
    }


@pytest.mark.repository
def test_the_message_on_the_page_is_that_of_the_role(nodes: Played):
    page = Path(__file__).parents[2] / "source/reference/verify-role.rst"
    assert f"\n   {nodes.failed['less'][0]}\n" in page.read_text("utf-8")


def test_every_broken_promise_is_reported(nodes: Played):
    assert nodes.failed["two"] == [
        broken("system", "ansible_distribution_major_version 12 or 13", "11"),
        broken("fips", "ansible_fips false", "True"),
    ]


def test_a_number_as_text_is_compared_as_one(nodes: Played):
    assert "text" not in nodes.failed
    assert "text" not in nodes.said


@pytest.fixture(scope="module")
def verified(roles: Path, tmp_path_factory: pytest.TempPathFactory) -> NodeVerification:
    """Return what ``verify`` says of the nodes whose facts have several types."""
    catalogue = load(roles / "manual").catalogue
    nodes = (
        facts_of(
            json.dumps({"ansible_distribution_major_version": value}).encode(),
            source=f"typed-{number}",
            node="node",
            kind=NodeKind("typed"),
            asked=AskedFacts.of(catalogue),
            now=datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC),
        )
        for number, value in enumerate(TYPED)
    )
    store = FactsStore(tmp_path_factory.mktemp("store"))
    return verification_of(catalogue, store, store.collect(nodes))


@pytest.mark.parametrize("expectation", ["as-number", "as-text", "as-both"])
def test_verify_and_the_role_compare_the_same_values(
    nodes: Played, verified: NodeVerification, expectation: str
):
    hosts = [f"typed-{number}" for number in range(len(TYPED))]
    failed = [name for name in hosts if f"{expectation} is broken" in str(nodes.failed.get(name))]
    said = [name for name in hosts if f"{expectation} is not comp" in str(nodes.said.get(name))]
    (of_verify,) = (one for one in verified.measured if one.promise.expectation == expectation)
    counts = of_verify.counts
    assert {node.source for node in of_verify.broken} <= set(failed)
    assert counts[NodeOutcome.NOT_MEASURED] == len(said)
    assert of_verify.nodes == len(TYPED) - len(said)
    assert of_verify.nodes - counts[NodeOutcome.KEPT] == len(failed)
    assert 0 < len(failed) < of_verify.nodes


def test_what_cannot_be_compared_is_said_and_fails_nothing(nodes: Played):
    assert nodes.said["others"] == [
        not_compared("memory", f"{NO_MEMORY} that is a number"),
        not_compared("mtu", f"{NO_MTU} that is a number"),
        not_compared("fips", "the node has no ansible_fips that is a boolean"),
    ]
    assert nodes.said["nothing"] == [
        not_compared("memory", f"{NO_MEMORY} that is a number"),
        not_compared("mtu", f"{NO_MTU} that is a number"),
    ]
    assert not {"others", "nothing"} & nodes.failed.keys()


def test_a_label_without_promises_is_said(nodes: Played):
    assert {name: nodes.said[name] for name in ("unknown-label", "free-label", "no-label")} == {
        "unknown-label": ["the manual does not have the label huge"],
        "free-label": ["the manual promises nothing that can be measured to the label free"],
        "no-label": ["the label of the node is not known; set groundrules_label"],
    }


def test_the_label_can_be_set(nodes: Played):
    assert nodes.failed["own-label"] == [broken("memory", MEMORY, "1")]


def test_a_provider_can_have_its_own_promise(nodes: Played):
    assert nodes.failed["dfw"] == [broken("mtu", f"{MTU} 1400", "1500", "RAX DFW")]
    assert not {"dfw-kept", "new-provider"} & nodes.failed.keys()
    assert nodes.said["new-provider"] == [
        not_compared(
            "mtu", "it depends on the provider, and the manual does not have that of the node"
        )
    ]


def test_a_promise_holds_from_its_first_day(nodes: Played):
    assert nodes.failed["after"] == [
        broken("memory", "ansible_memtotal_mb at least 15400 MB", "7955")
    ]
    assert "before" not in nodes.failed


def test_a_broken_promise_can_be_a_warning(nodes: Played):
    assert nodes.failed["warned"] == [broken("memory", MEMORY, "1")]
    assert ("after the role", "warned") in nodes.ran
    assert ("after the role", "less") not in nodes.ran


def test_an_expectation_can_be_skipped(nodes: Played):
    assert "skipped" not in nodes.failed
    assert nodes.said["skipped"] == ["groundrules_skip: the role has no expectation memroy"]


def test_observations_are_shown_on_request(nodes: Played):
    assert nodes.said["shown"] == [
        "swap (not-guaranteed): the node has ansible_swaptotal_mb 0, and the manual says at least "
        "1 MB. Swap, https://manual.example.org/generated/expectations/swap.html"
    ]
    assert "lowest" not in nodes.said
    assert "shown" not in nodes.failed


def test_texts_of_records_are_not_evaluated(nodes: Played, roles: Path):
    (message,) = nodes.failed["hostile"]
    assert message.startswith(
        "hostile is broken: the label hostile promises ansible_kernel "
        f"{HOSTILE} {{{{ 1 }}}}, and this node of ovh-gra1 has "
    )
    assert message.endswith(f". {HOSTILE}, {SITE}/generated/expectations/hostile.html")
    assert nodes.said["hostile"] == [
        not_compared("hostile-fact", 'the node has no ansible_x["{{ 1 }}"].y that is a number')
    ]
    assert list(roles.parent.rglob("PWNED")) == []
    assert not Path("PWNED").exists()


def test_facts_are_gathered_only_where_one_is_missing(nodes: Played):
    gathered = {name for task, name in nodes.ran if task == "Gather the facts that are missing"}
    assert gathered == {"hostile"}


def test_nodes_are_not_changed(nodes: Played):
    assert nodes.changed == set()


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check mode"])
def test_this_machine_keeps_a_true_promise_and_breaks_a_false_one(
    roles: Path, tmp_path: Path, options: tuple[str, ...]
):
    true = {"groundrules_label": "here", "groundrules_skip": ["gone"]}
    done = played(roles, {"true": true, "false": {"groundrules_label": "here"}}, tmp_path, *options)
    (message,) = done.failed.pop("false")
    assert message.startswith(
        "gone is broken: the label here promises ansible_memtotal_mb at most 1 MB, and this node "
        "of an unknown provider has "
    )
    assert (done.failed, done.said, done.changed) == ({}, {}, set())
    assert ("Gather the facts that are missing", "true") in done.ran


SUBSETS = ["hardware", "min", "network", "virtual"]


def test_a_subset_has_the_facts_that_are_gathered_with_it(tmp_path: Path):
    gather = {"gather_subset": "{{ item }}"}
    subsets = [
        ["all"],
        *(["!all", "!min", subset] if subset != "min" else ["!all"] for subset in SUBSETS),
    ]
    runner = ansible_runner.run(
        private_data_dir=str(tmp_path),
        playbook=[
            {
                "hosts": "all",
                "gather_facts": False,
                "tasks": [{"ansible.builtin.setup": gather, "loop": subsets}],
            }
        ],
        inventory={"all": {"hosts": {"here": {}}, "vars": VARIABLES}},
        quiet=True,
    )
    results = [
        {name.removeprefix("ansible_") for name in event["event_data"]["res"]["ansible_facts"]}
        for event in runner.events
        if event["event"] == "runner_item_on_ok"
    ]
    every, by_subset = results[0], dict(zip(SUBSETS, results[1:], strict=True))
    missing = {
        name
        for name in every
        if (gathered := by_subset.get(subset_of(name))) is not None and name not in gathered
    }
    assert missing == set()
    assert {"memtotal_mb", "processor_vcpus", "default_ipv4", "architecture"} <= every
