"""The rules of traps in a real configuration itself (GR4xx).

An example is a complete configuration: a repository on its own, or a tenant (``main.yaml``) with
its repositories.
"""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
from groundrules.rules.examples import BASE, TENANT

_WEB = "- job: {name: web, parent: null, run: web.yaml}\n"
_JOBS = "# .zuul.yaml\n" + BASE + _WEB
_DEPLOY = _JOBS + "- project:\n    deploy:\n      jobs:\n"
_WEB_AFTER_BASE = "        - web: {dependencies: [{name: base, soft: true}]}\n"
_REQUIRES = "- project: {check: {jobs: [base, {web: {dependencies: [%s]}}]}}\n"

SOFT_NOWHERE = warning(
    id="GR401",
    name="soft-dependency-without-effect",
    summary="A soft dependency names a job that runs in none of its pipelines.",
    explanation=(
        "A soft dependency has an effect only if the other job is in the same graph. Zuul only "
        "requires that the job is defined. So the order is lost without a message when the other "
        "job is renamed or removed from the pipelines. Not reported if a library of jobs declares "
        "the dependency for the projects that use it. In a pipeline for which the manual documents "
        "the dependency, GR204 reports the loss."
    ),
    bad=_DEPLOY + _WEB_AFTER_BASE,
    good=_DEPLOY + "        - base\n" + _WEB_AFTER_BASE,
)
SOFT_NOT_HERE = warning(
    id="GR402",
    name="soft-dependency-lost-here",
    summary="A soft dependency has an effect in one pipeline of a project but not in another.",
    explanation=(
        "Often, a YAML alias repeats the entry of one pipeline in a second pipeline, in which the "
        "other job does not run: the order is lost there without a message. Two soft dependencies "
        "of which each pipeline has one ('build' in check, 'upload' in gate) are a normal use and "
        "not reported; neither is a branch without the job, nor a library of jobs, whose users "
        "may or may not have the other job. In a repository on its own, a stanza of another "
        "repository may add the job, and the message says so. GR204 reports the loss of a "
        "documented dependency."
    ),
    bad=(
        _DEPLOY + "        - base\n"
        "        - web: &web {dependencies: [{name: base, soft: true}]}\n"
        "    hourly:\n      jobs:\n        - web: *web\n"
    ),
    good=(
        _DEPLOY + "        - base\n" + _WEB_AFTER_BASE + "    hourly:\n      jobs:\n        - web\n"
    ),
)
HARD_MISSING = Rule(
    id="GR403",
    name="hard-dependency-missing",
    summary="A job requires a job that is not in the graph, so no job runs there.",
    explanation=(
        "If a hard dependency is missing, Zuul rejects the whole graph, not only the one job. This "
        "often happens on a branch where the other job has no definition, long after the change "
        "that caused it was merged on another branch."
    ),
    bad="# .zuul.yaml\n- job: {name: base, parent: null, run: base.yaml, branches: ^stable/}\n"
    + _WEB
    + _REQUIRES % "base",
    good=_JOBS + _REQUIRES % "base",
)
_MATCHED = (
    "# .zuul.yaml\n- job: {name: base, parent: null, run: base.yaml, files: ^base}\n"
    + _WEB + _REQUIRES + "# base.yaml\n- hosts: all\n"
)  # fmt: skip
FORCED_JOB = warning(
    id="GR404",
    name="forced-job",
    summary="A hard dependency makes the file matcher of the other job useless.",
    explanation=(
        "A job that no changed file matches still runs if a job that runs requires it. If that job "
        "has no file matcher itself, the matcher of the required job has no effect at all: the job "
        "runs for every change. If its list of irrelevant files is a part of the other list, the "
        "rest of that has no effect. With a soft dependency, the job is skipped if nothing matches."
    ),
    bad=_MATCHED % "base",
    good=_MATCHED % "{name: base, soft: true}",
)
_CERTIFICATES = (
    _JOBS + "- job: {name: certificates, parent: null, run: certificates.yaml}\n"
    "- project:\n    deploy:\n      jobs:\n        - base\n"
    "        - certificates: {dependencies: [base]}\n        - web: {dependencies: [%s]}\n"
)
REDUNDANT = warning(
    id="GR405",
    name="redundant-dependency",
    summary="A dependency is already implied by others.",
    explanation=(
        "It adds no order, and it hides which dependencies matter. It is reported only if the "
        "longer path holds whenever both jobs run, in every pipeline that has the dependency. A "
        "file matcher that skips a job in between also removes the dependencies of that job, and "
        "only hard dependencies can replace a hard one. One finding names all redundant "
        "dependencies of a job, so an ignore comment at any of them applies to all. Not reported "
        "if the manual documents or plans the dependency, since it gives a reason, or if a rule "
        "of a graph requires it with `directly`."
    ),
    bad=_CERTIFICATES % "base, certificates",
    good=_CERTIFICATES % "certificates",
)
_CHECK = _JOBS + "- project:\n    check:\n      jobs:\n        - base%s\n"
CIRCLE = Rule(
    id="GR406",
    name="circular-dependency",
    summary="Jobs of the real configuration wait for each other.",
    explanation=(
        "None of them could ever start, so Zuul rejects the graph and runs no job. Soft "
        "dependencies count too, and the cycle may exist in one pipeline or on one branch only."
    ),
    bad=_CHECK % ": {dependencies: [web]}" + _WEB_AFTER_BASE,
    good=_CHECK % "" + _WEB_AFTER_BASE,
)
UNUSED_JOB = warning(
    id="GR407",
    name="unused-job",
    summary="A job is defined, but no pipeline runs it and no job inherits from it.",
    explanation=(
        "It looks like a test but tests nothing, and its requirements are harder to change. Not "
        "reported for abstract jobs, for a repository on its own, and for a project whose jobs, "
        "templates or roles other projects use: another tenant may use the jobs of a library."
    ),
    bad=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [base]}}\n",
    good=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n",
)
_FILES = (
    "# .zuul.yaml\n- job:\n    name: web\n    parent: null\n    run: playbooks/web.yaml\n"
    "    files: playbooks/%s.yaml\n- project: {check: {jobs: [web]}}\n"
    "# playbooks/web.yaml\n- hosts: all\n"
)
NO_FILE = warning(
    id="GR408",
    name="file-matcher-without-file",
    summary="A file matcher matches no file of the repository.",
    explanation=(
        "A change of the intended file does not start the job. A matcher is compared with all "
        "paths of all branches where it applies, and only if all paths are known: in git, or in a "
        "folder that also has a playbook of its jobs. A copy of only the configuration does not "
        "show which other files exist. An expression in 'irrelevant-files' that matches nothing is "
        "reported only if it is almost equal to a path: such lists are copied as a whole and do no "
        "harm. The same is true of a job that other repositories may use. An expression whose name "
        "says that it matches nothing ('never-existing-file') is not reported."
    ),
    bad=_FILES % "wbe",
    good=_FILES % "web",
)
_HELD = (
    "# .zuul.yaml\n- semaphore: {name: bridge, max: %d}\n"
    "- job: {name: base, parent: null, run: base.yaml, semaphore: bridge}\n"
    "- job: {name: web, parent: null, run: web.yaml, semaphore: bridge}\n"
    "- project: {deploy: {jobs: [base, web]}}\n"
)
SERIALIZED = warning(
    id="GR409",
    name="serialized-jobs",
    summary="A semaphore with limit 1 makes independent jobs run one after the other.",
    explanation=(
        "Without the semaphore, the jobs of the graph would run in parallel. With it, they run one "
        "after the other, in an undefined order. Often, the semaphore is older than the "
        "dependencies: now that these are declared, 'max' can be raised. Not reported if the "
        "manual documents that jobs of the project hold the semaphore, and not for playbooks that "
        "hold it: their jobs run in parallel, and only the playbook waits."
    ),
    bad=_HELD % 1,
    good=_HELD % 4,
)
_BEHIND = _CHECK % "" + "        - web: {dependencies: [%s]}\n"
HARD_AND_SOFT = warning(
    id="GR410",
    name="hard-and-soft",
    summary="A job has both a hard and a soft dependency on another.",
    explanation=(
        "Zuul keeps both. If the other job is missing, the hard one is an error and the soft one "
        "is not; which of them Zuul checks first changes from run to run."
    ),
    bad=_BEHIND % "base, {name: base, soft: true}",
    good=_BEHIND % "base",
)
_PATHS = (
    "# .zuul.yaml\n"
    "- job: {name: one, parent: null, run: one.yaml, files: playbooks/%sbridge.yaml}\n"
    "- job: {name: two, parent: null, run: two.yaml, files: playbooks/bootstrap-bridge.yaml}\n"
    "- job: {name: three, parent: null, run: 3.yaml, files: playbooks/bootstrap-bridge.yaml}\n"
    "- job: {name: four, parent: null, run: 4.yaml, files: playbooks/bootstrap-bridge.yaml}\n"
    "- project: {check: {jobs: [one, two, three, four]}}\n"
)
MISSPELLED = warning(
    id="GR411",
    name="misspelled-file-matcher",
    summary="A path in a file matcher differs by one letter from one that is used often.",
    explanation=(
        "If the files of a repository are not known, it cannot be checked whether a path exists. "
        "But if three or more places spell a path in one way, and a single place has a letter too "
        "few or too many, it is probably a mistake. Differences in numbers, plurals and signs "
        "between words are not reported: they distinguish different files."
    ),
    bad=_PATHS % "boostrap-",
    good=_PATHS % "bootstrap-",
)
UNKNOWN_PIPELINE = warning(
    id="GR412",
    name="unknown-pipeline",
    summary="A project adds jobs to a pipeline that is not defined.",
    explanation=(
        "Zuul ignores a pipeline in a project or template that no config project defines, and "
        "reports nothing: the jobs never run. Reported only if all repositories of the tenant are "
        "available, and not for the templates of a library of jobs, which other tenants may use."
    ),
    bad=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {chekc: {jobs: [web]}}\n",
    good=TENANT + "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n",
)
