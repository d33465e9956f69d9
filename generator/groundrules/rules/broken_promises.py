"""The rules of promises that real nodes break (GR7xx), which only ``verify`` reports.

An example is a manual and the logs of a build.
"""

from __future__ import annotations

from groundrules.diagnostics import Rule

_DATA = (
    "# data/manual.yaml\ntitle: Our nodes\npublisher: The CI team\nsummary: What nodes have.\n"
    "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\n"
    "labels: [{name: debian-13, operating_system: Debian 13}]\n"
    "# data/expectations/machine.yaml\ntopic: machine\ntitle: Machine\nexpectations:\n"
    "- id: %s\n  title: What a node has\n  standing: guaranteed\n  statement: It has this.\n"
    "  measure: {%s}\n"
)
_LOGS = (
    "# logs/zuul-info/host-info.node.yaml\n%s\n"
    "# logs/zuul-info/inventory.yaml\nall: {hosts: {node: {nodepool: {label: debian-13}}}}\n"
)
_MEMORY = _DATA % ("memory", "fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000") + _LOGS
_RELEASE = _DATA % ("release", "fact: ansible_distribution_release, equals: trixie") + _LOGS

LESS = Rule(
    id="GR701",
    name="less-than-promised",
    summary="A node has less than the manual guarantees.",
    explanation=(
        "The manual guarantees a lowest value, and a node had less. Jobs that rely on it fail "
        "there, and only there. The message counts the nodes of the label and provider that had "
        "less, and says since when. The kernel keeps some memory for itself: a node of 8 GB "
        "reports about 7,950 MB, so promise what the fact reports. What merely varies, or is "
        "present without a guarantee, is never reported."
    ),
    bad=_MEMORY % "ansible_memtotal_mb: 3916",
    good=_MEMORY % "ansible_memtotal_mb: 7964",
)
MORE = Rule(
    id="GR702",
    name="more-than-promised",
    summary="A node has more than the manual allows.",
    explanation=(
        "The manual guarantees a highest value, and a node had more. A change that needs more than "
        "is promised passes its tests on such a node, is merged, and fails on all others. Correct "
        "the node, or the promise if all nodes have more now."
    ),
    bad=_MEMORY % "ansible_memtotal_mb: 15990",
    good=_MEMORY % "ansible_memtotal_mb: 7964",
)
DIFFERENT = Rule(
    id="GR703",
    name="different-than-promised",
    summary="A node has another value than the manual guarantees.",
    explanation=(
        "The manual guarantees one value, or lists the possible ones, and a node had none of them: "
        "often an image was replaced, or a label moved to another release. A value of another "
        "type, such as a text where a number is promised, is not compared."
    ),
    bad=_RELEASE % "ansible_distribution_release: bookworm",
    good=_RELEASE % "ansible_distribution_release: trixie",
)
