"""``groundrules verify --fetch``: what the command prints, and when it asks a server."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from command_runs import CommandRuns
from served_logs import FACTS, INVENTORY, ServedLogs
from served_zuul import served

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

HERE = Path(__file__).parent
pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def zuul():
    with served(ServedLogs()) as zuul:
        for number in range(3):
            zuul.add(number)
        yield zuul


@pytest.fixture
def run(zuul, tmp_path, monkeypatch):
    shutil.copytree(HERE / "manual", tmp_path / "manual")
    runs = CommandRuns(monkeypatch)

    def output(*options):
        said = runs.output(tmp_path / "manual", "verify", *options)
        return said.partition("\n")[2].replace(zuul.url, "URL")

    return output


KEPT = """\
kept     memory: small from rax DFW: {nodes} with 7600 to 9000 MB
unknown  release: small from rax DFW: {counted} without a comparable ansible_distribution_release
unknown  swap: small from rax DFW: {counted} without a comparable ansible_swaptotal_mb

"""


def kept(nodes: int) -> str:
    """Return the report of nodes of which each keeps the only promise that can be compared."""
    counted = f"{nodes} node" + ("s" if nodes > 1 else "")
    return KEPT.format(nodes=f"{nodes} of {counted}", counted=counted)


def test_builds_of_a_zuul_are_compared(zuul, run):
    zuul.put(1, "host-info.node.yaml", FACTS.format(2000))
    zuul.builds["main"][2]["log_url"] = None
    said = run("--zuul-url", zuul.url, "--tenant", "main", "--fetch", "--rate", "1000/s")
    assert said == (
        "broken   memory: small from rax DFW: 1 of 2 nodes with 7600 to 9000 MB, 1 with less, from "
        "2000 to 7955\n"
        "unknown  release: small from rax DFW: 2 nodes without a comparable "
        "ansible_distribution_release\n"
        "unknown  swap: small from rax DFW: 2 nodes without a comparable ansible_swaptotal_mb\n\n"
        "data/expectations/machine.yaml:8:14: memory: 1 of 2 nodes of small from rax DFW had less "
        "than is guaranteed: ansible_memtotal_mb is 7600 to 9000 MB; node had 2000 "
        "(URL/logs/1/zuul-info/host-info.node.yaml) [GR701]\n"
        "1 finding in 1 file\n"
        f"not checked: URL/t/main/build/{2:032}: the build has no logs\n"
        "3 promises on 2 nodes: 1 broken, 2 unknown; 1 input skipped.\n"
        "exit code 1\n"
    )


def test_the_next_run_asks_for_new_builds_only(zuul, run):
    options = ("--zuul-url", zuul.url, "--fetch", "--rate", "1000", "--store", "facts")
    assert run(*options, "--limit", "2").startswith(kept(2))
    zuul.paths()
    assert run(*options).startswith(kept(3))
    assert [path for path in zuul.paths() if "host-info" in path] == [
        "/2/zuul-info/host-info.node.yaml"
    ]


def test_a_list_of_addresses_is_read_beside_files(zuul, run, tmp_path):
    manual = tmp_path / "manual"
    (manual / "list.txt").write_text(f"# builds\n{zuul.url}/logs/0/\nlogs/1/\n")
    (manual / "host-info.own.yaml").write_text(FACTS.format(8000))
    (manual / "inventory.yaml").write_text(INVENTORY.format("own", "small"))
    options = ("--facts", "list.txt", "host-info.own.yaml", "--fetch")
    said = run(*options, "--log-host", "127.0.0.1", "--rate", "1000")
    assert said.endswith(
        "not checked: list.txt:3: 'logs/1/' is not an address that begins with https:// or http://\n"
        "3 promises on 2 nodes: 1 kept, 2 unknown; 1 input skipped.\n"
        "exit code 0\n"
    )
    said = run(*options)
    assert said.splitlines()[-4:] == [
        "not checked: URL/logs/0: 127.0.0.1 has the address 127.0.0.1, which is not public; to "
        "read from it, use --log-host 127.0.0.1",
        "not checked: list.txt:3: 'logs/1/' is not an address that begins with https:// or http://",
        "3 promises on 1 node: 1 kept, 2 unknown; 2 inputs skipped.",
        "exit code 0",
    ]


def test_nothing_is_asked_without_fetch(zuul, run, tmp_path):
    chosen = ("--project", "team/a", "--pipeline", "gate", "--job", "web", "--since", "2026-11-01")
    (tmp_path / "manual/list.txt").write_text(f"{zuul.url}/logs/0/\n{zuul.url}/logs/1/\n")
    options = ("--zuul-url", zuul.url, "--tenant", "main", *chosen, "--limit", "7", "list.txt")
    assert run(*options).endswith(
        "Error: nothing was fetched; with --fetch, it would list 7 builds of the tenant main at "
        "URL, project team/a, pipeline gate, job_name web, ended since 2026-11-01, and fetch "
        "zuul-info/inventory.yaml and zuul-info/host-info.*.yaml of each from its logs and fetch "
        "2 files that list.txt names\n"
        "exit code 2\n"
    )
    assert zuul.requests == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--fetch",), "--fetch needs --zuul-url, or a file with addresses of facts"),
        (("--tenant", "main"), "--tenant chooses builds of a Zuul; add --zuul-url"),
        (("--project", "a"), "--project chooses builds of a Zuul; add --zuul-url"),
        (("--since", "2026-11-01"), "--since chooses builds of a Zuul; add --zuul-url"),
        (
            ("--rate", "fast"),
            "Invalid value for '--rate': 'fast' is not a rate; write a number such as 5/s",
        ),
        (
            ("--rate", "0"),
            "Invalid value for '--rate': '0' is not a rate; write a number such as 5/s",
        ),
        (
            ("--zuul-url", "ftp://zuul.example.org", "--fetch"),
            "'ftp://zuul.example.org' is not an address that begins with https:// or http://",
        ),
        (
            ("--zuul-url", "https://zuul.example.org/t/main/builds", "--fetch"),
            "'https://zuul.example.org/t/main/builds' is the address of a page of Zuul; use "
            "https://zuul.example.org and the tenant main",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused(run, options, message):
    assert run(*options).endswith(f"Error: {message}\nexit code 2\n")


def test_an_unknown_tenant_is_named(zuul, run):
    said = run("--zuul-url", zuul.url, "--tenant", "mian", "--fetch", "--rate", "1000")
    assert said == (
        "groundrules: builds cannot be listed: URL has no tenant 'mian'; did you mean 'main'?\n"
        "exit code 3\n"
    )


def test_builds_without_facts_are_nothing_to_compare(zuul, run):
    zuul.builds["main"].clear()
    said = run("--zuul-url", zuul.url, "--tenant", "main", "--fetch", "--rate", "1000")
    assert said.endswith(
        "groundrules: nothing was compared: no facts of a node were read\nexit code 3\n"
    )


def test_without_httpx_the_extra_is_named(zuul, run, monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    said = run("--zuul-url", zuul.url, "--tenant", "main", "--fetch")
    assert said == (
        "groundrules: httpx is not installed; install groundrules[verify]\nexit code 3\n"
    )
