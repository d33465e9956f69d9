"""The rules of policy: statements of a graph about many jobs (GR3xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
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
        "The `rules` of a graph apply to all matching jobs: documented, undocumented and future "
        "ones. Each of these jobs must wait for the job of the rule, directly or indirectly; with "
        "`directly`, only directly. The job of the rule and its own dependencies are exempt, and "
        "so are pipelines in which it is documented not to run. If the missing documented "
        "dependencies of a job would satisfy the rule, they are reported (GR204) and the rule is "
        "not. The suggestion is the complete list of dependencies, including those that other "
        "rules require."
    ),
    bad=HERE + _RULED % "name: 'web*'" + REAL % (BOTH % "prepare" + ", web-two") + _TWO,
    good=(
        HERE + _RULED % "name: 'web*'"
        + REAL % (BOTH % "prepare" + ", web-two: {dependencies: [web]}") + _TWO
    ),
)  # fmt: skip
POLICY_WITHOUT_JOB = warning(
    id="GR302",
    name="policy-without-job",
    summary="A rule of a graph applies to no real job.",
    explanation=(
        "The rule has no effect: jobs were renamed, or a parent or file matcher changed. Tags are "
        "those of the real job and the documented ones."
    ),
    bad=HERE + _RULED % "files: play/web.yaml" + REAL % (BOTH % "prepare"),
    good=HERE + _RULED % "tag: server" + REAL % (BOTH % "prepare"),
)
