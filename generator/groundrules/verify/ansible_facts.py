"""`gathered`: the facts of this machine, or of the hosts of an inventory, by Ansible.

ansible-runner runs Ansible as a program, in a temporary folder of our own.  It is Ansible's
``setup`` module that runs on a host, which changes nothing there.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from typing import Any

import ansible_runner

from groundrules.verify.node_facts import KIND, NodeFacts, NodeKind, SkippedFacts, origin_name
from groundrules.verify.reading.ansible_output import why_not
from groundrules.verify.reading.node_build import FactReader
from groundrules.verify.reading.zuul_inventory import ZuulInventory
from groundrules.verify.setup_subsets import subsets_of

FORKS = 20
"""Hosts that Ansible asks at a time."""
SILENT = 300
"""Seconds without an answer after which Ansible is ended, such as one that asks for a password."""
_WAITING = 100  # results that wait to be read
_LOOK = 0.5  # seconds after which ansible-runner looks again whether Ansible is to be ended
_LOCAL = {
    "all": {
        "hosts": {
            "localhost": {
                "ansible_connection": "local",
                # as for Ansible's own localhost: the first Python in PATH may not work
                "ansible_python_interpreter": sys.executable,
            }
        }
    }
}
_OF_HOSTS = ("runner_on_ok", "runner_on_failed", "runner_on_unreachable")
_LONGEST = 300  # characters of a message of Ansible
Event = dict[str, Any]
Gathered = NodeFacts | SkippedFacts


def gathered(inventory: Path | None, reader: FactReader, forks: int = FORKS) -> Iterator[Gathered]:
    """Yield the facts of each host as soon as Ansible has them; ``None`` is this machine.

    A host that cannot be reached is skipped with Ansible's message.
    """
    with TemporaryDirectory(prefix="groundrules-") as folder:
        known = ZuulInventory(_kinds(inventory, folder) if inventory else {})
        hosts, name = 0, str(inventory) if inventory else "this machine"
        message = ""
        with _running(inventory, reader, folder, forks) as (runner, events):
            for event in events:
                if event.get("event") in _OF_HOSTS:
                    hosts += 1
                    yield _result(event, known, reader)
                else:
                    message = message or _message(event)
        if runner.status == "timeout":
            yield SkippedFacts(name, f"Ansible was ended after {SILENT} seconds without an answer")
        elif not hosts:
            yield SkippedFacts(name, f"Ansible gathered nothing: {message or 'it names no hosts'}")


def _result(event: Event, inventory: ZuulInventory, reader: FactReader) -> Gathered:
    """Return the facts in an event of a host.

    The time is part of the source: later facts of the same host are other facts.
    """
    data = event["event_data"]
    host, result = str(data.get("host")), data.get("res") or {}
    if event["event"] != "runner_on_ok":
        return SkippedFacts(host, _why_not(result))
    source = f"Ansible on {host} at {reader.moment:%Y-%m-%dT%H:%M:%SZ}"
    facts = reader.facts(json.dumps(result).encode(), source, host, inventory)
    return facts if isinstance(facts, NodeFacts) else SkippedFacts(host, facts.reason)


def _why_not(result: dict[str, Any]) -> str:
    """Return why a host has no facts, in the words of Ansible and of the host's Python."""
    words = (str(result.get(key) or "").partition("\n")[0] for key in ("msg", "module_stderr"))
    return why_not("; ".join(filter(None, words)), is_reached=not result.get("unreachable"))


@contextmanager
def _running(
    inventory: Path | None, reader: FactReader, folder: str, forks: int
) -> Iterator[tuple[Any, Iterator[Event]]]:
    """Run Ansible in a thread; yield its runner and events; cancel it if not all are read."""
    queue = Queue[Event | None](_WAITING)
    is_left = threading.Event()

    def put(event: Event) -> bool:
        if not is_left.is_set():
            queue.put(event)
        return False  # no file is written for it

    thread, runner = ansible_runner.run_async(
        private_data_dir=folder,
        inventory=str(inventory.resolve()) if inventory else _LOCAL,
        host_pattern="all",
        module="setup",
        module_args=f"gather_subset={','.join(subsets_of(reader.asked))}",
        forks=forks,
        envvars=_environment(),
        settings={"idle_timeout": SILENT, "pexpect_timeout": _LOOK},
        quiet=True,
        suppress_output_file=True,
        event_handler=put,
        cancel_callback=is_left.is_set,
        finished_callback=lambda runner: queue.put(None),
    )
    try:
        yield runner, _until_end(queue, thread)
    finally:
        is_left.set()
        while thread.is_alive():  # it can wait for a place in the queue
            with suppress(Empty):
                queue.get(timeout=0.1)


def _until_end(queue: Queue[Event | None], thread: threading.Thread) -> Iterator[Event]:
    """Yield events until the last one, or until the thread has ended without saying so."""
    while True:
        try:
            event = queue.get(timeout=1)
        except Empty:
            if not thread.is_alive() and queue.empty():
                return
            continue
        if event is None:
            return
        yield event


def _kinds(inventory: Path, folder: str) -> dict[str, NodeKind]:
    """Return the kinds of hosts that an inventory names, in ``nodepool`` as Zuul does.

    ``groundrules_label``, ``groundrules_provider`` and ``groundrules_region`` say the same.
    """
    answer, _ = ansible_runner.get_inventory(
        "list",
        [str(inventory.resolve())],
        response_format="json",
        private_data_dir=folder,
        envvars=_environment(),
        timeout=SILENT,
        quiet=True,
        suppress_env_files=True,
    )
    variables = answer.get("_meta", {}).get("hostvars", {}) if isinstance(answer, dict) else {}
    return {host: _kind(values) for host, values in variables.items() if isinstance(values, dict)}


def _kind(variables: dict[str, Any]) -> NodeKind:
    nodepool = variables.get("nodepool")
    of_zuul = nodepool if isinstance(nodepool, dict) else {}
    values = (of_zuul.get(name) or variables.get(f"groundrules_{name}") for name in KIND)
    return NodeKind(*map(origin_name, values))


def _message(event: Event) -> str:
    """Return Ansible's own message about the whole run."""
    text = " ".join(str(event.get("stdout") or "").split())
    if text.startswith("The command was not found"):  # pexpect's words
        return "it is not installed; install groundrules[verify]"
    return text.removeprefix("[WARNING]: ").removeprefix("[ERROR]: ")[:_LONGEST]


def _environment() -> dict[str, str]:
    """Return the variables of Ansible; the one that pip installed beside this Python is first."""
    own = os.path.dirname(sys.executable)  # noqa: PTH120
    return {
        "ANSIBLE_NOCOLOR": "True",
        "ANSIBLE_RETRY_FILES_ENABLED": "False",
        "PATH": os.pathsep.join((own, os.environ.get("PATH", os.defpath))),
    }
