"""The rules of drift: documented graphs compared with configured ones (GR2xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
from groundrules.rules.examples import BOTH, HERE, REAL, TENANT, WAITS

_IN_A_TENANT = (
    HERE.replace("path: .", "tenant: main.yaml")
    .replace("team/config", "%s")
    .replace("[deploy]", "[check]")
    + "jobs: [{name: web}]\n"
)
_WEB = "# app/.zuul.yaml\n- job: {name: web}\n- project: {check: {jobs: [web]}}\n"
_LIMIT = "limits: [{semaphore: host, limit: 1}]\njobs: [{name: web, semaphores: [host]}]\n"
_HOST = "- semaphore: {name: host, max: %d}\n"

MISSING_CONFIGURATION = Rule(
    id="GR200",
    name="missing-configuration",
    summary="A required configuration is missing.",
    explanation=(
        "A graph whose configuration is missing is skipped, with the reason, and never reported as "
        "clean. If the check is required, as in the CI of the platform itself, `--require NAME` "
        "makes a missing configuration an error. Write in `manual.yaml` where the configuration is "
        "(`path`, `git` or `tenant`), or use `--config NAME=PATH`, which requires it too."
    ),
    bad=HERE.replace("path: .", "path: zuul") + "jobs: [{name: web}]\n",
    good=HERE + "jobs: [{name: web}]\n" + REAL % "web",
)
JOB_NOT_DOCUMENTED = Rule(
    id="GR201",
    name="job-not-documented",
    summary="A pipeline runs a job that its complete graph does not document.",
    explanation=(
        "`coverage: complete` states that no other job runs there. Document the job, or write "
        "`coverage: partial`, which says nothing about other jobs."
    ),
    bad=HERE + "coverage: complete\njobs: [{name: web}]\n" + REAL % "web, proxy",
    good=HERE + "coverage: complete\njobs: [{name: web}, {name: proxy}]\n" + REAL % "web, proxy",
)
JOB_NOT_THERE = Rule(
    id="GR202",
    name="job-not-running",
    fixable=True,
    summary="A documented job does not run in the pipeline.",
    explanation=(
        "The job was removed or renamed, runs in other pipelines than documented, or never ran "
        "there. Readers rely on work that no job does. This is also reported if a documented "
        "pipeline runs no job of the project at all. If the configuration shows without doubt "
        "where the job went, `--fix` follows it."
    ),
    bad=HERE + "jobs: [{name: web}, {name: proxy}]\n" + REAL % "web",
    good=HERE + "jobs: [{name: web}, {name: proxy}]\n" + REAL % "web, proxy",
)
DEPENDENCY_NOT_DOCUMENTED = Rule(
    id="GR203",
    name="dependency-not-documented",
    summary="A documented job has a dependency that the manual does not document.",
    explanation=(
        "Nobody dares to remove a dependency whose reason is not documented. In a partial graph, "
        "only dependencies between documented jobs are reported. Dependencies on initializer jobs, "
        "which every job has, need no documentation, and a rule of the graph documents those that "
        "it requires."
    ),
    bad=HERE + "jobs: [{name: prepare}, {name: web}]\n" + REAL % (BOTH % "prepare"),
    good=HERE + WAITS % "" + REAL % (BOTH % "prepare"),
)
DEPENDENCY_NOT_THERE = Rule(
    id="GR204",
    name="dependency-not-enforced",
    summary="A documented dependency is not enforced.",
    explanation=(
        "The job starts without waiting. Either no dependency is declared, or it is soft and the "
        "other job does not run in the pipeline: then Zuul reports nothing, and the order is lost. "
        "The message says if there is only an indirect dependency, which breaks when one of the "
        "jobs in between changes. If the dependency is only planned, write `status: planned`."
    ),
    bad=HERE + WAITS % "" + REAL % "prepare, web",
    good=HERE + WAITS % "" + REAL % (BOTH % "prepare"),
)
SOFTNESS_DIFFERS = Rule(
    id="GR205",
    name="softness-differs",
    fixable=True,
    summary="A dependency is hard in the manual and soft in the configuration, or the reverse.",
    explanation=(
        "A job with a hard dependency cannot run without the other job. A job with a soft "
        "dependency runs whether or not the other job does. Readers have to know which of them "
        "applies."
    ),
    bad=HERE + WAITS % "" + REAL % (BOTH % "{name: prepare, soft: true}"),
    good=HERE + WAITS % "soft: true, " + REAL % (BOTH % "{name: prepare, soft: true}"),
)
SEMAPHORE_DIFFERS = Rule(
    id="GR206",
    name="semaphore-differs",
    summary="The semaphores of a job differ from the documented ones.",
    explanation=(
        "A semaphore makes jobs wait for each other as a dependency does, even across changes. In "
        "a partial graph, only jobs with `semaphores` in their record are compared; in a complete "
        "graph, every job is."
    ),
    bad=HERE + "jobs: [{name: web, semaphores: [host]}]\n" + REAL % "web",
    good=HERE + "jobs: [{name: web, semaphores: [host]}]\n" + REAL % "web: {semaphores: host}",
)
_LONGEST = HERE + "jobs: [{name: web, duration: {maximum: %s}}]\n" + REAL % "web: {timeout: 1800}"
DURATION_ABOVE_TIMEOUT = Rule(
    id="GR207",
    name="duration-above-timeout",
    summary="A documented duration is longer than the timeout of the job.",
    explanation=(
        "Zuul stops a job at its timeout, so a longer documented duration cannot be true: either "
        "the number is outdated or the timeout is too short."
    ),
    bad=_LONGEST % "1 h",
    good=_LONGEST % "30 min",
)
ALREADY_ENFORCED = Rule(
    id="GR208",
    name="already-enforced",
    fixable=True,
    summary="A planned dependency is already enforced.",
    explanation=(
        "Every pipeline of the two jobs has the dependency now, but its record was not updated. "
        "Remove `status: planned`, so that the dependency is checked from now on."
    ),
    bad=HERE + WAITS % "status: planned, " + REAL % (BOTH % "prepare"),
    good=HERE + WAITS % "status: planned, " + REAL % "prepare, web",
)
NO_GRAPH = Rule(
    id="GR209",
    name="no-graph",
    summary="Zuul rejects the real job graph, so none of its jobs runs.",
    explanation=(
        "Zuul reports an error and runs no job, for example because of a hard dependency on a "
        "missing job, a circular dependency, or an abstract job. The message has Zuul's reason, at "
        "its place in the configuration. The documentation of the pipeline could not be compared. "
        "If another finding reports the cause (GR403, GR406, or an error of Zuul itself, GR6), "
        "that finding names the graph, and this one is not reported."
    ),
    bad=HERE + "jobs: [{name: web}]\n" + REAL % "web" + "- job: {name: web, abstract: true}\n",
    good=HERE + "jobs: [{name: web}]\n" + REAL % "web",
)
NOT_THERE = Rule(
    id="GR210",
    name="not-in-configuration",
    summary="A graph is about a project or branch that its configuration does not have.",
    explanation=(
        "The tenant does not have the project, or the project does not have the branch: the name "
        "is misspelt, or it was renamed or removed. Nothing that is documented there can be "
        "compared. A missing branch is reported only if all branches are known: with a clone of "
        "one branch, the graph is not checked."
    ),
    bad=_IN_A_TENANT % "web" + TENANT + _WEB,
    good=_IN_A_TENANT % "app" + TENANT + _WEB,
)
_LASTING = HERE.replace("configurations:", "verified_within: 100000\nconfigurations:")
_RECORD = (
    "jobs: [{name: web}]\n"
    "# data/verified/ours.yaml\nconfiguration: ours\ngraphs:\n- graph: deploy\n"
    "  compared: 2026-11-01\n  documented: 0bf6cb34d70e61e19ab7e4cd3f0bd71a65daf1e4\n"
    "  state: %s\n  jobs: [{name: web, state: %s}]\n" + REAL % "web"
)
RECORD_DIFFERS = warning(
    id="GR211",
    name="record-differs",
    summary="The recorded result of a graph differs from the configuration.",
    explanation=(
        "Where a manual is built without the configuration, its pages show what "
        "`groundrules check --record` has written to `data/verified/`. The configuration has "
        "changed since, or the file was edited. A record of a graph that is documented differently "
        "since is not reported: the pages say so. Write a new record with "
        "`groundrules check --record`."
    ),
    bad=_LASTING + _RECORD % ("drifted", "drifted"),
    good=_LASTING + _RECORD % ("verified", "verified"),
)
NOT_GONE = Rule(
    id="GR213",
    name="not-gone",
    fixable=True,
    summary="A job or dependency that is documented as gone is in the configuration.",
    explanation=(
        "`gone` is the day on which the configuration was seen without a job or dependency; "
        "`groundrules import` writes it. What is gone is shown as history and compared with "
        "nothing else. Here it is back, or it never went: remove `gone`."
    ),
    bad=HERE + "jobs: [{name: web, gone: 2026-11-01}, {name: proxy}]\n" + REAL % "web, proxy",
    good=HERE + "jobs: [{name: web, gone: 2026-11-01}, {name: proxy}]\n" + REAL % "proxy",
)
LIMIT_DIFFERS = Rule(
    id="GR214",
    name="limit-differs",
    summary="The documented limit of a semaphore differs from the configured one.",
    explanation=(
        "The limit decides how many jobs can hold a semaphore at the same time, so the plan of a "
        "graph depends on it. A semaphore that is not defined has limit 1 in Zuul."
    ),
    bad=HERE + _LIMIT + REAL % "web: {semaphores: host}" + _HOST % 4,
    good=HERE + _LIMIT + REAL % "web: {semaphores: host}" + _HOST % 1,
)
OLD_RECORD = warning(
    id="GR212",
    name="old-record",
    is_reminder=True,
    summary="The recorded result of a graph or of a measurement is older than the manual allows.",
    explanation=(
        "`verified_within` in `manual.yaml` is the number of days after which a record in "
        "`data/verified/` or `data/measured/` is old, 90 where it is left out. Write a new one "
        "with `groundrules check --record`, where the configuration is, or with "
        "`groundrules verify --record`, where the facts of nodes are. `check` reports this and a "
        "build does not: a date must not break a build in which nothing changed."
    ),
    bad=HERE + (_RECORD % ("verified", "verified")).replace("2026-11-01", "2020-01-02"),
    good=_LASTING + (_RECORD % ("verified", "verified")).replace("2026-11-01", "2020-01-02"),
)
