"""The rules of single Zuul files: reading them and their objects (GR6xx)."""

from __future__ import annotations

from groundrules.diagnostics import Rule, warning
from groundrules.rules.examples import GOOD

RULES = (
    Rule(
        id="GR601",
        name="zuul-unreadable-file",
        summary="A configuration file cannot be read, so all of it is lost.",
        explanation=(
            "The file is not UTF-8, is not one YAML document, repeats a key, has a tag that Zuul "
            "does not know, is a symbolic link, or cannot be opened. Zuul ignores such a file "
            "completely; for a file that is not UTF-8, it ignores all files of the branch."
        ),
        bad="# .zuul.yaml\n- job:\n    name: unit-test\n    name: unit-tests\n",
        good=GOOD,
    ),
    Rule(
        id="GR602",
        name="zuul-unknown-item",
        summary="An item of a file is not a Zuul object; the item and all after it are lost.",
        explanation=(
            "A file is a list of mappings with one key each, which is the kind of object. Zuul "
            "stops reading at the first item that is something else. It uses the items before it "
            "and ignores the items after it."
        ),
        bad="# .zuul.yaml\n- jobs:\n    name: unit-test\n",
        good=GOOD,
    ),
    Rule(
        id="GR603",
        name="zuul-broken-object",
        summary="An object has a key or value that Zuul does not accept, so the object is lost.",
        explanation=(
            "One invalid key or value loses the whole object: a job has one variant less, and all "
            "pipelines of a project stanza are lost."
        ),
        bad="# .zuul.yaml\n- job: {name: unit-test, parent: null, dependencys: [lint]}\n",
        good=GOOD,
    ),
    warning(
        id="GR604",
        name="zuul-expression",
        summary="A regular expression is not RE2.",
        explanation=(
            "Zuul uses RE2, which runs in linear time. For other expressions it uses Python's "
            "engine and reports a deprecation warning. Some expressions keep that engine busy "
            "forever, so this tool never uses it: it splits lookaheads into expressions that RE2 "
            "can run, and treats other expressions as matching nothing."
        ),
        bad=GOOD + "    branches: ^(?!stable/).*$\n",
        good=GOOD + "    branches: {regex: ^stable/, negate: true}\n",
    ),
    warning(
        id="GR605",
        name="zuul-shut-out-file",
        summary="A file is not read because another place of the same branch comes first.",
        explanation=(
            "Of zuul.yaml, zuul.d, .zuul.yaml and .zuul.d, Zuul reads only the first that exists, "
            "even if it contains only a comment."
        ),
        bad="# zuul.yaml\n# moved\n# .zuul.yaml\n- job: {name: unit-test, parent: null}\n",
        good=GOOD,
    ),
    Rule(
        id="GR613",
        name="zuul-unreadable-repository",
        summary="A repository cannot be read, so it is treated as empty.",
        explanation=(
            "It has no commit, its folder is a symbolic link out of the root, git rejects it, or "
            "it is a config project without a branch 'master' and the tenant file does not set "
            "'load-branch'. Its objects are missing from the tenant. A folder that only contains "
            "repositories is not one of them, and their names are not its branches."
        ),
        bad="# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [../x]}}}\n",
        good="# main.yaml\n- tenant: {name: t, source: {git: {config-projects: [x]}}}\n",
    ),
    warning(
        id="GR614",
        name="zuul-second-key",
        summary="Zuul uses one of two keys and ignores the other.",
        explanation=(
            "An entry of a pipeline's jobs may have one key, and Zuul uses the first. Usually, the "
            "indentation is wrong or a dash is missing: Zuul ignores the second job, or the "
            "attributes of the first, without an error. In a job with `semaphores`, Zuul ignores "
            "`semaphore`."
        ),
        bad=(
            GOOD + "- project:\n    check:\n      jobs:\n"
            "        - unit-test: {voting: false}\n          lint: {}\n"
        ),
        good=GOOD + "- project: {check: {jobs: [{unit-test: {voting: false}}]}}\n",
    ),
    warning(
        id="GR617",
        name="zuul-merge-order",
        summary="A value depends on the release of PyYAML that Zuul uses.",
        explanation=(
            "If several mappings with different values of one key are merged, PyYAML 6.0.3 uses "
            "the first mapping of a list, as YAML's merge type says, and 6.0.4 usually the last. "
            "Graphs are built here as with 6.0.3."
        ),
        bad=(
            GOOD + "- project:\n    gate: &gate {jobs: [unit-test], fail-fast: true}\n"
            "    post: &post {jobs: [], fail-fast: false}\n    check: {<<: [*gate, *post]}\n"
        ),
        good=GOOD + "- project:\n    gate: &gate {jobs: [unit-test]}\n    check: {<<: *gate}\n",
    ),
    warning(
        id="GR618",
        name="zuul-deprecated",
        summary="A deprecated key is used, which Zuul will stop reading.",
        explanation=(
            "Zuul reports a deprecated key with the configuration errors of the tenant. "
            "`cleanup-run` of a job is one: playbooks of `post-run` with `cleanup: true` replace "
            "it. Expressions that are not RE2 are reported as GR604."
        ),
        bad=GOOD + "    cleanup-run: clean.yaml\n",
        good=GOOD + "    post-run: [{name: clean.yaml, cleanup: true}]\n",
    ),
)
