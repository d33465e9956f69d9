"""The rules of jobs that do not run, while Zuul reports nothing (GR413 to GR416)."""

from __future__ import annotations

from groundrules.diagnostics import warning
from groundrules.rules.examples import BASE, TENANT

_WAITING = (
    "- job: {name: web, parent: null, run: web.yaml}\n"
    "- project: {check: {jobs: [base, {web: {dependencies: [base]}}]}}\n"
)
_SCENARIO = (
    "# .zuul.yaml\n- job:\n    name: scenario\n    parent: null\n    run: scenario.yaml\n"
    "%s- project: {check: {jobs: [scenario]}}\n# scenario.yaml\n- hosts: all\n# doc/index.rst\n"
)
NO_RELEVANT_FILE = warning(
    id="GR413",
    name="no-relevant-file",
    summary="A list of irrelevant files leaves no file, or only those of one negated item.",
    explanation=(
        "A file is irrelevant if any item of 'irrelevant-files' matches it. A negated item "
        "matches every file except its own, so it is not an exception to the other items: they "
        "have no effect beside it, or they match the rest too. This is reported where the items "
        "themselves show it. A list without a negated item is compared with all files of all "
        "branches where it applies, if all of them are known; the jobs of a library are not. An "
        "item such as '.*' on its own is not reported, because such a job runs only for changes "
        "of its own configuration."
    ),
    bad=_SCENARIO
    % "    irrelevant-files:\n      - ^doc/\n      - {regex: ^scenario\\.yaml$, negate: true}\n",
    good=_SCENARIO % "    irrelevant-files:\n      - ^doc/\n",
)
NO_BRANCH = warning(
    id="GR414",
    name="branches-without-branch",
    summary="The expressions in 'branches' match no branch.",
    explanation=(
        "A mention of a job, a definition or a project stanza whose 'branches' match no branch "
        "has no effect, and Zuul reports nothing. Often, '!' is meant to negate an expression, "
        "but it is an ordinary character; use 'negate: true'. The expressions are compared with "
        "all branches of the projects that they can be for, and only if all of them are known. "
        "Not reported for the jobs and templates of a library, which other tenants may use, for "
        "expressions for tags, and if one of several expressions matches."
    ),
    bad=TENANT + "# app/master/.zuul.yaml\n- job: {name: web}\n"
    "- project: {check: {jobs: [base, {web: {branches: ^(!(stable))$}}]}}\n",
    good=TENANT + "# app/master/.zuul.yaml\n- job: {name: web}\n"
    "- project: {check: {jobs: [base, {web: {branches: {regex: ^stable, negate: true}}}]}}\n",
)
_LIBRARY = TENANT.replace("[app]", "[library, app]")
_BRANCHED = (
    "# library/master/.zuul.yaml\n- job: {name: web}\n# library/stable%%2F1/README.rst\n"
    "# app/master/.zuul.yaml\n%s# app/stable%%2F1/.zuul.yaml\n%s"
)
_RUN = "- project: {check: {jobs: [%s]}}\n"
VANISHED = warning(
    id="GR415",
    name="job-left-out",
    summary="A mentioned job runs on no branch, or leaves its pipeline empty on a branch.",
    explanation=(
        "If a repository has several branches, its jobs are for their own branch only. On a "
        "branch without a definition of a job or one of its parents, Zuul leaves the job out of "
        "the graph and reports nothing. It is reported if no job is left in a pipeline of the "
        "branch, or if the job runs nowhere. Not reported if 'branches' or a pragma says for "
        "which branches the job is, if a repository of the tenant is missing, and for branches "
        "that Zuul may ignore. If the manual documents the job for that pipeline and branch, "
        "GR202 reports the loss."
    ),
    bad=_LIBRARY + _BRANCHED % (_RUN % "web", _RUN % "web"),
    good=_LIBRARY + _BRANCHED % (_RUN % "web", _RUN % "base"),
)
SKIPPED_VOTING = warning(
    id="GR416",
    name="voting-behind-non-voting",
    summary="A voting job waits for a non-voting one.",
    explanation=(
        "If a job fails, Zuul skips all jobs that wait for it, also those with a soft dependency. "
        "A skipped job does not count against the change, and neither does a failed non-voting "
        "job. So the change can merge although the voting job never ran. Not reported if a "
        "parent in another repository may make the job non-voting."
    ),
    bad="# .zuul.yaml\n" + BASE.replace("}", ", voting: false}") + _WAITING,
    good="# .zuul.yaml\n" + BASE + _WAITING,
)
