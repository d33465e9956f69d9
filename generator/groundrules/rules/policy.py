"""The rules of policy: statements of a graph over many jobs (GR3xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity
from groundrules.rules.examples import BOTH, HERE, REAL, WAITS

_RULED = WAITS % "" + (
    "  tags: [server]\n  files: [play/web.yaml]\nrules:\n"
    "- {id: prepared, every: {%s}, waits_for: prepare, why: Users first.}\n"
)
_TWO = "- job: {name: web-two, parent: null}\n"

POLICY_BROKEN = Rule(
    id="GR301",
    name="policy-broken",
    summary="A job breaks a rule of its graph.",
    explanation=(
        "A graph's `rules` speak of every job of a kind, documented or not, those of tomorrow "
        "too. The job named has to wait for the other, through others unless the rule says "
        "`directly`. The job itself and those that it waits for are left out, and so are "
        "pipelines for which it is documented not to run. Where it would keep to the rule if only "
        "it had the dependencies that it is documented to have, those are told (GR204) and the "
        "rule is not; the suggestion is the whole list, with what other rules demand of the job."
    ),
    bad=HERE + _RULED % "name: 'web*'" + REAL % (BOTH % "prepare" + ", web-two") + _TWO,
    good=(
        HERE + _RULED % "name: 'web*'"
        + REAL % (BOTH % "prepare" + ", web-two: {dependencies: [web]}") + _TWO
    ),
)  # fmt: skip
POLICY_WITHOUT_JOB = Rule(
    id="GR302",
    name="policy-without-job",
    summary="A rule of a graph speaks of no real job.",
    explanation=(
        "It looks like protection and protects nothing: jobs were renamed, or a parent or file "
        "matcher changed. Tags are those of the real job and those documented."
    ),
    severity=Severity.WARNING,
    bad=HERE + _RULED % "files: play/web.yaml" + REAL % (BOTH % "prepare"),
    good=HERE + _RULED % "tag: server" + REAL % (BOTH % "prepare"),
)
