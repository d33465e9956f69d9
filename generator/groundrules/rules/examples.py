"""The files of examples, and files that many examples share.

An example is one or more files: a line ``# PATH`` names the file that follows it, and
``\\xE9`` is written for the byte that it names.
"""

from __future__ import annotations

import re

# a tenant with one pipeline and a base job
BASE = "- job: {name: base, parent: null, run: base.yaml}\n"
TENANT = (
    "# main.yaml\n- tenant:\n    name: ours\n"
    "    source: {git: {config-projects: [config], untrusted-projects: [app]}}\n"
    "# config/zuul.yaml\n- pipeline: {name: check, manager: independent}\n" + BASE
)
# a file of Zuul with one job
JOB = "- job:\n    name: unit-test\n    parent: null\n    run: play.yaml\n"
GOOD = f"# .zuul.yaml\n{JOB}"
# a platform, and one with a label of which more is said
VM = "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n"
LABEL = VM + "labels:\n- {name: small, operating_system: %s}\n"
# the documented jobs of a graph
JOBS = (
    "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
    "project: team/config\npipelines: [deploy]\njobs:\n"
)
# one expectation, whose value is left out
NETWORK = (
    "# data/expectations/network.yaml\ntopic: network\ntitle: Network\nexpectations:\n"
    "- {id: ipv6, title: IPv6, standing: %s, statement: It may be there.}\n"
)
MEMORY = (
    "# data/expectations/memory.yaml\ntopic: memory\ntitle: Memory\nexpectations:\n"
    "- id: memory\n  title: Memory\n  standing: guaranteed\n  statement: Enough.\n"
    "  measure: {fact: %s}\n"
)
# a manual, a documented graph, and the configuration beside them
HERE = (
    "# data/manual.yaml\ntitle: Our jobs\npublisher: The CI team\nsummary: What waits for what.\n"
    "configurations: [{id: ours, title: Our CI, path: .}]\n"
    "# data/graphs/deploy.yaml\nid: deploy\ntitle: Deployment\nconfiguration: ours\n"
    "project: team/config\npipelines: [deploy]\n"
)
WAITS = "jobs:\n- name: prepare\n- name: web\n  waits_for: [{job: prepare, %swhy: Users first.}]\n"
REAL = "# .zuul.yaml\n- job: {name: web, parent: null}\n- project: {deploy: {jobs: [%s]}}\n"
BOTH = "prepare, web: {dependencies: [%s]}"


def files_of(example: str) -> dict[str, bytes]:
    """Return the files of an example by their path.

    >>> files_of("# data/platforms/vm.yaml\\nid: vm\\n# data/manual.yaml\\n")
    {'data/platforms/vm.yaml': b'id: vm\\n', 'data/manual.yaml': b''}
    """
    parts = re.split(r"^# ((?:\S+/)?[^\s/]*\.[^\s/]+)\n", example, flags=re.MULTILINE)
    return {path: _bytes(text) for path, text in zip(parts[1::2], parts[2::2], strict=True)}


def _bytes(text: str) -> bytes:
    return re.sub(
        rb"\\x([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), text.encode()
    )
