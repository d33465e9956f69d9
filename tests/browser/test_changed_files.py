"""The field for the files of a change decides as ``groundrules jobs`` does, in a real browser."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_weight import LIMIT, SPHINX, loaded_by

from groundrules.ci.zuul.reading.expressions import InvalidError, expression
from groundrules.cli import main
from groundrules.pages.javascript_patterns import in_javascript
from groundrules.pages.outline import Outline
from groundrules.records import load
from groundrules.sphinxext import page_scripts
from loaded_verdicts import verdicts

SCRIPT = Path(page_scripts.__file__).parent / "static/groundrules/change_decisions.js"
JOBS = r"""
- job: {name: always, run: playbooks/base.yaml}
- job: {name: docs, files: [^docs/, '^README(\.md)?$'], run: playbooks/docs.yaml}
- job: {name: unit, irrelevant-files: [^docs/, '.*\.md$']}
- job: {name: both, files: '^(src|lib)/.*\.py$', irrelevant-files: [^src/vendor/]}
- job: {name: negated, files: [{regex: ^docs/, negate: true}]}
- job: {name: only-docs, irrelevant-files: [{regex: ^docs/, negate: true}]}
- job: {name: never, files: []}
- job: {name: package, files: ^never$}
- job: {name: image, files: ^image/, dependencies: [package]}
- job: {name: deploy, files: ^deploy/, dependencies: [image, {name: docs, soft: true}]}
- job:
    name: still
    files: ^deploy/
    match-on-config-updates: false
    run: playbooks/still.yaml
- job: {name: flags, files: '(?i)^SRC/', dependencies: [behind]}
- job: {name: behind, files: ^lib/}
- job: {name: ahead, files: '^src/(?!vendor)', run: playbooks/ahead.yaml}
- project:
    check: &jobs
      jobs: [always, docs, unit, both, negated, only-docs, never, package, image, deploy, still,
             flags, behind, ahead]
"""
TENANT = """\
- tenant: {name: t, source: {git: {config-projects: [config], untrusted-projects: [app]}}}
"""
CONFIG = """\
- pipeline: {name: check, manager: independent}
- job: {name: base, parent: null, run: playbooks/base.yaml}
"""
NAMES = [
    *("always", "docs", "unit", "both", "negated", "only-docs", "never", "package", "image"),
    *("deploy", "still", "flags", "behind", "ahead"),
]
PATHS = [
    *("docs/index.rst", "docs/a.md", "README", "README.md", "README.mdx", "readme.md", "x/docs/y"),
    *("src/a.py", "src/vendor/b.py", "src/vendor/c.md", "lib/d.py", "lib/e.c", "src", "SRC/a.py"),
    *("image/Dockerfile", "deploy/site.yaml", "never", "never/f", "/COMMIT_MSG", "src/é.py"),
    *("playbooks/base.yaml", "playbooks/docs.yaml", "playbooks/still.yaml"),
    *("playbooks/ahead.yaml", "src/\u2028.py"),
]
CONFIGURATION = [".zuul.yaml", "zuul.d/jobs.yaml", ".zuul.d/.zuul.ignore"]
DECIDE = """([data, lists]) => {
    const { decide, matchers } = groundrulesChangeDecisions;
    const matching = matchers(data.patterns);
    const [rules] = data.groups;
    return lists.map(paths => decide(rules, matching, paths).map(runs => runs ?? null));
}"""


@pytest.fixture(scope="module")
def script(browser):
    """A page that has only the script that decides."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("changes")
    (root / "data/graphs").mkdir(parents=True)
    for name, text in {"app": JOBS, "config": CONFIG}.items():
        (root / name / "master").mkdir(parents=True)
        (root / name / "master/zuul.yaml").write_text(text)
    (root / "main.yaml").write_text(TENANT)
    manual = {
        "title": "Our jobs",
        "publisher": "We",
        "summary": "What runs.",
        "configurations": [{"id": "ours", "title": "Our CI", "path": ".", "tenant": "main.yaml"}],
    }
    graph = {
        "id": "own",
        "title": "Our jobs",
        "configuration": "ours",
        "project": "app",
        "pipelines": ["check"],
        "jobs": [{"name": name} for name in NAMES],
    }
    (root / "data/manual.yaml").write_text(json.dumps(manual))
    (root / "data/graphs/own.yaml").write_text(json.dumps(graph))
    return root


