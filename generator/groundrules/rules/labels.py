"""The rules of labels: what jobs ask for against what is documented (GR5xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity
from groundrules.rules.examples import TENANT

_LABEL = (
    "# data/platforms/vm.yaml\nid: vm\ntitle: Virtual machine\nsummary: One.\nlabels:\n"
    "- {name: debian-trixie-8GB, operating_system: Debian 13%s}\n"
)
_NODE = "    nodeset: {nodes: [{name: node, label: %s}]}\n- project: {check: {jobs: [web]}}\n"
_ASKS = "# .zuul.yaml\n- job:\n    name: web\n    parent: null\n    run: web.yaml\n" + _NODE

UNDOCUMENTED_LABEL = Rule(
    id="GR501",
    name="undocumented-label",
    summary="Jobs ask for a label that the manual does not know.",
    severity=Severity.WARNING,
    explanation=(
        "Whoever looks up what such a job may count on finds nothing. Reported once a label, "
        "with the number of jobs and projects, where the manual documents any label at all. "
        "Another is suggested only where the two are spelt alike word by word: one of another "
        "size or release is a label of its own."
    ),
    bad=_ASKS % "debian-trixy-8GB" + _LABEL % "",
    good=_ASKS % "debian-trixie-8GB" + _LABEL % "",
)
UNUSED_LABEL = Rule(
    id="GR502",
    name="unused-label",
    summary="A documented label is used nowhere.",
    severity=Severity.WARNING,
    explanation=(
        "It was renamed or removed and the manual was not told, or nobody needs it and its "
        "image is built for nothing. Said only where every project of every configuration is "
        "read: a tenant that leaves out what some of its projects say cannot tell."
    ),
    bad=(
        TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n"
        + _LABEL % ""
    ),
    good=(
        TENANT + "# app/.zuul.yaml\n- job:\n    name: web\n" + _NODE % "debian-trixie-8GB"
        + _LABEL % ""
    ),
)  # fmt: skip
REMOVED_LABEL = Rule(
    id="GR503",
    name="removed-label",
    summary="Jobs ask for a label that is gone.",
    explanation=(
        "No provider supplies it any more: the job waits until it times out, or fails with "
        "NODE_FAILURE. The day of removal is the one that the manual documents."
    ),
    bad=_ASKS % "debian-trixie-8GB" + _LABEL % ", removed: 2020-05-01",
    good=_ASKS % "debian-trixie-8GB" + _LABEL % "",
)
TOMBSTONE = Rule(
    id="GR504",
    name="tombstone-nodeset",
    summary="A job names a nodeset that was emptied because its nodes are gone.",
    explanation=(
        "A nodeset that many branches name cannot be removed without breaking them, so it is "
        "emptied: jobs that name it run without a node and fail. An empty nodeset counts as "
        "such a tombstone when its name has a word in common with a label or with a nodeset "
        "that has nodes. One that is written as 'nodes: []' in the job is for jobs that "
        "need no node, and so is one with a name of its own."
    ),
    bad=(
        "# .zuul.yaml\n- nodeset: {name: ubuntu-xenial, nodes: []}\n"
        "- nodeset: {name: ubuntu-noble, nodes: [{name: node, label: ubuntu-noble-8GB}]}\n"
        "- job: {name: web, parent: null, run: web.yaml, nodeset: ubuntu-xenial}\n"
        "- project: {check: {jobs: [web]}}\n"
    ),
    good=(
        "# .zuul.yaml\n- nodeset: {name: ubuntu-xenial, nodes: []}\n"
        "- nodeset: {name: ubuntu-noble, nodes: [{name: node, label: ubuntu-noble-8GB}]}\n"
        "- job: {name: web, parent: null, run: web.yaml, nodeset: ubuntu-noble}\n"
        "- project: {check: {jobs: [web]}}\n"
    ),
)
DEPRECATED_LABEL = Rule(
    id="GR505",
    name="deprecated-label",
    summary="Jobs ask for a label that is going to be removed.",
    severity=Severity.WARNING,
    explanation=(
        "What its removal will break: the number of jobs and projects, and the places where "
        "the label is written. One finding a label, at its record."
    ),
    bad=_ASKS % "debian-trixie-8GB" + _LABEL % ", deprecated: 2020-05-01",
    good=_ASKS % "debian-trixie-8GB" + _LABEL % "",
)
