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
        "The `rules` of a graph apply to every job of a kind, documented or not, and to future "
        "jobs. Each of these jobs has to wait for the job of the rule, through others unless "
        "the rule says `directly`. The job of the rule and those that it waits for are exempt, "
        "and so are pipelines for which it is documented not to run. Where a job would keep the "
        "rule if it had all its documented dependencies, these are reported (GR204) and the "
        "rule is not. The suggestion is the whole list of dependencies, with what other rules "
        "require of the job."
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
    summary="A rule of a graph applies to no real job.",
    severity=Severity.WARNING,
    explanation=(
        "It looks like protection and protects nothing: jobs were renamed, or a parent or file "
        "matcher changed. Tags are those of the real job and the documented ones."
    ),
    bad=HERE + _RULED % "files: play/web.yaml" + REAL % (BOTH % "prepare"),
    good=HERE + _RULED % "tag: server" + REAL % (BOTH % "prepare"),
)