def rules_of(root: Path) -> dict:
    loaded = load(root)
    [graph] = loaded.catalogue.graphs
    return json.loads(Outline(loaded.catalogue, verdicts(loaded, root)).runs_for(graph).data)


def answers(root: Path, lists: list[list[str]]) -> list[set[str]]:
    """Return the jobs that ``groundrules jobs`` says run for each list of files."""
    questions = "".join(
        json.dumps(
            {
                "id": number,
                "project": "app",
                "pipeline": "check",
                "branch": "master",
                "files": files,
            }
        )
        + "\n"
        for number, files in enumerate(lists)
    )
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    command = ["jobs", *where, "--batch", "-"]
    result = CliRunner().invoke(main, command, input=questions)
    assert result.exit_code == 0, result.output
    read = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["error"] for answer in read] == [None] * len(lists)
    return [{job["name"] for job in answer["jobs"]} for answer in read]


def test_the_field_decides_as_the_command_does_on_500_lists(script, repository):
    chance = random.Random(15)  # noqa: S311
    lists = [chance.sample(PATHS, chance.choice([1, 1, 2, 3, 6])) for _ in range(500)]
    data = rules_of(repository)
    order = [job["name"] for job in data["groups"][0]["jobs"]]
    known = 0
    for decisions, running in zip(
        script.evaluate(DECIDE, [data, lists]), answers(repository, lists), strict=True
    ):
        decided = dict(zip(order, decisions, strict=True))
        sure = {name: runs for name, runs in decided.items() if runs is not None}
        assert sure == {name: name in running for name in sure}
        assert decided.keys() - sure.keys() <= {"flags", "behind", "ahead"}
        known += len(sure)
    assert known > 500 * 11


def test_a_change_of_the_configuration_is_not_decided(script, repository):
    lists = [["docs/a", path] for path in CONFIGURATION]
    decided = script.evaluate(DECIDE, [rules_of(repository), lists])
    assert decided == [[None] * len(NAMES)] * 3


def test_what_an_undecided_job_may_force_is_not_decided(script, repository):
    data = rules_of(repository)
    order = [job["name"] for job in data["groups"][0]["jobs"]]
    [decisions] = script.evaluate(DECIDE, [data, [["x"]]])
    decided = dict(zip(order, decisions, strict=True))
    assert (decided["flags"], decided["behind"], decided["package"]) == (None, None, False)


def test_nothing_is_said_not_to_run_where_parts_are_missing(script, repository):
    data = rules_of(repository)
    [complete] = script.evaluate(DECIDE, [data, [["x"]]])
    assert {True, False, None} == {*complete}
    data["groups"][0]["isComplete"] = False
    [decisions] = script.evaluate(DECIDE, [data, [["x"]]])
    assert decisions == [True if runs else None for runs in complete]


def test_a_path_that_is_too_long_is_not_compared(script, repository):
    [decisions] = script.evaluate(DECIDE, [rules_of(repository), [["docs/" + "a" * 500]]])
    assert decisions[:3] == [True, None, None]


PARTS = [
    *("a", "b", "/", ".", r"\.", "[a-c]", "[^/]", r"\d", r"\w", r"\s", r"\W", "(a|b)", "(", ")"),
    *("*", "+", "?", "*?", "{1,2}", "{2}", "{,3}", "^", "$", r"\b", "|", "-", r"\-", "é", "docs"),
    *("[-a]", r"[\w.]", r"[^\s]", "(?i)", "(?P<x>a)", "(?!a)", "\n", r"\z", "[[:alpha:]]", "{"),
    *("\u2028", "[a-c-e]", r"\n", "[]a]", "[^]a]", r"\pL", "[b-a]", "[a&&b]", "\U0001f600", " "),
]
SIGNS = [*"abc/.-_1 {},3\n", "é", "\u2028", "\xa0", "\U0001f600", "docs"]
MATCH = """cases => cases.map(([source, paths]) => {
    const [matches] = groundrulesChangeDecisions.matchers([[source, false]]);
    return paths.map(matches);
})"""


