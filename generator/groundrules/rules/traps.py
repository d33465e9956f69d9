"""The rules of traps in a real configuration itself (GR4xx).

An example is a complete configuration: a repository on its own, or a tenant (``main.yaml``) with
its repositories.
"""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity
from groundrules.rules.examples import BASE, TENANT

_WEB = "- job: {name: web, parent: null, run: web.yaml}\n"
_JOBS = "# .zuul.yaml\n" + BASE + _WEB

SOFT_NOWHERE = Rule(
    id="GR401",
    name="soft-dependency-without-effect",
    summary="A soft dependency names a job that runs in none of its pipelines.",
    severity=Severity.WARNING,
    explanation=(
        "A soft dependency only has an effect where the other job is in the same graph. Zuul "
        "only requires that the job is defined, so the order is lost without a message when the "
        "other job is renamed or removed from the pipelines. Not reported where a library of "
        "jobs declares it for the projects that use it. In a pipeline for which the manual "
        "documents the dependency, GR204 reports the loss."
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
    name="soft-dependency-lost-here",
    summary="A soft dependency has an effect in one pipeline of a project and none in another.",
    severity=Severity.WARNING,
    explanation=(
        "Often a YAML alias repeats the entry of one pipeline in a second one, where the other "
        "job does not run: the order is lost there without a message. Two soft dependencies of "
        "which each pipeline has one ('build' in check, 'upload' in gate) are what softness is "
        "for, and so is another branch that lacks a job. Not reported for a library of jobs, whose "
        "users have the other job or not. In a repository on its own, a stanza of another "
        "repository may add the job, and the message says so. GR204 reports where a documented "
        "dependency is lost."
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
    summary="A job requires one that is not in the graph, so no job runs there.",
    explanation=(
        "If a hard dependency is missing, Zuul refuses the whole graph, not only the one job. "
        "This often happens on the branch where the other job has no definition, long after the "
        "change that caused it was merged on another branch."
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
        "A job that no changed file matches still runs when a job that runs requires it. If "
        "that job has no file matcher itself, the matcher of the required job has no effect at "
        "all: the job runs for every change. With a soft dependency it is left out when nothing "
        "matches."
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
    summary="A dependency is already implied by others.",
    severity=Severity.WARNING,
    explanation=(
        "It adds no order, and it hides which dependencies matter. Reported only where the "
        "longer way holds whenever both jobs run, in every pipeline that has the dependency: a "
        "job in between that a file matcher can leave out takes its dependencies with it, and a "
        "hard dependency is replaced by hard ones only. One finding names all of a job, so an "
        "ignore comment at any of them applies to all. A dependency that the manual documents "
        "or plans is kept for the reason given there, and so is one that a rule of a graph "
        "requires with `directly`."
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
    name="circular-dependency",
    summary="Jobs of the real configuration wait for each other.",
    explanation=(
        "None of them could ever start, so Zuul refuses the graph and runs no job. Soft "
        "dependencies count, and the circle may exist in one pipeline or on one branch only."
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
    summary="A job is defined and no pipeline runs it or job inherits from it.",
    severity=Severity.WARNING,
    explanation=(
        "It looks like a test and tests nothing, and it makes changes of what it needs harder. "
        "Not reported for abstract jobs, for a repository on its own, and for a project whose "
        "jobs, templates or roles other projects use: the jobs of a library may be used in "
        "another tenant."
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
        "A change of the intended file does not start the job. A matcher is compared with all "
        "paths of all branches where it applies, and only where all paths are known: in git, or "
        "in a folder that also has a playbook of its jobs. A copy of only the configuration "
        "does not show which other files exist. An expression in 'irrelevant-files' that "
        "matches nothing is reported only where it differs from a path by a slip: such lists "
        "are copied as a whole and do no harm. The same holds for a job that other repositories "
        "may use."
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
    name="serialized-jobs",
    summary="A semaphore of one makes independent jobs run one after the other.",
    severity=Severity.WARNING,
    explanation=(
        "Without the semaphore the jobs of the graph would run in parallel; it makes them run "
        "one after the other, in an order that nobody chose. Often it remains from a time when "
        "dependencies were not declared: with dependencies, 'max' can be raised. Not reported "
        "where the manual documents that jobs of the project hold it, and not for playbooks "
        "that hold it: their jobs run in parallel, and only the playbook never runs twice at "
        "once."
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
    summary="A job has both a hard and a soft dependency on another.",
    severity=Severity.WARNING,
    explanation=(
        "Zuul keeps both. If the other job is missing, the hard one is an error and the soft "
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
    name="misspelled-file-matcher",
    summary="A path in a file matcher differs by one letter from one that is used often.",
    severity=Severity.WARNING,
    explanation=(
        "Where the files of a repository are not known, it cannot be checked whether a path "
        "exists. But when three or more places spell a path in one way, and a single one has a "
        "letter too few or too many, it is probably a mistake. Numbers, plurals and signs "
        "between words do not count: they distinguish different files."
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
