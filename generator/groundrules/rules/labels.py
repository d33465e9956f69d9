"""The rules of labels: requested labels compared with documented ones (GR5xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
from groundrules.rules.examples import TENANT, VM

_LABEL = VM + "labels:\n- {name: debian-trixie-8GB, operating_system: Debian 13%s}\n"
_NODE = "    nodeset: {nodes: [{name: node, label: %s}]}\n- project: {check: {jobs: [web]}}\n"
_REQUESTS = "# .zuul.yaml\n- job:\n    name: web\n    parent: null\n    run: web.yaml\n" + _NODE

UNDOCUMENTED_LABEL = warning(
    id="GR501",
    name="undocumented-label",
    summary="Jobs request a label that the manual does not document.",
    explanation=(
        "Readers cannot find out what such a job can count on. Each label is reported once, with "
        "the number of jobs and projects, if the manual documents any label at all. Another label "
        "is suggested only if the two differ in spelling: a label with another size or release is "
        "a different label."
    ),
    bad=_REQUESTS % "debian-trixy-8GB" + _LABEL % "",
    good=_REQUESTS % "debian-trixie-8GB" + _LABEL % "",
)
UNUSED_LABEL = warning(
    id="GR502",
    name="unused-label",
    summary="A documented label is not used.",
    explanation=(
        "The label was renamed or removed and the manual was not updated, or nobody needs it and "
        "its image is built for nothing. Reported only if every project of every configuration is "
        "read: if a tenant ignores part of a project's configuration, an unknown job may use the "
        "label."
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
    summary="Jobs request a label that was removed.",
    explanation=(
        "No provider supplies it any more: the job waits until it times out, or fails with "
        "NODE_FAILURE. The date in the message is the documented date of removal."
    ),
    bad=_REQUESTS % "debian-trixie-8GB" + _LABEL % ", removed: 2020-05-01",
    good=_REQUESTS % "debian-trixie-8GB" + _LABEL % "",
)
_EMPTIED = (
    "# .zuul.yaml\n- nodeset: {name: ubuntu-xenial, nodes: []}\n"
    "- nodeset: {name: ubuntu-noble, nodes: [{name: node, label: ubuntu-noble-8GB}]}\n"
    "- job: {name: web, parent: null, run: web.yaml, nodeset: %s}\n"
    "- project: {check: {jobs: [web]}}\n"
)
TOMBSTONE = Rule(
    id="GR504",
    name="tombstone-nodeset",
    summary="A job uses a nodeset that was emptied because its nodes were removed.",
    explanation=(
        "A nodeset that many branches name cannot be removed without breaking them, so it is "
        "emptied instead: jobs that name it run without a node and fail. An empty nodeset counts "
        "as such a tombstone if its name has a word in common with a label or with a nodeset that "
        "has nodes. A nodeset without such a word, and 'nodes: []' in the job itself, are for jobs "
        "that need no node."
    ),
    bad=_EMPTIED % "ubuntu-xenial",
    good=_EMPTIED % "ubuntu-noble",
)
DEPRECATED_LABEL = warning(
    id="GR505",
    name="deprecated-label",
    summary="Jobs request a label that will be removed.",
    explanation=(
        "The message says what the removal will break: the number of jobs and projects, and the "
        "places where the label is written. Each label is reported once, at its record."
    ),
    bad=_REQUESTS % "debian-trixie-8GB" + _LABEL % ", deprecated: 2020-05-01",
    good=_REQUESTS % "debian-trixie-8GB" + _LABEL % "",
)
NOT_SUPPLIED_LABEL = Rule(
    id="GR506",
    name="not-supplied-label",
    summary="Jobs request a label that no provider supplies.",
    explanation=(
        "The label is still defined, so the configuration is valid, but the job gets no node. The "
        "date in the message is the documented "
        "'not_supplied' date of the label. A date in the future is reported as GR505."
    ),
    bad=_REQUESTS % "debian-trixie-8GB" + _LABEL % ", not_supplied: 2020-05-01",
    good=_REQUESTS % "debian-trixie-8GB" + _LABEL % "",
)
