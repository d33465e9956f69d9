"""The rules of a tenant: names, permissions, inheritance and graphs (GR6xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
from groundrules.rules.examples import GOOD, JOB

_TENANT = (
    "# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [app]}}}\n"
    "# app/master/zuul.yaml\n- pipeline: {name: check, manager: independent}\n"
    "- job: {name: unit-test, parent: null, run: play.yaml}\n"
)
_LABELS = (
    "# main.yaml\n- tenant: {name: t, allowed-labels: %s, source: {git: "
    "{config-projects: [app]}}}\n# app/master/zuul.yaml\n" + JOB
)
_PRAGMA = "# .zuul.yaml\n- pragma: {implied-branch-matchers: true%s}\n" + JOB

RULES = (
    Rule(
        id="GR606",
        name="zuul-unknown-name",
        summary="A name is not defined in the tenant.",
        explanation=(
            "A job, template, nodeset, secret or project is not defined, or its definition was "
            "lost because of another mistake. A job can use only the secrets of its own project, "
            "so a missing secret is reported for a repository without a tenant file too. The "
            "result depends on the kind: a job with an undefined parent is not in any graph, and "
            "a project that names an undefined template has no graph at all."
        ),
        bad=_TENANT + "- project: {check: {jobs: [unit-tset]}}\n",
        good=_TENANT + "- project: {check: {jobs: [unit-test]}}\n",
    ),
    Rule(
        id="GR607",
        name="zuul-not-permitted",
        summary="An object is not permitted in the tenant.",
        explanation=(
            "A name belongs to the project that defines it first, unless the tenant lets another "
            "project shadow it. Pipelines and base jobs belong to config projects. An untrusted "
            "project can configure only itself. A job can use only the secrets of its own project. "
            "A tenant limits labels, timeouts and nodes. The object is lost in all these cases, "
            "except if it has too many nodes or a secret of another project."
        ),
        bad="# .zuul.yaml\n" + "- nodeset: {name: small, nodes: []}\n" * 2,
        good=GOOD,
    ),
    Rule(
        id="GR608",
        name="zuul-no-graph",
        summary="A job graph cannot be built, so none of its jobs runs.",
        explanation=(
            "Examples: a hard dependency that is not in the graph, jobs that wait for each other, "
            "an abstract job in a pipeline, a change to a final job. Then Zuul reports an error "
            "and runs no job for the change. `groundrules check` reports the cause instead where "
            "a finding has it, such as GR403 and GR406, and GR209 of a documented graph."
        ),
        bad=(
            GOOD + "    dependencies: [lint]\n- job: {name: lint, parent: null, run: play.yaml}\n"
            "- project: {check: {jobs: [unit-test]}}\n"
        ),
        good=GOOD + "- project: {check: {jobs: [unit-test]}}\n",
    ),
    Rule(
        id="GR609",
        name="zuul-tenant",
        summary="The tenant file cannot be used.",
        explanation="It is not a list of tenants, or has a key or value that Zuul does not accept.",
        bad="# main.yaml\n- tenant:\n    nam: openstack\n",
        good="# main.yaml\n- tenant:\n    name: openstack\n",
    ),
    warning(
        id="GR610",
        name="zuul-unstable",
        summary="Zuul's own result varies from graph to graph or from start to start.",
        explanation=(
            "Zuul ignores a mention of a job that equals an earlier one in the same list. A "
            "default value that is written counts as equal only until a graph has used the "
            "mention, so the first or second graph after a reload differs from all others. If a "
            "job has a hard and a soft dependency on the same job, Zuul keeps the last item of a "
            "set, whose order changes with each start of the scheduler. Remove one of the two "
            "mentions or dependencies."
        ),
        bad=(
            GOOD + "- project:\n    check:\n      jobs:\n        - unit-test\n"
            "        - unit-test: {dependencies: []}\n"
        ),
        good=GOOD + "- project: {check: {jobs: [unit-test]}}\n",
    ),
    warning(
        id="GR611",
        name="zuul-elsewhere",
        summary="A name is not defined in this repository; another one may define it.",
        explanation=(
            "One repository was resolved on its own, without a tenant file, or repositories of the "
            "tenant are missing. Then a parent, nodeset or template of another repository is "
            "unknown, and the graph does not contain what it adds. Only `groundrules graph "
            "--findings` reports this."
        ),
        bad="# .zuul.yaml\n- job:\n    name: unit-test\n    parent: tox\n",
        good=GOOD,
    ),
    Rule(
        id="GR612",
        name="zuul-parents",
        summary="A job inherits from a job that does not allow it, or from itself in a cycle.",
        explanation=(
            "A final job cannot have children, an intermediate job only abstract ones, and a "
            "protected job only those of its own project. In a cycle, Zuul ignores the parent that "
            "would close it, so each job of the cycle starts from a different base. A nodeset "
            "may not be an alternative of itself either."
        ),
        bad=(
            "# .zuul.yaml\n- job: {name: hen, parent: egg, run: play.yaml}\n"
            "- job: {name: egg, parent: hen, run: play.yaml}\n"
        ),
        good=GOOD,
    ),
    warning(
        id="GR615",
        name="zuul-empty-template",
        summary="A template has no pipeline.",
        explanation=(
            "A project that names it gets nothing from it. It may be kept for projects that still "
            "name it. Otherwise remove it, or correct the indentation of its jobs. A pipeline "
            "without jobs is not reported: it adds the project to the pipeline. Only `groundrules "
            "graph --findings` reports this."
        ),
        bad=GOOD + "- project-template: {name: usual}\n",
        good=GOOD + "- project-template: {name: usual, check: {jobs: [unit-test]}}\n",
    ),
    Rule(
        id="GR616",
        name="zuul-fault",
        summary="Zuul itself fails on this configuration, which its documentation allows.",
        explanation=(
            "Zuul 14.3 cannot freeze a job whose base job has no `branches` and is in a file "
            "with `implied-branch-matchers: true` and no `implied-branches`. Every job graph "
            "with such a job is an error (AttributeError: 'ImpliedBranchMatcher' object has "
            "no attribute 'matchers'). Nor can it freeze a job with more than about 490 "
            "parents in a row (RecursionError)."
        ),
        bad=_PRAGMA % "",
        good=_PRAGMA % ", implied-branches: .*",
    ),
    warning(
        id="GR620",
        name="zuul-misspelled-name",
        summary="A name that is not defined differs by one letter from one that is.",
        explanation=(
            "One repository was resolved on its own, or repositories of the tenant are missing, so "
            "another repository may define the name. But it is probably misspelled: one letter of "
            "a word is wrong, missing or too many, or two are swapped. Names that differ in a "
            "number, a plural or a short word are not reported, because they are often those of "
            "different objects. A semaphore without a definition has the limit 1, and Zuul does "
            "not report it, so a misspelled one is reported in a complete tenant too."
        ),
        bad=GOOD + "- job: {name: lint, parent: unit-tset}\n",
        good=GOOD + "- job: {name: lint, parent: unit-test}\n",
    ),
    warning(
        id="GR619",
        name="zuul-letters",
        summary="Zuul reads an option of the tenant file letter by letter.",
        explanation=(
            "`always-dynamic-branches`, `allowed-labels` and `disallowed-labels` can be text or a "
            "list, but Zuul 14.3 iterates over the letters of the text. So "
            "`always-dynamic-branches: stable/1` excludes only branches whose name is one letter. "
            "A letter such as `*` is not a valid expression, and the tenant cannot be loaded. The "
            "same happens to text under `config-projects`, `untrusted-projects` and `projects`. A "
            "mapping there is read as a list of its keys, without their options."
        ),
        bad=_LABELS % "small",
        good=_LABELS % "[small]",
    ),
)
