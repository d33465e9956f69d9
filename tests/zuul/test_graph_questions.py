"""Which graphs ``groundrules graph`` shows for a question, and what it says where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

ALONE = """\
- job: {name: build, parent: tox}
- job: {name: unit, parent: tox, dependencies: [build]}
- job: {name: deploy, parent: null, run: play.yaml}
- job: {name: spare, parent: null, run: play.yaml}
- project:
    check: {jobs: [build, unit]}
    deploy: {jobs: [deploy]}
    gate: {jobs: [build, unit]}
"""
REFUSED = "    periodic: {jobs: [circle]}\n- job: {name: circle, dependencies: [circle]}\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """One repository on its own, in a folder that is named after nothing."""
    folder = tmp_path / "pc"
    folder.mkdir()
    (folder / ".zuul.yaml").write_text(ALONE)
    return folder


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["graph", "--root", str(root), "--no-cache", *arguments])


def titles(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line.startswith("pc ")]


def refusal(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr.partition("Error: ")[2]


# a job that not every pipeline has


def test_a_job_is_shown_in_the_pipelines_that_have_it(clone: Path):
    result = run(clone, "--job", "unit")
    assert (result.exit_code, titles(result)) == (
        0,
        ["pc check master: 2 jobs, 1 edge", "pc gate master: 2 jobs, 1 edge"],
    )


def test_a_job_that_the_first_pipeline_does_not_have_is_shown_where_it_is(clone: Path):
    assert run(clone, "--job", "deploy").stdout == "pc deploy master: 1 job, 0 edges\n\ndeploy\n"


def test_why_is_answered_in_the_pipelines_that_have_the_job(clone: Path):
    result = run(clone, "--why", "unit", "build")
    assert (result.exit_code, titles(result)) == (0, ["pc check master", "pc gate master"])


def test_json_has_the_pipelines_that_have_the_job(clone: Path):
    found = json.loads(run(clone, "--job", "deploy", "--format", "json").stdout)
    assert [each["pipeline"] for each in found] == ["deploy"]


def test_of_all_graphs_those_are_shown_that_have_the_job(clone: Path):
    assert titles(run(clone, "--all", "--job", "deploy")) == ["pc deploy master: 1 job, 0 edges"]


def test_all_lines_with_a_job_are_not_the_remembered_ones_without(clone: Path):
    arguments = ["graph", "--root", str(clone), "--all", "--format", "jsonl"]
    every = CliRunner().invoke(main, arguments).stdout.splitlines()
    some = CliRunner().invoke(main, [*arguments, "--job", "deploy"]).stdout.splitlines()
    assert [json.loads(line)["pipeline"] for line in every] == ["check", "deploy", "gate"]
    assert [json.loads(line)["pipeline"] for line in some] == ["deploy"]


def test_a_pipeline_that_cannot_be_built_could_have_the_job(clone: Path):
    (clone / ".zuul.yaml").write_text(ALONE + REFUSED)
    result = run(clone, "--job", "deploy")
    assert result.exit_code == 1
    assert titles(result) == ["pc deploy master: 1 job, 0 edges", "pc periodic master: no graph"]


def test_a_job_that_no_pipeline_has_is_a_mistake(clone: Path):
    assert refusal(run(clone, "--job", "deploi")) == (
        "no job 'deploi' is in any pipeline of pc on 'master'; did you mean 'deploy'?\n"
    )
    assert refusal(run(clone, "--why", "spare", "build")) == (
        "no job 'spare' is in any pipeline of pc on 'master'; jobs: build, deploy, unit\n"
    )


def test_a_pipeline_that_is_named_has_to_have_the_job(clone: Path):
    assert refusal(run(clone, "--pipeline", "check", "--job", "deploy")) == (
        "no job 'deploy' is in pc check master; jobs: build, unit\n"
    )


# a dependency that nobody knows


def test_a_dependency_that_is_not_a_job_is_a_mistake(clone: Path):
    assert refusal(run(clone, "--why", "unit", "nope")) == (
        "there is no job 'nope'; jobs: build, deploy, unit\n"
    )


@pytest.mark.parametrize("other", ["deploy", "spare"])
def test_a_dependency_of_another_pipeline_or_none_is_a_job(clone: Path, other: str):
    result = run(clone, "--pipeline", "check", "--why", "unit", other)
    assert result.exit_code == 0
    assert result.stdout == f"pc check master\n\nunit does not wait for {other}.\n"


def test_a_dependency_that_another_repository_defines_is_a_job(clone: Path):
    more = "{name: unit, parent: tox, dependencies: [build, {name: image, soft: true}]}"
    text = ALONE.replace("{name: unit, parent: tox, dependencies: [build]}", more)
    (clone / ".zuul.yaml").write_text(text)
    result = run(clone, "--pipeline", "check", "--why", "unit", "image")
    assert result.exit_code == 0
    assert "unit waits softly for image, which is not known to be here\n" in result.stdout


@pytest.mark.parametrize(
    ("name", "effective"), [("build", True), ("deploy", False), ("image", None)]
)
def test_in_json_an_edge_has_an_effect_or_not_or_it_is_not_known(
    clone: Path, name: str, *, effective: bool | None
):
    soft = f"dependencies: [{{name: {name}, soft: true}}]"
    (clone / ".zuul.yaml").write_text(ALONE.replace("dependencies: [build]", soft))
    graph = json.loads(run(clone, "--pipeline", "check", "--format", "json").stdout)
    assert [edge["effective"] for edge in graph["edges"]] == [effective]


# a repository on its own


def test_a_repository_on_its_own_has_the_name_that_is_given(clone: Path):
    result = run(clone, "--project", "team/app", "--pipeline", "deploy")
    assert result.stdout == "team/app deploy master: 1 job, 0 edges\n\ndeploy\n"


def test_a_stanza_for_the_project_by_its_name_is_its_own(clone: Path):
    (clone / ".zuul.yaml").write_text(ALONE.replace("project:\n", "project:\n    name: team/app\n"))
    result = run(clone, "--project", "team/app", "--pipeline", "deploy")
    assert result.stdout == "team/app deploy master: 1 job, 0 edges\n\ndeploy\n"


def test_names_that_other_repositories_define_are_reported_once_and_when_asked_for(clone: Path):
    assert run(clone).stderr == ""
    assert run(clone, "--findings").stderr == (
        ".zuul.yaml:1:30: the job 'tox' is not defined here: another repository may define it "
        "[GR611]\n"
        "1 finding in 1 file\n"
    )


def test_a_mistake_of_its_own_is_counted_without_them(clone: Path):
    (clone / ".zuul.yaml").write_text(ALONE + "- jobs: {}\n")
    assert run(clone).stderr == "1 finding in the configuration; use --findings to list them\n"


# several branches


SIMPLE = "- project: {check: {jobs: [unit]}}\n"
BROKEN = SIMPLE + "- jobs: {}\n"
MISTAKE = ".zuul.yaml:2:3: unknown object 'jobs'; did you mean 'job'? [GR602]\n"


def branches(clone: Path, texts: dict[str, str]) -> None:
    """Commit a text on each branch; the first one is the default branch."""
    git(clone, "init", "-q", "-b", next(iter(texts)))
    for branch, text in texts.items():
        (clone / ".zuul.yaml").write_text(text)
        git(clone, "add", ".")
        git(clone, "commit", "-q", "--allow-empty", "-m", branch)
        git(clone, "switch", "-q", "-C", "next")
        git(clone, "branch", "-q", "-f", branch)
    git(clone, "switch", "-q", next(iter(texts)))
    git(clone, "branch", "-q", "-D", "next")


def mistakes(result: Result) -> str:
    return "".join(line for line in result.stderr.splitlines(True) if "[GR611]" not in line)


def test_a_mistake_on_every_branch_is_one_finding_at_the_default_branch(clone: Path):
    branches(clone, dict.fromkeys(("trunk", "a", "stable/1"), BROKEN))
    places = "".join(
        f"    {branch}:.zuul.yaml:2:3: the same on {branch}\n" for branch in ("a", "stable/1")
    )
    told = mistakes(run(clone, "--all", "--findings"))
    assert told == f"{MISTAKE}{places}2 findings in 1 file\n"
    assert run(clone, "--all").stderr == (
        "1 finding in the configuration; use --findings to list them\n"
    )


def test_a_mistake_of_another_branch_is_a_finding_there(clone: Path):
    branches(clone, {"trunk": SIMPLE, "stable/1": BROKEN})
    result = run(clone, "--all", "--findings")
    assert mistakes(result) == f"stable/1:{MISTAKE}2 findings in 2 files\n"


@pytest.mark.parametrize(
    "branch", ["revert-12-main", "dependabot/pip/x-1", "patchback/backports/1"]
)
def test_a_mistake_of_a_branch_for_one_change_is_no_finding(clone: Path, branch: str):
    """Whether Zuul reads a branch is not known of a repository on its own."""
    branches(clone, {"trunk": SIMPLE, branch: BROKEN})
    assert mistakes(run(clone, "--all", "--findings")) == "1 finding in 1 file\n"
    assert titles(run(clone, "--all")) == [
        f"pc check {name}: 1 job, 0 edges, 1 defined elsewhere" for name in ("trunk", branch)
    ]


def test_what_is_not_read_on_another_branch_is_no_finding_of_the_default_branch(clone: Path):
    branches(clone, {"trunk": SIMPLE, "stable/1": SIMPLE})
    git(clone, "switch", "-q", "stable/1")
    (clone / "zuul.yaml").write_text(SIMPLE)
    git(clone, "add", ".")
    git(clone, "commit", "-q", "-m", "Two")
    git(clone, "switch", "-q", "trunk")
    finding = "stable/1:.zuul.yaml:1:1: .zuul.yaml is not read: zuul.yaml of the same branch"
    assert finding in run(clone, "--all", "--findings").stderr
    assert mistakes(run(clone, "--findings")) == "1 finding in 1 file\n"
    checked = CliRunner().invoke(main, ["check", "--root", str(clone), "--no-cache"])
    assert checked.output.startswith("No findings in 1 file.\n")


def test_a_branch_with_templates_only_is_shown(clone: Path):
    branches(clone, {"trunk": "- job: {name: x}\n", "a": "- project: {templates: [usual]}\n"})
    assert titles(run(clone, "--all")) == ["pc a: 0 jobs, 0 edges"]


# a folder without configuration


@pytest.mark.parametrize("arguments", [(), ("--all",), ("--project", "app"), ("--job", "unit")])
def test_a_folder_without_configuration_is_reported(tmp_path: Path, arguments: tuple[str, ...]):
    assert refusal(run(tmp_path, *arguments)) == (f"there is no Zuul configuration in {tmp_path}\n")


def test_the_path_in_a_message_is_short(tmp_path: Path):
    (tmp_path / "a").mkdir()
    message = f"there is no Zuul configuration in {tmp_path}\n"
    assert refusal(run(tmp_path / "a/..")) == message
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a/b/c")
    assert refusal(run(tmp_path / "link/../..")) == message.replace("\n", "/a\n")
    assert refusal(run(tmp_path / "link/.")) == message.replace("\n", "/link\n")


def test_a_folder_above_a_repository_is_not_a_configuration(clone: Path):
    (clone.parent / ".before").mkdir()
    assert refusal(run(clone.parent)) == f"there is no Zuul configuration in {clone.parent}\n"


EMPTY = ".zuul.yaml is empty"
MISNAMED = ".zuul.d/jobs.yml is not read: its name must end in '.yaml'"
UNREAD = [
    ({".zuul.yaml": ""}, EMPTY),
    ({".zuul.d/jobs.yml": "- job: {name: x}\n"}, MISNAMED),
    ({".zuul.yaml": "", ".zuul.d/jobs.yml": "- job: {name: x}\n"}, f"{EMPTY}; {MISNAMED}"),
    ({"zuul.yml": ""}, "zuul.yml is not read: its name must end in '.yaml'"),
    ({".zuul.d/README": ""}, ".zuul.d has no file that ends in '.yaml'"),
    (
        {"zuul.d/jobs.yaml": "- job: {name: x}\n", "zuul.d/.zuul.ignore": ""},
        "zuul.d/jobs.yaml is excluded by zuul.d/.zuul.ignore",
    ),
    (
        {f"zuul.d/{name}.yml": "" for name in "abcd"},
        "zuul.d/a.yml, zuul.d/b.yml, zuul.d/c.yml and 1 more are not read: their names must end in "
        "'.yaml'",
    ),
]


@pytest.mark.parametrize(("files", "reason"), UNREAD, ids=[reason for _, reason in UNREAD])
@pytest.mark.parametrize("in_git", [False, True])
def test_files_that_zuul_does_not_read_are_named(
    tmp_path: Path, files: dict[str, str], reason: str, in_git: bool
):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    if in_git:
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", "One")
    assert refusal(run(tmp_path)) == f"there is no Zuul configuration in {tmp_path}: {reason}\n"
    checked = CliRunner().invoke(main, ["check", "--root", str(tmp_path), "--no-cache"])
    assert checked.exit_code == 1
    assert checked.stdout.splitlines()[0] == (
        f".:1:1: configuration {tmp_path.name!r} is not available: it holds no configuration that "
        f"Zuul reads: {reason} [GR200]"
    )


def test_a_file_of_comments_is_read(clone: Path):
    (clone / ".zuul.yaml").write_text("# nothing yet\n")
    checked = CliRunner().invoke(main, ["check", "--root", str(clone), "--no-cache"])
    assert checked.stdout.startswith("No findings in 1 file.\n")


def test_a_branch_with_an_empty_file_is_reported_by_name(clone: Path):
    branches(clone, {"trunk": "", "stable": "- job: {name: x}\n"})
    where = f"there is no Zuul configuration in {clone} on the branch 'trunk'"
    hint = "use --branch with one that has some: stable"
    assert refusal(run(clone)) == f"{where}: {EMPTY}; {hint}\n"


def test_a_branch_without_configuration_is_reported_by_name(clone: Path):
    git(clone, "init", "-q", "-b", "stable")
    git(clone, "add", ".")
    git(clone, "commit", "-q", "-m", "One")
    git(clone, "checkout", "-q", "-b", "docs")
    git(clone, "rm", "-q", ".zuul.yaml")
    git(clone, "commit", "-q", "-m", "Two")
    where = f"there is no Zuul configuration in {clone}"
    hint = "use --branch with one that has some: stable"
    assert refusal(run(clone)) == f"{where} on the branch 'docs'; {hint}\n"
    assert refusal(run(clone, "--branch", "stabel")) == (
        "there is no branch 'stabel' here (the files are of 'docs'); did you mean 'stable'?\n"
    )
    assert titles(run(clone, "--branch", "stable", "--pipeline", "deploy")) == [
        "pc deploy stable: 1 job, 0 edges"
    ]