def test_a_browser_matches_random_expressions_as_re2_does(script):
    chance = random.Random(4)  # noqa: S311
    cases, wanted = [], []
    for _ in range(6000):
        pattern = "".join(chance.choices(PARTS, k=chance.randint(1, 6)))
        if (source := in_javascript(pattern)) is None:
            continue
        compiled = expression(pattern)
        assert compiled.is_run, pattern
        paths = ["".join(chance.choices(SIGNS, k=chance.randint(0, 6))) for _ in range(8)]
        cases.append([source, paths])
        wanted.append([compiled.matches(path) for path in paths])
    assert len(cases) > 1500
    assert script.evaluate(MATCH, cases) == wanted


def test_an_expression_of_printable_signs_is_refused_or_equal(script):
    chance = random.Random(8)  # noqa: S311
    cases, wanted = [], []
    for _ in range(6000):
        pattern = "".join(chance.choices(string.printable, k=chance.randint(1, 5)))
        if (source := in_javascript(pattern)) is None:
            continue
        try:
            compiled = expression(pattern)
        except InvalidError:
            pytest.fail(f"{pattern!r} is not valid")
        paths = ["".join(chance.choices([*pattern, *"a/."], k=3)) for _ in range(4)]
        cases.append([source, paths])
        wanted.append([compiled.matches(path) for path in paths])
    assert len(cases) > 1500
    assert script.evaluate(MATCH, cases) == wanted


GRAPH = "generated/graphs/deploy.html"


def words(result) -> str:
    return " ".join(result.inner_text().split())


def test_the_field_by_keyboard(visit, marked):
    page = visit(marked).open(GRAPH)
    page.locator(".ci-changing summary").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Changed files, one a line")
    field.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("playbooks/base/a.yaml")
    result = page.locator(".ci-changing [aria-live]")
    assert words(result) == "deploy Run: base certificates gitea periodic Run: base certificates"
    field.fill("README")
    assert words(result) == (
        "deploy Run: certificates gitea Do not run: base "
        "periodic Run: certificates Do not run: base"
    )
    marked_jobs = page.locator(".ci-node.ci-match").all_text_contents()
    assert marked_jobs == ["certificates", "gitea"]
    field.fill("README\n.zuul.yaml\n")
    assert "Not known here; “groundrules jobs” can tell: base certificates gitea" in words(result)
    assert "un:" not in words(result)
    assert page.locator('.ci-node rect[style*="dasharray"]').count() == 3
    field.fill("\n")
    assert result.inner_text() == ""
    assert page.locator(".ci-node.ci-match").count() == 0


def test_paths_as_find_prints_them_are_those_of_the_repository(visit, marked):
    page = visit(marked).open(GRAPH)
    page.locator(".ci-changing summary").click()
    field = page.get_by_label("Changed files, one a line")
    field.fill("playbooks/base/main.yaml")
    text = page.locator(".ci-changing [aria-live]").inner_text()
    field.fill("README")
    assert page.locator(".ci-changing [aria-live]").inner_text() != text
    field.fill(" .//playbooks/base/main.yaml\n./\n")
    assert page.locator(".ci-changing [aria-live]").inner_text() == text


def test_without_script_the_field_does_not_show(visit, marked):
    page = visit(marked, java_script_enabled=False).open(GRAPH)
    assert page.locator(".ci-changing").count() == 1
    assert page.locator(".ci-changing:visible").count() == 0


def test_the_field_fits_a_phone(visit, marked):
    page = visit(marked, viewport={"width": 390, "height": 800}).open(GRAPH)
    page.locator(".ci-changing summary").click()
    page.get_by_label("Changed files, one a line").fill("README")
    box = page.locator(".ci-changing textarea").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_of_a_job_says_for_which_files_it_runs(visit, marked):
    page = visit(marked).open("generated/jobs/deploy/base.html")
    facts = page.locator("dl", has_text="Runs for").inner_text()
    assert "a change of a file that matches ^playbooks/base/.*$" in facts


def test_own_script_and_style_of_a_page_with_the_field_stay_below_the_limit(marked):
    own = loaded_by(marked, GRAPH) - SPHINX
    assert "groundrules/changing.js" in own
    assert sum((marked / "_static" / name).stat().st_size for name in own) < LIMIT


def test_a_graph_of_which_not_every_file_is_known_has_no_field(marked):
    assert "ci-changing" not in (marked / "generated/graphs/own.html").read_text("utf-8")
