"""The rules of traps in a real configuration itself (GR4xx).

An example is a whole little world: a repository on its own, or a tenant (``main.yaml``) with
its repositories.
"""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity
from groundrules.rules.examples import BASE, TENANT

_WEB = "- job: {name: web, parent: null, run: web.yaml}\n"
_JOBS = "# .zuul.yaml\n" + BASE + _WEB

SOFT_NOWHERE = Rule(
    id="GR401",
    name="soft-dependency-nowhere",
    summary="A job waits softly for one that is in none of its pipelines.",
    severity=Severity.WARNING,
    explanation=(
        "A soft dependency counts only where the other job is in the same graph. Zuul asks "
        "that it is defined somewhere and nothing more, so that the order is lost in silence "
        "when the other job is taken out of the pipelines or renamed. Not reported where a "
        "library of jobs says it for whatever project comes along. In a pipeline for which the "
        "manual documents the dependency, GR204 tells that it is lost."
    ),
    bad=(
        _JOBS + "- project:\n    deploy:\n      jobs:\n"
        "        - web: {dependencies: [{name: base, soft: true}]}\n"
    ),
    good=(
        _JOBS + "- project:\n    deploy:\n      jobs:\n        - base\n"
        "        - web: {dependencies: [{name: base, soft: true}]}\n"
    ),
)
SOFT_NOT_HERE = Rule(
    id="GR402",
    name="soft-dependency-not-here",
    summary="A soft dependency holds in one pipeline of a project and is lost in another.",
    severity=Severity.WARNING,
    explanation=(
        "Most often a YAML alias repeats what one pipeline says in a second one, where the "
        "other job is not: the order that everybody believes in is lost there, and nothing is "
        "said. Two soft dependencies of which each pipeline has one ('build' in check, "
        "'upload' in gate) are what softness is for, and so is another branch that lacks a job. "
        "Of a dependency that the manual documents, GR204 tells where it is lost."
    ),
    bad=(
        _JOBS + "- project:\n    deploy:\n      jobs:\n        - base\n"
        "        - web: &web {dependencies: [{name: base, soft: true}]}\n"
        "    hourly:\n      jobs:\n        - web: *web\n"
    ),
    good=(
        _JOBS + "- project:\n    deploy:\n      jobs:\n        - base\n"
        "        - web: {dependencies: [{name: base, soft: true}]}\n"
        "    hourly:\n      jobs:\n        - web\n"
    ),
)
HARD_MISSING = Rule(
    id="GR403",
    name="hard-dependency-missing",
    summary="A job needs one that is not in the graph, so that no job runs there.",
    explanation=(
        "A hard dependency that is missing makes Zuul refuse the whole graph, not the one job. "
        "It happens on the branch where the other job has no definition, long after the change "
        "that caused it was merged on another."
    ),
    bad=(
        "# .zuul.yaml\n- job: {name: base, parent: null, run: base.yaml, branches: ^stable/}\n"
        + _WEB
        + "- project: {check: {jobs: [base, {web: {dependencies: [base]}}]}}\n"
    ),
    good=_JOBS + "- project: {check: {jobs: [base, {web: {dependencies: [base]}}]}}\n",
)
FORCED_JOB = Rule(
    id="GR404",
    name="forced-job",
    summary="A hard dependency makes the file matcher of the other job useless.",
    severity=Severity.WARNING,
    explanation=(
        "A job that no changed file matches runs all the same when a job that runs needs it. "
        "Where that one has no file matcher itself, the other one's has no effect at all: it "
        "runs for every change. A soft dependency leaves it out when nothing matches."
    ),
    bad=(
        "# .zuul.yaml\n- job: {name: base, parent: null, run: base.yaml, files: ^base}\n"
        + _WEB
        + "- project: {check: {jobs: [base, {web: {dependencies: [base]}}]}}\n"
        "# base.yaml\n- hosts: all\n"
    ),
    good=(
        "# .zuul.yaml\n- job: {name: base, parent: null, run: base.yaml, files: ^base}\n"
        + _WEB
        + "- project: {check: {jobs: [base, {web: {dependencies: [{name: base, soft: true}]}}]}}\n"
        "# base.yaml\n- hosts: all\n"
    ),
)
REDUNDANT = Rule(
    id="GR405",
    name="redundant-dependency",
    summary="A dependency is implied already by others.",
    severity=Severity.WARNING,
    explanation=(
        "It adds no order, and it hides which dependencies matter. Reported only where the "
        "longer way holds whenever both jobs run, in every pipeline that the dependency comes "
        "into: a job in between that a file matcher can leave out takes its edges with it, and "
        "a hard dependency is replaced by hard ones only. One that the manual documents or "
        "plans is kept for the reason given there, and so is one that a rule of a graph demands "
        "with `directly`."
    ),
    bad=(
        _JOBS + "- job: {name: certificates, parent: null, run: certificates.yaml}\n"
        "- project:\n    deploy:\n      jobs:\n        - base\n"
        "        - certificates: {dependencies: [base]}\n"
        "        - web: {dependencies: [base, certificates]}\n"
    ),
    good=(
        _JOBS + "- job: {name: certificates, parent: null, run: certificates.yaml}\n"
        "- project:\n    deploy:\n      jobs:\n        - base\n"
        "        - certificates: {dependencies: [base]}\n"
        "        - web: {dependencies: [certificates]}\n"
    ),
)
CIRCLE = Rule(
    id="GR406",
    name="jobs-in-a-circle",
    summary="Jobs of the real configuration wait for each other in a circle.",
    explanation=(
        "None of them could ever start, so Zuul refuses the graph and runs nothing. Soft "
        "dependencies count, and a circle may exist in one pipeline or on one branch only."
    ),
    bad=(
        _JOBS + "- project:\n    check:\n      jobs:\n        - base: {dependencies: [web]}\n"
        "        - web: {dependencies: [{name: base, soft: true}]}\n"
    ),
    good=(
        _JOBS + "- project:\n    check:\n      jobs:\n        - base\n"
        "        - web: {dependencies: [{name: base, soft: true}]}\n"
    ),
)
UNUSED_JOB = Rule(
    id="GR407",
    name="unused-job",
    summary="A job is defined and nothing runs it or inherits from it.",
    severity=Severity.WARNING,
    explanation=(
        "It looks like a test and tests nothing, and whoever changes what it needs takes it "
        "into account for nothing. Not reported for abstract jobs, for a repository on its own, "
        "and for a project of which others use a job or template: what a library defines may "
        "be used in another tenant."
    ),
    bad=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [base]}}\n",
    good=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n",
)
NO_FILE = Rule(
    id="GR408",
    name="file-matcher-without-file",
    summary="A file matcher matches no file of the repository.",
    severity=Severity.WARNING,
    explanation=(
        "A change of the file that was meant does not start the job. Held against all paths of "
        "all branches where the job runs, and only where they are at hand: in git, or in a "
        "folder that has a playbook of its jobs too. A copy of the configuration alone tells "
        "nothing of other files. An expression in "
        "'irrelevant-files' that matches nothing is reported only where it misses a path by a "
        "slip: such lists are copied whole, and do no harm. The same holds for a job that other "
        "repositories may use."
    ),
    bad=(
        "# .zuul.yaml\n- job:\n    name: web\n    parent: null\n    run: playbooks/web.yaml\n"
        "    files: playbooks/wbe.yaml\n- project: {check: {jobs: [web]}}\n"
        "# playbooks/web.yaml\n- hosts: all\n"
    ),
    good=(
        "# .zuul.yaml\n- job:\n    name: web\n    parent: null\n    run: playbooks/web.yaml\n"
        "    files: playbooks/web.yaml\n- project: {check: {jobs: [web]}}\n"
        "# playbooks/web.yaml\n- hosts: all\n"
    ),
)
SERIALIZED = Rule(
    id="GR409",
    name="jobs-take-turns",
    summary="A semaphore of one makes independent jobs run one after the other.",
    severity=Severity.WARNING,
    explanation=(
        "The graph would run them side by side; the semaphore makes them take turns, in an "
        "order that nobody chose. It is often what is left of a time when dependencies were "
        "not written down: with them, 'max' can be raised. Not reported where the manual "
        "documents that jobs of the project hold it, nor of playbooks that hold it: their jobs "
        "run side by side, and only the playbook is kept from running twice at once."
    ),
    bad=(
        "# .zuul.yaml\n- semaphore: {name: bridge, max: 1}\n"
        "- job: {name: base, parent: null, run: base.yaml, semaphore: bridge}\n"
        "- job: {name: web, parent: null, run: web.yaml, semaphore: bridge}\n"
        "- project: {deploy: {jobs: [base, web]}}\n"
    ),
    good=(
        "# .zuul.yaml\n- semaphore: {name: bridge, max: 4}\n"
        "- job: {name: base, parent: null, run: base.yaml, semaphore: bridge}\n"
        "- job: {name: web, parent: null, run: web.yaml, semaphore: bridge}\n"
        "- project: {deploy: {jobs: [base, web]}}\n"
    ),
)
HARD_AND_SOFT = Rule(
    id="GR410",
    name="hard-and-soft",
    summary="One job waits for another both hard and soft.",
    severity=Severity.WARNING,
    explanation=(
        "Zuul keeps both. Where the other job is missing, the hard one is an error and the soft "
        "one is not; which of them Zuul looks at first changes from run to run."
    ),
    bad=(
        _JOBS + "- project:\n    check:\n      jobs:\n        - base\n"
        "        - web: {dependencies: [base, {name: base, soft: true}]}\n"
    ),
    good=(
        _JOBS + "- project:\n    check:\n      jobs:\n        - base\n"
        "        - web: {dependencies: [base]}\n"
    ),
)
_PATHS = (
    "# .zuul.yaml\n"
    "- job: {name: one, parent: null, run: one.yaml, files: playbooks/%sbridge.yaml}\n"
    "- job: {name: two, parent: null, run: two.yaml, files: playbooks/bootstrap-bridge.yaml}\n"
    "- job: {name: three, parent: null, run: 3.yaml, files: playbooks/bootstrap-bridge.yaml}\n"
    "- job: {name: four, parent: null, run: 4.yaml, files: playbooks/bootstrap-bridge.yaml}\n"
    "- project: {check: {jobs: [one, two, three, four]}}\n"
)
MISSPELLED = Rule(
    id="GR411",
    name="misspelt-file-matcher",
    summary="A path in a file matcher is a letter away from one that is written often.",
    severity=Severity.WARNING,
    explanation=(
        "Where not all files of a repository are at hand, nobody can tell whether a path is "
        "there. But when three or more places spell a path in one way, and a single one leaves "
        "out a letter of it or has one too many, it is most likely a slip. Numbers, plurals and "
        "signs between words do not count: they tell different files apart."
    ),
    bad=_PATHS % "boostrap-",
    good=_PATHS % "bootstrap-",
)
UNKNOWN_PIPELINE = Rule(
    id="GR412",
    name="unknown-pipeline",
    summary="A project adds jobs to a pipeline that is not defined.",
    severity=Severity.WARNING,
    explanation=(
        "Zuul ignores what a project or template says of a pipeline that no config project "
        "defines, and reports nothing: the jobs never run. Only reported where all "
        "repositories of the tenant are available, and not for the templates of a library of "
        "jobs, which may be used in other tenants."
    ),
    bad=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {chekc: {jobs: [web]}}\n",
    good=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n",
)
