"""The rules of single Zuul files: reading them and their objects (GR6xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, Severity
from groundrules.rules.zuul_examples import GOOD

RULES = (
    Rule(
        id="GR601",
        name="zuul-unreadable-file",
        summary="A configuration file cannot be read, so all of it is lost.",
        explanation=(
            "The file is not UTF-8, not one YAML document, holds a key twice or a tag that "
            "Zuul does not know, is a symbolic link, or cannot be opened. Zuul drops such a "
            "file whole; a file that is not UTF-8 makes it drop all files of the branch."
        ),
        bad="# .zuul.yaml\n- job:\n    name: unit-test\n    name: unit-tests\n",
        good=GOOD,
    ),
    Rule(
        id="GR602",
        name="zuul-unknown-item",
        summary="An item of a file is no object of Zuul; it and what follows is lost.",
        explanation=(
            "A file is a list of mappings with one key each, which is the kind of object. "
            "Zuul stops reading at the first item that is something else: what stands "
            "before it is used, what follows is not."
        ),
        bad="# .zuul.yaml\n- jobs:\n    name: unit-test\n",
        good=GOOD,
    ),
    Rule(
        id="GR603",
        name="zuul-broken-object",
        summary="An object says something that Zuul does not accept, so this object is lost.",
        explanation=(
            "One wrong key or value loses the whole object: a job then has one variant less, "
            "a project stanza takes all its pipelines with it."
        ),
        bad="# .zuul.yaml\n- job: {name: unit-test, parent: null, dependencys: [lint]}\n",
        good=GOOD,
    ),
    Rule(
        id="GR604",
        name="zuul-expression",
        summary="A regular expression is not RE2.",
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
    Rule(
        id="GR605",
        name="zuul-shut-out-file",
        summary="A file is not read because another place of the same branch comes first.",
        severity=Severity.WARNING,
        explanation=(
            "Of zuul.yaml, zuul.d, .zuul.yaml and .zuul.d Zuul takes the first that exists, "
            "even when it holds a comment only. The others are read by nobody."
        ),
        bad="# zuul.yaml\n# moved\n# .zuul.yaml\n- job: {name: unit-test, parent: null}\n",
        good=GOOD,
    ),
    Rule(
        id="GR613",
        name="zuul-unreadable-repository",
        summary="A repository cannot be read, so it counts as empty.",
        explanation=(
            "It has no commit, its folder leads out of the root by a symbolic link, git "
            "refuses it, or a config project has no branch 'master' and the tenant file sets "
            "no 'load-branch'. What it defines is missing from the tenant."
        ),
        bad="# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [../x]}}}\n",
        good="# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [x]}}}\n",
    ),
    Rule(
        id="GR614",
        name="zuul-second-key",
        summary="An entry of a pipeline's jobs has two keys; Zuul takes the first.",
        severity=Severity.WARNING,
        explanation=(
            "It is most often one indentation too few or a missing dash: the second job, "
            "or the attributes of the first, are dropped and nothing is said."
        ),
        bad=(
            GOOD + "- project:\n    check:\n      jobs:\n"
            "        - unit-test: {voting: false}\n          lint: {}\n"
        ),
        good=GOOD + "- project: {check: {jobs: [{unit-test: {voting: false}}]}}\n",
    ),
    Rule(
        id="GR617",
        name="zuul-merge-order",
        summary="A value depends on which release of PyYAML Zuul runs with.",
        severity=Severity.WARNING,
        explanation=(
            "Where several mappings are merged into one and have the same key with different "
            "values, PyYAML 6.0.3 takes the first mapping of a list, as YAML's merge type "
            "says, and 6.0.4 mostly the last. Graphs are built here as with 6.0.3."
        ),
        bad=(
            GOOD + "- project:\n    gate: &gate {jobs: [unit-test], fail-fast: true}\n"
            "    post: &post {jobs: [], fail-fast: false}\n    check: {<<: [*gate, *post]}\n"
        ),
        good=GOOD + "- project:\n    gate: &gate {jobs: [unit-test]}\n    check: {<<: *gate}\n",
    ),
    Rule(
        id="GR618",
        name="zuul-deprecated",
        summary="A key is deprecated: Zuul still reads it and will not do so forever.",
        severity=Severity.WARNING,
        explanation=(
            "Zuul reports a deprecated key with the configuration errors of the tenant. "
            "`cleanup-run` of a job is one: playbooks of `post-run` with `cleanup: true` "
            "replace it. Expressions that are not RE2 are reported as GR604."
        ),
        bad=GOOD + "    cleanup-run: clean.yaml\n",
        good=GOOD + "    post-run: [{name: clean.yaml, cleanup: true}]\n",
    ),
)
