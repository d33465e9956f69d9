"""The rules that Zuul configuration is held against while it is resolved (GR6xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity


def _rule(
    identity: str,
    name: str,
    summary: str,
    severity: Severity = Severity.ERROR,
    *,
    explanation: str,
    bad: str,
    good: str,
) -> Rule:
    return Rule(
        id=identity,
        name=name,
        summary=summary,
        severity=severity,
        explanation=explanation,
        bad=bad,
        good=good,
    )


_JOB = "- job:\n    name: unit-test\n    parent: null\n    run: play.yaml\n"
_GOOD = f"# .zuul.yaml\n{_JOB}"

_TENANT = (
    "# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [app]}}}\n"
    "# app/master/zuul.yaml\n- pipeline: {name: check, manager: independent}\n"
    "- job: {name: unit-test, parent: null, run: play.yaml}\n"
)

ONLY_WITH_GRAPHS = frozenset(("GR608", "GR611", "GR615"))
"""What ``check`` leaves to ``groundrules graph --findings``.

A graph that cannot be built is not a configuration error of Zuul's; GR209, GR403 and GR406 report
it; that a repository needs others is ordinary; an empty template loses nothing.
"""

ORDINARY = frozenset(("GR611",))
"""What is reported on request and not counted: hardly anyone has every repository."""

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        _rule(
            "GR601",
            "zuul-unreadable-file",
            "A configuration file cannot be read, so all of it is lost.",
            explanation=(
                "The file is not UTF-8, not one YAML document, holds a key twice or a tag that "
                "Zuul does not know, is a symbolic link, or cannot be opened. Zuul drops such a "
                "file whole; a file that is not UTF-8 makes it drop all files of the branch."
            ),
            bad="# .zuul.yaml\n- job:\n    name: unit-test\n    name: unit-tests\n",
            good=_GOOD,
        ),
        _rule(
            "GR602",
            "zuul-unknown-item",
            "An item of a file is no object of Zuul; it and what follows is lost.",
            explanation=(
                "A file is a list of mappings with one key each, which is the kind of object. "
                "Zuul stops reading at the first item that is something else: what stands "
                "before it is used, what follows is not."
            ),
            bad="# .zuul.yaml\n- jobs:\n    name: unit-test\n",
            good=_GOOD,
        ),
        _rule(
            "GR603",
            "zuul-broken-object",
            "An object says something that Zuul does not accept, so this object is lost.",
            explanation=(
                "One wrong key or value loses the whole object: a job then has one variant less, "
                "a project stanza takes all its pipelines with it."
            ),
            bad="# .zuul.yaml\n- job: {name: unit-test, parent: null, dependencys: [lint]}\n",
            good=_GOOD,
        ),
        _rule(
            "GR604",
            "zuul-expression",
            "A regular expression is not RE2.",
            severity=Severity.WARNING,
            explanation=(
                "Zuul uses RE2, which answers in linear time, and falls back to Python's engine "
                "with a deprecation warning. That engine can be kept busy for ever, so it is not "
                "asked here: looking ahead is taken apart into questions for RE2, and another "
                "expression counts as matching nothing."
            ),
            bad=(
                "# .zuul.yaml\n- job:\n    name: unit-test\n    parent: null\n"
                "    run: play.yaml\n    branches: ^(?!stable/).*$\n"
            ),
            good=(
                "# .zuul.yaml\n- job:\n    name: unit-test\n    parent: null\n"
                "    run: play.yaml\n    branches: {regex: ^stable/, negate: true}\n"
            ),
        ),
        _rule(
            "GR605",
            "zuul-shut-out-file",
            "A file is not read because another place of the same branch comes first.",
            severity=Severity.WARNING,
            explanation=(
                "Of zuul.yaml, zuul.d, .zuul.yaml and .zuul.d Zuul takes the first that exists, "
                "even when it holds a comment only. The others are read by nobody."
            ),
            bad="# zuul.yaml\n# moved\n# .zuul.yaml\n- job: {name: unit-test, parent: null}\n",
            good=_GOOD,
        ),
        _rule(
            "GR606",
            "zuul-unknown-name",
            "A name is not defined in the tenant.",
            explanation=(
                "A job, template, nodeset, secret or project is mentioned that is not defined, "
                "or was lost to another mistake. What happens then depends on the kind: a job "
                "with an undefined parent vanishes, a project that names an undefined template "
                "has no graph at all."
            ),
            bad=_TENANT + "- project: {check: {jobs: [unit-tset]}}\n",
            good=_TENANT + "- project: {check: {jobs: [unit-test]}}\n",
        ),
        _rule(
            "GR607",
            "zuul-not-permitted",
            "An object says what the tenant does not permit.",
            explanation=(
                "A name belongs to the project that defines it first, unless the tenant lets "
                "another shadow it; pipelines and base jobs belong to config projects; a project "
                "configures itself only; a tenant limits labels, timeouts and nodes. All but the "
                "last lose the object."
            ),
            bad="# .zuul.yaml\n" + "- nodeset: {name: small, nodes: []}\n" * 2,
            good=_GOOD,
        ),
        _rule(
            "GR608",
            "zuul-no-graph",
            "A job graph cannot be built, so no job of it runs.",
            explanation=(
                "A hard dependency that is not in the graph, jobs that wait for each other, an "
                "abstract job that is to be run, a final job that is changed: Zuul then reports "
                "an error and runs nothing for the change. `groundrules check` reports it as "
                "GR403, GR406 or, of a documented graph, GR209."
            ),
            bad=(
                _GOOD
                + "    dependencies: [lint]\n- job: {name: lint, parent: null, run: play.yaml}\n"
                "- project: {check: {jobs: [unit-test]}}\n"
            ),
            good=_GOOD + "- project: {check: {jobs: [unit-test]}}\n",
        ),
        _rule(
            "GR609",
            "zuul-tenant",
            "The tenant file cannot be used.",
            explanation="It is not a list of tenants, or says something that Zuul does not accept.",
            bad="# main.yaml\n- tenant:\n    nam: openstack\n",
            good="# main.yaml\n- tenant:\n    name: openstack\n",
        ),
        _rule(
            "GR610",
            "zuul-unstable",
            "Zuul's own answer changes from graph to graph or from start to start.",
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
                _GOOD + "- project:\n    check:\n      jobs:\n        - unit-test\n"
                "        - unit-test: {dependencies: []}\n"
            ),
            good=_GOOD + "- project: {check: {jobs: [unit-test]}}\n",
        ),
        _rule(
            "GR611",
            "zuul-elsewhere",
            "A name is not defined in this repository; another one may define it.",
            severity=Severity.WARNING,
            explanation=(
                "One repository was resolved on its own, without a tenant file, or repositories "
                "of the tenant are missing. A parent, nodeset or template of another "
                "repository is not known then: what it would add to a graph is missing from it. "
                "Only `groundrules graph --findings` reports it."
            ),
            bad="# .zuul.yaml\n- job:\n    name: unit-test\n    parent: tox\n",
            good=_GOOD,
        ),
        _rule(
            "GR612",
            "zuul-parents",
            "A job inherits where it may not, or in a circle.",
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
            good=_GOOD,
        ),
        _rule(
            "GR613",
            "zuul-unreadable-repository",
            "A repository cannot be read, so it counts as empty.",
            explanation=(
                "It has no commit, its folder leads out of the root by a symbolic link, git "
                "refuses it, or a config project has no branch 'master' and the tenant file sets "
                "no 'load-branch'. What it defines is missing from the tenant."
            ),
            bad="# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [../x]}}}\n",
            good="# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [x]}}}\n",
        ),
        _rule(
            "GR614",
            "zuul-second-key",
            "An entry of a pipeline's jobs has two keys; Zuul takes the first.",
            severity=Severity.WARNING,
            explanation=(
                "It is most often one indentation too few or a missing dash: the second job, "
                "or the attributes of the first, are dropped and nothing is said."
            ),
            bad=(
                _GOOD + "- project:\n    check:\n      jobs:\n"
                "        - unit-test: {voting: false}\n          lint: {}\n"
            ),
            good=_GOOD + "- project: {check: {jobs: [{unit-test: {voting: false}}]}}\n",
        ),
        _rule(
            "GR615",
            "zuul-empty-template",
            "A template brings no job into any pipeline.",
            severity=Severity.WARNING,
            explanation=(
                "A project that names it gets nothing from it. It may be kept for projects that "
                "still name it; else it can go, or its jobs were indented wrongly. Only "
                "`groundrules graph --findings` reports it."
            ),
            bad=_GOOD + "- project-template: {name: usual}\n",
            good=_GOOD + "- project-template: {name: usual, check: {jobs: [unit-test]}}\n",
        ),
        _rule(
            "GR616",
            "zuul-fault",
            "Zuul itself fails on this configuration, which its documentation allows.",
            explanation=(
                "Zuul 14.3 cannot freeze a job whose base job has no `branches` and is in a file "
                "with `implied-branch-matchers: true` and no `implied-branches`. Every job graph "
                "with such a job is an error (AttributeError: 'ImpliedBranchMatcher' object has "
                "no attribute 'matchers')."
            ),
            bad="# .zuul.yaml\n- pragma: {implied-branch-matchers: true}\n" + _JOB,
            good=(
                "# .zuul.yaml\n- pragma: {implied-branch-matchers: true, implied-branches: .*}\n"
                + _JOB
            ),
        ),
        _rule(
            "GR617",
            "zuul-merge-order",
            "A value depends on which release of PyYAML Zuul runs with.",
            severity=Severity.WARNING,
            explanation=(
                "Where several mappings are merged into one and have the same key with different "
                "values, PyYAML 6.0.3 takes the first mapping of a list, as YAML's merge type "
                "says, and 6.0.4 mostly the last. Graphs are built here as with 6.0.3."
            ),
            bad=(
                _GOOD + "- project:\n    gate: &gate {jobs: [unit-test], fail-fast: true}\n"
                "    post: &post {jobs: [], fail-fast: false}\n    check: {<<: [*gate, *post]}\n"
            ),
            good=_GOOD
            + "- project:\n    gate: &gate {jobs: [unit-test]}\n    check: {<<: *gate}\n",
        ),
        _rule(
            "GR619",
            "zuul-letters",
            "Zuul reads an option of the tenant file letter by letter.",
            severity=Severity.WARNING,
            explanation=(
                "`always-dynamic-branches`, `allowed-labels` and `disallowed-labels` may be text "
                "or a list, but Zuul 14.3 goes through text letter by letter. So "
                "`always-dynamic-branches: stable/1` excludes only branches with names of one "
                "letter, and a letter such as `*` is not an expression, which stops the tenant."
            ),
            bad=(
                "# main.yaml\n- tenant: {name: t, allowed-labels: small, source: {git: "
                "{config-projects: [app]}}}\n# app/master/zuul.yaml\n" + _JOB
            ),
            good=(
                "# main.yaml\n- tenant: {name: t, allowed-labels: [small], source: {git: "
                "{config-projects: [app]}}}\n# app/master/zuul.yaml\n" + _JOB
            ),
        ),
        _rule(
            "GR618",
            "zuul-deprecated",
            "A key is deprecated: Zuul still reads it and will not do so forever.",
            severity=Severity.WARNING,
            explanation=(
                "Zuul reports a deprecated key with the configuration errors of the tenant. "
                "`cleanup-run` of a job is one: playbooks of `post-run` with `cleanup: true` "
                "replace it. Expressions that are not RE2 are reported as GR604."
            ),
            bad=_GOOD + "    cleanup-run: clean.yaml\n",
            good=_GOOD + "    post-run: [{name: clean.yaml, cleanup: true}]\n",
        ),
    )
}
