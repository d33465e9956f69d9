"""The rules of drift: what is documented of graphs against what is configured (GR2xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule
from groundrules.rules.examples import BOTH, HERE, REAL, TENANT, WAITS

_IN_A_TENANT = (
    HERE.replace("path: .", "tenant: main.yaml")
    .replace("team/config", "%s")
    .replace("[deploy]", "[check]")
    + "jobs: [{name: web}]\n"
)
_WEB = "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n"

NOT_AT_HAND = Rule(
    id="GR200",
    name="not-at-hand",
    summary="A configuration that has to be checked is not there.",
    explanation=(
        "A graph whose configuration is not at hand is skipped, with the reason, and never "
        "called clean. Where the check has to happen, as in the CI of the platform itself, "
        "`--require NAME` makes an error of it. Say in `manual.yaml` where the configuration "
        "is (`path`, `git` or `tenant`), or on the command line: `--config NAME=PATH`, which "
        "requires it too."
    ),
    bad=HERE.replace("path: .", "path: zuul") + "jobs: [{name: web}]\n",
    good=HERE + "jobs: [{name: web}]\n" + REAL % "web",
)
JOB_NOT_DOCUMENTED = Rule(
    id="GR201",
    name="job-not-documented",
    summary="A pipeline runs a job that its complete graph does not name.",
    explanation=(
        "`coverage: complete` promises readers that no other job runs there. Document the job, "
        "or write `coverage: partial`, with which nothing is said of other jobs."
    ),
    bad=HERE + "coverage: complete\njobs: [{name: web}]\n" + REAL % "web, proxy",
    good=HERE + "coverage: complete\njobs: [{name: web}, {name: proxy}]\n" + REAL % "web, proxy",
)
JOB_NOT_THERE = Rule(
    id="GR202",
    name="job-not-there",
    summary="A documented job is not in the pipeline.",
    explanation=(
        "It was removed or renamed, runs in other pipelines than documented, or was never put "
        "there. People who read of it count on work that nobody does. The same is said where a "
        "documented pipeline runs no job of the project at all. Where the configuration leaves no "
        "doubt where it went, `--fix` follows it."
    ),
    bad=HERE + "jobs: [{name: web}, {name: proxy}]\n" + REAL % "web",
    good=HERE + "jobs: [{name: web}, {name: proxy}]\n" + REAL % "web, proxy",
)
DEPENDENCY_NOT_DOCUMENTED = Rule(
    id="GR203",
    name="dependency-not-documented",
    summary="A documented job waits for another, and nobody says so.",
    explanation=(
        "A dependency without its reason is the one that nobody dares to remove. In a partial "
        "graph this is said of dependencies between documented jobs only; those of initializer "
        "jobs, which every job has, need no documentation."
    ),
    bad=HERE + "jobs: [{name: prepare}, {name: web}]\n" + REAL % (BOTH % "prepare"),
    good=HERE + WAITS % "" + REAL % (BOTH % "prepare"),
)
DEPENDENCY_NOT_THERE = Rule(
    id="GR204",
    name="dependency-not-there",
    summary="A documented dependency is not enforced.",
    explanation=(
        "The job starts without waiting. Either nothing declares the dependency, or it is soft "
        "and the job that it names is not in the pipeline: Zuul then says nothing and the order "
        "is lost. A dependency through other jobs is told as such: it breaks when one of them "
        "changes. Where it is only meant to be, write `status: planned`."
    ),
    bad=HERE + WAITS % "" + REAL % "prepare, web",
    good=HERE + WAITS % "" + REAL % (BOTH % "prepare"),
)
SOFTNESS_DIFFERS = Rule(
    id="GR205",
    name="softness-differs",
    summary="A dependency is hard here and soft there.",
    explanation=(
        "A job with a hard dependency cannot run without the other; with a soft one it runs "
        "whether or not the other is there. Readers have to know which."
    ),
    bad=HERE + WAITS % "" + REAL % (BOTH % "{name: prepare, soft: true}"),
    good=HERE + WAITS % "soft: true, " + REAL % (BOTH % "{name: prepare, soft: true}"),
)
SEMAPHORE_DIFFERS = Rule(
    id="GR206",
    name="semaphore-differs",
    summary="A job holds other semaphores than documented.",
    explanation=(
        "A semaphore makes jobs wait for each other as a dependency does, across changes too. "
        "A partial graph is held to it where a job's `semaphores` are written, a complete one "
        "for every job."
    ),
    bad=HERE + "jobs: [{name: web, semaphores: [host]}]\n" + REAL % "web",
    good=HERE + "jobs: [{name: web, semaphores: [host]}]\n" + REAL % "web: {semaphores: host}",
)
DURATION_ABOVE_TIMEOUT = Rule(
    id="GR207",
    name="duration-above-timeout",
    summary="A job may take longer, as documented, than the configuration lets it.",
    explanation=(
        "Zuul ends a job at its timeout. A documented duration above it cannot be true; either "
        "the number is old or the timeout too short."
    ),
    bad=HERE + "jobs: [{name: web, duration: {maximum: 1 h}}]\n" + REAL % "web: {timeout: 1800}",
    good=(
        HERE + "jobs: [{name: web, duration: {maximum: 30 min}}]\n"
        + REAL % "web: {timeout: 1800}"
    ),
)  # fmt: skip
ALREADY_ENFORCED = Rule(
    id="GR208",
    name="already-enforced",
    summary="A planned dependency is enforced already.",
    explanation=(
        "The plan was carried out and its record forgotten, in every pipeline of the two jobs. "
        "Remove `status: planned`: from then on the dependency is checked."
    ),
    bad=HERE + WAITS % "status: planned, " + REAL % (BOTH % "prepare"),
    good=HERE + WAITS % "status: planned, " + REAL % "prepare, web",
)
NO_GRAPH = Rule(
    id="GR209",
    name="no-graph",
    summary="The real job graph does not freeze, so nothing of it runs.",
    explanation=(
        "Zuul reports an error and runs no job: a hard dependency on a job that is not there, a "
        "circle, an abstract job. Its reason is told at the place in the configuration. What "
        "is documented of the pipeline could not be compared. Where another finding tells the "
        "cause (GR403, GR406, or a mistake that Zuul itself reports, GR6) it names the graph, and "
        "this one is left out."
    ),
    bad=HERE + "jobs: [{name: web}]\n" + REAL % "web" + "- job: {name: web, abstract: true}\n",
    good=HERE + "jobs: [{name: web}]\n" + REAL % "web",
)
NOT_THERE = Rule(
    id="GR210",
    name="not-in-configuration",
    summary="A graph is about a project or branch that its configuration does not have.",
    explanation=(
        "The tenant is at hand and has no such project, or the project no such branch: a slip, or "
        "it was renamed or removed. Nothing that is documented there can be compared. A branch is "
        "only missed where all branches are known: a clone of one branch is *not checked*."
    ),
    bad=_IN_A_TENANT % "web" + TENANT + _WEB,
    good=_IN_A_TENANT % "app" + TENANT + _WEB,
)
