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
from groundrules.authoring.node_role.role_files import role_files, write_role_files
from groundrules.records import Catalogue
from groundrules.records.loading import load
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.measured_promise import NodeOutcome
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.fact_document import facts_of
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
# an action of Ansible that gathers the facts that it is given, without a process on the node
GIVEN_FACTS = """\
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    _requires_connection = False

    def run(self, tmp=None, task_vars=None):
        return {"changed": False, "ansible_facts": self._task.args["facts"]}
"""
PLAY: dict[str, Any] = {
    "hosts": "all",
    "gather_facts": False,
    "tasks": [
        {"given_facts": {"facts": "{{ given }}"}, "when": "given is defined"},
        {"ansible.builtin.include_role": {"name": "{{ role | default('promises') }}"}},
        {"name": "after the role", "ansible.builtin.assert": {"that": [True]}},
    ],
}
VARIABLES = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
# what some nodes have differently
NODES: dict[str, dict[str, Any]] = {
    "less": {"memtotal_mb": 7599},
    "two": {"distribution_major_version": "11", "fips": True},
    "others": {"memtotal_mb": "8 GB", "fips": "no", "default_ipv4": {"mtu": True}},
    "nothing": {"memtotal_mb": None, "default_ipv4": {}},
}
# values, each of a fact of its own of which some promises ask for numbers and others for texts
TYPED = [
    "13", 13, 13.0, " 13 ", "11", 11, 12.5, "12.5", "-13", "013", "13.", "1e1", "13 MB", "rolling",
    "", " ", True, "true", None, [13], 10**17, 1e300, "9" * 18, "9" * 19,
]  # fmt: skip
RANGED = [7599, 7600, "7955", 9000, 9001]
TYPED_FACTS = {f"typed_{number}": value for number, value in enumerate(TYPED)}
TYPED_FACTS |= {f"ranged_{number}": value for number, value in enumerate(RANGED)}
TYPED_MEASURES = {
    "as-number": "at_least: 12",
    "as-text": "one_of: ['12', '13']",
    "as-both": "one_of: [13, rolling]",
}
TYPED_PLATFORM = """\
id: vm
title: VM
summary: A machine.
labels: [{name: typed, operating_system: Debian 13}]
"""


def typed_expectation(name: str, number: int, fact: str, measure: str) -> str:
    return f"""\
  - id: {name}-{number}
    title: A value
    standing: guaranteed
    statement: It is compared.
    applies_to: {{labels: [typed]}}
    measure: {{fact: ansible_{fact}_{number}, {measure}}}
"""


TYPED_TOPIC = "".join(
    [
        "topic: typed\ntitle: Types\nexpectations:\n",
        *(
            typed_expectation(name, number, "typed", measure)
            for name, measure in TYPED_MEASURES.items()
            for number in range(len(TYPED))
        ),
        *(
            typed_expectation("in-range", number, "ranged", "at_least: 7600, at_most: 9000")
            for number in range(len(RANGED))
        ),
    ]
)
MANUALS = {"promises": (PLATFORM, TOPIC), "typed_promises": (TYPED_PLATFORM, TYPED_TOPIC)}


Hosts = dict[str, dict[str, Any]]


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
    (folder / "actions").mkdir()
    (folder / "actions/given_facts.py").write_text(GIVEN_FACTS, "utf-8")
    for role, (platform, topic) in MANUALS.items():
        files = {"manual": MANUAL, "platforms/vm": platform, "expectations/node": topic}
        for name, text in files.items():
            path = folder / "manuals" / role / f"data/{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        write_role_files(folder / role, role_files(role_data(catalogue_of(folder, role)), role))
    return folder


def catalogue_of(roles: Path, role: str) -> Catalogue:
    catalogue = load(roles / "manuals" / role).catalogue
    assert catalogue is not None
    return catalogue


def run(roles: Path, hosts: Hosts, folder: Path, plays: list[dict[str, Any]], *words: str) -> Any:
    """Run plays on hosts with variables; facts in ``given`` are known before."""
    return ansible_runner.run(
        private_data_dir=str(folder),
        playbook=plays,
        inventory={"all": {"hosts": hosts, "vars": VARIABLES}},
        envvars={
            "ANSIBLE_ROLES_PATH": str(roles),
            "ANSIBLE_ACTION_PLUGINS": str(roles / "actions"),
        },
        cmdline=" ".join(("--forks 2", *words)),
        quiet=True,
    )


