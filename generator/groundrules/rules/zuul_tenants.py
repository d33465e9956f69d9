"""The rules of a tenant: names, permissions, inheritance and graphs (GR6xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity
from groundrules.rules.zuul_examples import GOOD, JOB, TENANT

RULES = (
    Rule(
        id="GR606",
        name="zuul-unknown-name",
        summary="A name is not defined in the tenant.",
        explanation=(
            "A job, template, nodeset, secret or project is mentioned that is not defined, "
            "or was lost to another mistake. What happens then depends on the kind: a job "
            "with an undefined parent vanishes, a project that names an undefined template "
            "has no graph at all."
        ),
        bad=TENANT + "- project: {check: {jobs: [unit-tset]}}\n",
        good=TENANT + "- project: {check: {jobs: [unit-test]}}\n",
    ),
    Rule(
        id="GR607",
        name="zuul-not-permitted",
        summary="An object says what the tenant does not permit.",
        explanation=(
            "A name belongs to the project that defines it first, unless the tenant lets "
            "another shadow it; pipelines and base jobs belong to config projects; a project "
            "configures itself only; a tenant limits labels, timeouts and nodes. All but the "
            "last lose the object."
        ),
        bad="# .zuul.yaml\n" + "- nodeset: {name: small, nodes: []}\n" * 2,
        good=GOOD,
    ),
    Rule(
        id="GR608",
        name="zuul-no-graph",
        summary="A job graph cannot be built, so no job of it runs.",
        explanation=(
            "A hard dependency that is not in the graph, jobs that wait for each other, an "
            "abstract job that is to be run, a final job that is changed: Zuul then reports "
            "an error and runs nothing for the change. `groundrules check` reports the cause "
            "instead where a finding has it, such as GR403 and GR406, and GR209 of a "
            "documented graph."
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
        explanation="It is not a list of tenants, or says something that Zuul does not accept.",
        bad="# main.yaml\n- tenant:\n    nam: openstack\n",
        good="# main.yaml\n- tenant:\n    name: openstack\n",
    ),
    Rule(
        id="GR610",
        name="zuul-unstable",
        summary="Zuul's own answer changes from graph to graph or from start to start.",
        severity=Severity.WARNING,
        explanation=(
            "Zuul ignores a mention of a job that equals an earlier one in the same list. A "
            "default that is written out counts as equal only until a graph has used the "
            "mention, so that the first or the second graph after a reload differs from all "
            "others. Of a hard and a soft dependency on one job Zuul keeps the last of a set, "
            "whose order changes with each start of the scheduler. Write one mention, and one "
            "of the two dependencies."
        ),
        bad=(
            GOOD + "- project:\n    check:\n      jobs:\n        - unit-test\n"
            "        - unit-test: {dependencies: []}\n"
        ),
        good=GOOD + "- project: {check: {jobs: [unit-test]}}\n",
    ),
    Rule(
        id="GR611",
        name="zuul-elsewhere",
        summary="A name is not defined in this repository; another one may define it.",
        severity=Severity.WARNING,
        explanation=(
            "One repository was resolved on its own, without a tenant file, or repositories "
            "of the tenant are missing. A parent, nodeset or template of another "
            "repository is not known then: what it would add to a graph is missing from it. "
            "Only `groundrules graph --findings` reports it."
        ),
        bad="# .zuul.yaml\n- job:\n    name: unit-test\n    parent: tox\n",
        good=GOOD,
    ),
    Rule(
        id="GR612",
        name="zuul-parents",
        summary="A job inherits where it may not, or in a circle.",
        explanation=(
            "A final job has no children, an intermediate one only abstract ones, a "
            "protected one only those of its own project. Of a circle Zuul drops "
            "the step that would close it, so that which job is the base depends on which "
            "is asked for."
        ),
        bad=(
            "# .zuul.yaml\n- job: {name: hen, parent: egg, run: play.yaml}\n"
            "- job: {name: egg, parent: hen, run: play.yaml}\n"
        ),
        good=GOOD,
    ),
    Rule(
        id="GR615",
        name="zuul-empty-template",
        summary="A template brings no job into any pipeline.",
        severity=Severity.WARNING,
        explanation=(
            "A project that names it gets nothing from it. It may be kept for projects that "
            "still name it; else it can go, or its jobs were indented wrongly. Only "
            "`groundrules graph --findings` reports it."
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
        bad="# .zuul.yaml\n- pragma: {implied-branch-matchers: true}\n" + JOB,
        good=(
            "# .zuul.yaml\n- pragma: {implied-branch-matchers: true, implied-branches: .*}\n" + JOB
        ),
    ),
    Rule(
        id="GR619",
        name="zuul-letters",
        summary="Zuul reads an option of the tenant file letter by letter.",
        severity=Severity.WARNING,
        explanation=(
            "`always-dynamic-branches`, `allowed-labels` and `disallowed-labels` may be text "
            "or a list, but Zuul 14.3 goes through text letter by letter. So "
            "`always-dynamic-branches: stable/1` excludes only branches with names of one "
            "letter, and a letter such as `*` is not an expression, which stops the tenant. So "
            "it does with `config-projects`, `untrusted-projects` and `projects`, of which it "
            "reads a mapping as a list of its keys, without their options."
        ),
        bad=(
            "# main.yaml\n- tenant: {name: t, allowed-labels: small, source: {git: "
            "{config-projects: [app]}}}\n# app/master/zuul.yaml\n" + JOB
        ),
        good=(
            "# main.yaml\n- tenant: {name: t, allowed-labels: [small], source: {git: "
            "{config-projects: [app]}}}\n# app/master/zuul.yaml\n" + JOB
        ),
    ),
)