def played(runner: Any) -> Played:
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
    hosts["typed"] = node("typed", given=TYPED_FACTS, role="typed_promises")
    return played(run(roles, hosts, tmp_path_factory.mktemp("run"), [PLAY]))


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
    assert nodes.failed["less"] == [broken("memory", MEMORY, "7599")]
    message = (
        "in-range-{0} is broken: the label typed promises ansible_ranged_{0} 7600 to 9000, and "
        "this node of ovh-gra1 has {1}. A value, {2}/generated/expectations/in-range-{0}.html"
    )
    failed = [one for one in nodes.failed["typed"] if one.startswith("in-range-")]
    assert failed == [message.format(0, 7599, SITE), message.format(4, 9001, SITE)]
    assert [one for one in nodes.said["typed"] if one.startswith("in-range-")] == []


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
    """And a text as a number: those of the first two values, and the one in the range."""
    compared = {"as-number-0", "as-text-1", "in-range-2"}
    messages = [*nodes.failed["typed"], *nodes.said["typed"]]
    assert not compared & {message.partition(" ")[0] for message in messages}


@pytest.fixture(scope="module")
def verified(roles: Path, tmp_path_factory: pytest.TempPathFactory) -> NodeVerification:
    """Return what ``verify`` says of the nodes whose facts have several types."""
    catalogue = catalogue_of(roles, "typed_promises")
    node = facts_of(
        json.dumps({f"ansible_{name}": value for name, value in TYPED_FACTS.items()}).encode(),
        source="typed",
        node="node",
        kind=NodeKind("typed"),
        asked=AskedFacts.of(catalogue),
        now=datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC),
    )
    store = FactsStore(tmp_path_factory.mktemp("store"))
    return verification_of(catalogue, store, store.collect([node]))


@pytest.mark.parametrize("name", TYPED_MEASURES)
def test_verify_and_the_role_compare_the_same_values(
    nodes: Played, verified: NodeVerification, name: str
):
    expectations = [f"{name}-{number}" for number in range(len(TYPED))]
    broken = {message.partition(" is broken")[0] for message in nodes.failed["typed"]}
    unclear = {message.partition(" is not comp")[0] for message in nodes.said["typed"]}
    of_role = [
        "not-measured" if one in unclear else "broken" if one in broken else "kept"
        for one in expectations
    ]
    measured = {one.promise.expectation: one for one in verified.measured}
    of_verify = [
        "broken" if one.broken else "kept" if one.counts[NodeOutcome.KEPT] else "not-measured"
        for one in (measured[expectation] for expectation in expectations)
    ]
    assert [*zip(TYPED, of_role, strict=True)] == [*zip(TYPED, of_verify, strict=True)]
    assert set(of_role) == {"broken", "kept", "not-measured"}


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
    assert {"two", "before"}.isdisjoint(nodes.said)
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


SUBSETS = ["hardware", "min", "network", "virtual"]
ONLY = [["!all", "!min", subset] if subset != "min" else ["!all"] for subset in SUBSETS]
GATHERING = {
    "ansible.builtin.setup": {"gather_subset": "{{ item }}"},
    "loop": [["all"], *ONLY],
}


class Here(NamedTuple):
    """What a play on this machine said, and the names of facts that each subset has."""

    played: Played
    subsets: list[set[str]]


HERE: Hosts = {
    "true": {"groundrules_label": "here", "groundrules_skip": ["gone"]},
    "false": {"groundrules_label": "here"},
}


@pytest.fixture(scope="module")
def here(roles: Path, tmp_path_factory: pytest.TempPathFactory) -> Here:
    """Run the role on this machine, then gather its facts by subset."""
    gather = {"hosts": "true", "gather_facts": False, "tasks": [GATHERING]}
    runner = run(roles, HERE, tmp_path_factory.mktemp("here"), [PLAY, gather])
    subsets = [
        {name.removeprefix("ansible_") for name in event["event_data"]["res"]["ansible_facts"]}
        for event in runner.events
        if event["event"] == "runner_item_on_ok"
        and event["event_data"]["task_action"].endswith("setup")
    ]
    return Here(played(runner), subsets)


@pytest.fixture(scope="module")
def checked(roles: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Run the role on this machine in check mode: that of a play alone sets no variable."""
    return played(run(roles, HERE, tmp_path_factory.mktemp("checked"), [PLAY], "--check"))


@pytest.mark.parametrize("mode", ["run", "check mode"])
def test_this_machine_keeps_a_true_promise_and_breaks_a_false_one(
    here: Here, checked: Played, mode: str
):
    done = here.played if mode == "run" else checked
    (message,) = done.failed["false"]
    assert message.startswith(
        "gone is broken: the label here promises ansible_memtotal_mb at most 1 MB, and this node "
        "of an unknown provider has "
    )
    assert done.failed.keys() == {"false"}
    assert (done.said, done.changed) == ({}, set())
    assert ("Gather the facts that are missing", "true") in done.ran


def test_a_subset_has_the_facts_that_are_gathered_with_it(here: Here):
    every, by_subset = here.subsets[0], dict(zip(SUBSETS, here.subsets[1:], strict=True))
    missing = {
        name
        for name in every
        if (gathered := by_subset.get(subset_of(name))) is not None and name not in gathered
    }
    assert missing == set()
    assert {"memtotal_mb", "processor_vcpus", "default_ipv4", "architecture"} <= every
