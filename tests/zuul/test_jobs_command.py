"""``groundrules jobs`` from the outside: each reason, each way to name a change, each refusal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

JOBS = """\
- job:
    name: unit
    run: playbooks/unit.yaml
    irrelevant-files: [^docs/]
- job:
    name: docs
    run: playbooks/docs.yaml
    files: [^docs/, ^README]
- job: {name: lint, run: playbooks/lint.yaml}
- job:
    name: deploy
    run: playbooks/deploy.yaml
    files: ^deploy/
    dependencies: [unit, {name: docs, soft: true}]
- job: {name: old, run: x.yaml, branches: ^stable/}
- project:
    check:
      jobs: [unit, docs, lint, deploy, old]
"""


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    (folder / "docs").mkdir(parents=True)
    (folder / ".zuul.yaml").write_text(JOBS)
    (folder / "docs/index.rst").write_text("a text that is long enough to be found again\n" * 9)
    (folder / "README").write_text("one\n")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first")
    return folder


@pytest.fixture
def clone(upstream: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(upstream), str(folder))
    git(folder, "checkout", "-q", "-b", "topic")
    return folder


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def run(root: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    where = ["jobs", "--root", str(root), "--no-cache", "--project", "app"]
    return CliRunner().invoke(main, [*where, *arguments], input=stdin)


def decided(root: Path, *arguments: str, stdin: bytes | None = None) -> dict[str, tuple[Any, str]]:
    """Return whether each job runs, with the reason."""
    result = run(root, *arguments, "--format", "json", stdin=stdin)
    assert result.exit_code == 0, result.output
    [graph] = json.loads(result.stdout)["graphs"]
    return {each["job"]: (each["runs"], each["reason"]) for each in graph["decisions"]}


def running(root: Path, *arguments: str, stdin: bytes | None = None) -> list[str]:
    answer = decided(root, *arguments, stdin=stdin)
    return [job for job, (runs, _) in answer.items() if runs]


def refusal(root: Path, *arguments: str, stdin: bytes | None = None) -> str:
    result = run(root, *arguments, stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.partition("Error: ")[2].rstrip("\n")


def tenant(folder: Path, app: str = "app") -> Path:
    """Return a tenant with a config project and ``app``, whose options may be given."""
    root = folder / "tenant"
    files = {
        "main.yaml": "- tenant: {name: t, source: {git: {config-projects: [config], "
        f"untrusted-projects: [{app}]}}}}}}\n",
        "config/master/zuul.yaml": "- pipeline: {name: check, manager: independent}\n"
        "- job: {name: base, parent: null, run: play.yaml}\n",
        "app/master/.zuul.yaml": JOBS,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def batch(root: Path, *questions: object) -> list[Any]:
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    lines = "\n".join(json.dumps(question) for question in questions)
    result = CliRunner().invoke(main, ["jobs", *where, "--batch", "-"], input=lines)
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_answer_is_the_graph_of_the_jobs_that_run_then_the_reasons(upstream: Path):
    result = run(upstream, "--files", "deploy/x.sh", "src/a.py")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
compared: the given list: 2 changed files

app check main: 3 jobs, 1 edge, 1 dangling, 1 not here

unit
└─ deploy
lint

Runs because:
  unit: 'deploy/x.sh' is not in its irrelevant-files  .zuul.yaml:4:24
  lint: it has no file matcher
  deploy: files: '^deploy/' matches 'deploy/x.sh'  .zuul.yaml:13:12

Does not run:
  docs: no changed file matches its files  .zuul.yaml:8:13
  old: no definition of 'old' is for the branch 'main'  .zuul.yaml:18:40
"""
    )


def test_a_job_of_another_repository_may_have_file_matchers_there(upstream: Path):
    stanzas = "- job: {name: unit, parent: elsewhere}\n- project: {check: {jobs: [unit, other]}}\n"
    (upstream / ".zuul.yaml").write_text(stanzas)
    reason = "no file matcher of it is known"
    assert decided(upstream, "--files", "a.py") == {"unit": (True, reason), "other": (True, reason)}


def test_a_job_runs_because_a_running_job_has_a_hard_dependency_on_it(upstream: Path):
    (upstream / ".zuul.yaml").write_text(JOBS.replace("[^docs/]", "[^docs/, ^deploy/]"))
    answer = decided(upstream, "--files", "deploy/x")
    assert answer["unit"] == (True, "deploy has a hard dependency on it")
    assert answer["docs"] == (False, "no changed file matches its files")


def test_a_job_runs_because_the_change_edits_its_playbook(upstream: Path):
    answer = decided(upstream, "--files", "playbooks/docs.yaml")
    assert answer["docs"] == (True, "the change edits its file playbooks/docs.yaml")


def test_a_job_that_ignores_updates_does_not_run_for_them(upstream: Path):
    text = JOBS.replace("files: [^docs/", "match-on-config-updates: false\n    files: [^docs/")
    (upstream / ".zuul.yaml").write_text(text)
    answer = decided(upstream, "--files", "playbooks/docs.yaml")
    assert answer["docs"] == (False, "no changed file matches its files")


def test_every_matcher_lets_a_job_run_for_a_change_without_files(upstream: Path):
    assert running(upstream, "--files", "/COMMIT_MSG") == ["unit", "docs", "lint", "deploy"]
    answer = decided(upstream, "--files", "/COMMIT_MSG")
    assert answer["docs"] == (True, "the change names no file")


def test_the_commit_message_does_not_count_as_a_file(upstream: Path):
    with_message = decided(upstream, "--files", "docs/a", "--message", "Fix it")
    assert with_message == decided(upstream, "--files", "docs/a")


def test_one_job_is_explained_in_each_pipeline(upstream: Path):
    result = run(upstream, "--files", "src/a.py", "--why-not", "docs")
    assert result.stdout == (
        "compared: the given list: 1 changed file\n"
        "app check main: docs does not run: no changed file matches its files  .zuul.yaml:8:13\n"
    )
    result = run(upstream, "--files", "src/a.py", "--why-not", "dcos")
    assert result.stdout.splitlines()[1] == (
        "no project stanza or template adds dcos to check; did you mean 'docs'?"
    )


def test_the_change_of_a_checkout_is_what_its_branch_does_not_have(clone: Path):
    (clone / "README").write_text("two\n")
    commit(clone, "second")
    (clone / "docs/new.rst").write_text("new\n")
    result = run(clone, "--format", "json")
    assert json.loads(result.stdout)["files"] == ["README", "docs/new.rst"]
    assert result.stderr.startswith("compared: the work tree and origin/main (")
    git(clone, "stash", "-q", "-u")
    result = run(clone, "--format", "json")
    assert json.loads(result.stdout)["files"] == ["README"]
    assert result.stderr.startswith("compared: HEAD and origin/main (") or result.stderr.startswith(
        "compared: the work tree and origin/main ("
    )


def test_a_checkout_without_changes_is_asked_about_its_last_commit(upstream: Path):
    (upstream / "README").write_text("two\n")
    commit(upstream, "second")
    result = run(upstream, "--format", "json")
    assert json.loads(result.stdout)["files"] == ["README"]
    assert "since nothing differs from main: 1 changed file" in result.stderr


def test_a_touched_file_is_not_a_change(clone: Path):
    (clone / "README").touch()
    (clone / "docs/new.rst").write_text("new\n")
    assert json.loads(run(clone, "--format", "json").stdout)["files"] == ["docs/new.rst"]


def test_a_change_is_two_revisions(clone: Path):
    (clone / "README").write_text("two\n")
    commit(clone, "second")
    (clone / "src.py").write_text("")
    commit(clone, "third")
    assert running(clone, "--change", "HEAD~2..HEAD~1") == ["unit", "docs", "lint"]
    assert running(clone, "--change", "HEAD~1..") == ["unit", "lint"]


def test_a_change_of_the_configuration_runs_with_it(clone: Path):
    edited = JOBS.replace("run: playbooks/docs.yaml", "run: playbooks/docs.yaml\n    timeout: 9")
    edited = edited.replace("lint, deploy", "lint, deploy, more")
    more = "- job: {name: more, run: x.yaml, files: ^never$}\n"
    (clone / ".zuul.yaml").write_text(more + edited)
    answer = decided(clone)
    assert answer["docs"] == (True, "the change edits its definition")
    assert answer["more"] == (True, "the change adds it to the pipeline")
    assert answer["deploy"] == (False, "no changed file matches its files")


def test_a_branch_that_the_tenant_does_not_load_is_not_read(tmp_path: Path):
    root = tenant(tmp_path, "{app: {exclude-branches: [old]}}")
    (root / "app/old").mkdir()
    (root / "app/old/.zuul.yaml").write_text(JOBS)
    asked = {"id": 1, "project": "app", "pipeline": "check", "branch": "old", "files": []}
    patch = {".zuul.yaml": f"# edited\n{JOBS}"}
    assert batch(root, {**asked, "patch": patch}) == [{"id": 1, "jobs": [], "error": None}]


def test_a_matcher_and_lines_that_moved_are_not_an_edit_of_a_job(clone: Path):
    edited = "# moved\n\n" + JOBS.replace("^deploy/", "^deployment/")
    (clone / ".zuul.yaml").write_text(
        edited.replace("name: docs\n", "name: docs\n    description: x\n")
    )
    assert running(clone) == ["unit", "lint"]


def test_a_change_that_breaks_the_configuration_runs_nothing(clone: Path):
    (clone / ".zuul.yaml").write_text(JOBS.replace(" files: [^docs", " fils: [^docs"))
    result = run(clone)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:] == [
        "",
        "app check main: no job runs, since Zuul refuses it",
        "  .zuul.yaml:8:5: unknown key 'fils'; did you mean 'files'? (this job 'docs' is lost) "
        "[GR603]",
    ]


def test_a_list_of_files_says_that_it_does_not_show_edits(clone: Path):
    result = run(clone, "--files", ".zuul.yaml")
    assert result.stdout.splitlines()[-2:] == [
        "Not taken into account:",
        "  the change edits Zuul's configuration; jobs whose definition it edits run too, which a "
        "list of files does not show: use --change",
    ]


def test_a_renamed_file_has_its_new_name_and_at_github_its_old_one_too(clone: Path):
    shutil.move(clone / "docs/index.rst", clone / "index.rst")
    commit(clone, "move")
    assert "docs" not in running(clone)
    assert "docs" in running(clone, "--old-names")
    git(clone, "config", "remote.origin.url", "https://github.com/team/app")
    assert "docs" in running(clone)
    assert "docs" not in running(clone, "--new-names")
    assert "1 changed file, 1 renamed (old and new names)" in run(clone).stdout


def test_a_removed_file_is_a_changed_file(clone: Path):
    (clone / "docs/index.rst").unlink()
    assert running(clone) == ["docs", "lint"]


@pytest.mark.parametrize(
    ("stdin", "files"),
    [
        (b"docs/a\nsrc/b\n", ["docs/a", "src/b"]),
        (b"docs/a\0src/b\0", ["docs/a", "src/b"]),
        (b"docs/\na\0", ["docs/\na"]),
        (b"docs/\xff\n", ["docs/\ufffd"]),
        (b"docs/a\r\n", ["docs/a"]),
    ],
)
def test_files_are_read_from_standard_input(upstream: Path, stdin: bytes, files: list[str]):
    result = run(upstream, "--files", "-", "--format", "json", stdin=stdin)
    assert json.loads(result.stdout)["files"] == files


def test_an_empty_list_from_standard_input_is_refused(upstream: Path):
    assert refusal(upstream, "--files", "-", stdin=b"") == (
        "the list of files on standard input is empty, so there is no change"
    )


def test_a_tag_is_on_the_branches_that_contain_it(clone: Path):
    git(clone, "checkout", "-q", "main")
    git(clone, "tag", "v1")
    assert running(clone, "--ref", "refs/tags/v1") == ["unit", "docs", "lint", "deploy"]
    assert running(clone, "--ref", "v1", "--files", "docs/a") == ["docs", "lint"]
    assert running(clone, "--ref", "v2", "--branch", "main") == ["unit", "docs", "lint", "deploy"]
    assert refusal(clone, "--ref", "v2") == (
        f"there is no ref 'refs/tags/v2' in {clone}; name the branch that contains it with --branch"
    )
    assert refusal(clone, "--ref", "v2", "--branch", "stable") == (
        "there is no branch 'stable' here (the files are of 'main'); branches: main"
    )


def test_a_revision_that_is_not_there_is_refused(clone: Path):
    assert (
        refusal(clone, "--change", "nope..HEAD") == "there is no commit 'nope' in this repository"
    )
    assert refusal(clone, "--change", "HEAD") == (
        "'HEAD' is not two revisions; write BEFORE..AFTER, such as HEAD~1..HEAD"
    )
    assert refusal(clone, "--change", "--output=x..HEAD") == (
        "there is no commit '--output=x' in this repository"
    )


def test_a_shallow_clone_does_not_make_every_file_a_change(upstream: Path, tmp_path: Path):
    (upstream / "README").write_text("two\n")
    commit(upstream, "second")
    folder = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{upstream}", str(folder))
    assert refusal(folder) == (
        "the parent of HEAD is not in this shallow clone; fetch more of its history"
    )
    assert refusal(folder, "--change", "HEAD~1..HEAD") == (
        "there is no commit 'HEAD~1' in this repository; it is a shallow clone, so fetch more of "
        "its history"
    )


def test_the_first_commit_has_nothing_before_it(upstream: Path):
    first = "HEAD is the first commit of the repository"
    assert refusal(upstream) == f"{first}; list the files with --files"
    git(upstream, "branch", "stable")
    assert refusal(upstream, "--branch", "stable") == f"{first}; list the files with --files"
    git(upstream, "checkout", "-q", "stable")
    (upstream / "README").write_text("two\n")
    commit(upstream, "second")
    git(upstream, "checkout", "-q", "main")
    assert refusal(upstream, "--branch", "stable") == (
        f"{first}, and stable has it; list the files with --files"
    )


def test_a_local_branch_that_is_compared_with_itself_is_named(upstream: Path):
    git(upstream, "checkout", "-q", "-b", "topic")
    (upstream / "README").write_text("two\n")
    commit(upstream, "second")
    note = (
        "topic is compared with itself, since it has no remote branch; if it is a change of "
        "another branch, use --branch\n"
    )
    assert run(upstream).stderr == note
    (upstream / "docs/new.rst").write_text("new\n")
    result = run(upstream)
    assert (result.stdout.splitlines()[0].split(" (")[0], result.stderr) == (
        "compared: the work tree and topic",
        note,
    )
    result = run(upstream, "--branch", "main")
    assert result.stdout.splitlines()[0].endswith(": 2 changed files")
    assert result.stderr == run(upstream, "--branch", "topic").stderr == ""


def test_a_branch_of_a_remote_and_the_only_branch_are_not_named(upstream: Path, clone: Path):
    (clone / "README").write_text("two\n")
    assert run(clone).stderr == ""
    git(upstream, "branch", "-m", "main", "devel")
    (upstream / "README").write_text("two\n")
    assert run(upstream).stderr == ""
    git(upstream, "branch", "-m", "devel", "main")
    git(upstream, "branch", "other")
    assert run(upstream).stderr == ""


def test_a_folder_without_git_needs_a_list(upstream: Path):
    shutil.rmtree(upstream / ".git")
    assert refusal(upstream) == (f"{upstream} is not a git repository; list the files with --files")
    assert running(upstream, "--files", "README") == ["unit", "docs", "lint"]


def test_options_that_exclude_each_other_are_refused(clone: Path):
    assert refusal(clone, "--files", "a", "--change", "a..b") == (
        "--change and --files exclude each other; leave out one of them"
    )
    assert refusal(clone, "--ref", "v1", "--change", "a..b") == (
        "--change and --ref exclude each other; leave out one of them"
    )


def test_a_tenant_needs_the_project(tmp_path: Path):
    root = tenant(tmp_path)
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    result = CliRunner().invoke(main, ["jobs", *where, "--files", "a"])
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: say of which --project the change is\n")
    result = CliRunner().invoke(main, ["jobs", *where, "--project", "app"])
    assert result.stderr.endswith(
        f"Error: {root}/app is not a git repository; list the files with --files\n"
    )


def test_a_checkout_in_a_tenant_is_compared_with_its_branch(
    tmp_path: Path, clone: Path, monkeypatch: pytest.MonkeyPatch
):
    root = tenant(tmp_path)
    shutil.rmtree(root / "app")
    shutil.move(clone, root / "app")
    (root / "app/README").write_text("two\n")
    monkeypatch.chdir(root)  # the paths of repositories are relative then
    where = ["jobs", "--tenant-config", "main.yaml", "--project", "app", "--no-cache"]
    result = CliRunner().invoke(main, [*where, "--why-not", "docs"])
    compared, answer = result.stdout.splitlines()
    assert compared.startswith("compared: the work tree and origin/main (")
    assert answer == (
        "app check main: docs runs: files: '^README' matches 'README'  app/.zuul.yaml:8:21"
    )


def test_the_answer_about_a_tenant_is_cached_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from groundrules.ci.zuul import system

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root, asked = tenant(tmp_path), []
    change = system.change
    monkeypatch.setattr(system, "change", lambda question: asked.append(1) or change(question))
    where = ["jobs", "--tenant-config", str(root / "main.yaml"), "--root", str(root)]

    def text(path: str) -> str:
        return CliRunner().invoke(main, [*where, "--project", "app", "--files", path]).stdout

    first = text("docs/a")
    assert (text("docs/a"), len(asked)) == (first, 1)
    assert (text("src/a") == first, len(asked)) == (False, 2)
    (root / "app/master/.zuul.yaml").write_text(JOBS.replace("^docs/,", "^doc/,"))
    assert (text("docs/a") == first, len(asked)) == (False, 3)


def test_an_unknown_pipeline_is_refused(clone: Path):
    assert refusal(clone, "--files", "a", "--pipeline", "gate") == (
        "app is not in the pipeline 'gate' on 'main'; its pipelines: check"
    )


def test_an_expression_that_is_not_run_leaves_its_job_unknown(upstream: Path):
    text = JOBS.replace("files: ^deploy/", r"files: '^(a)\1'")
    (upstream / ".zuul.yaml").write_text(text)
    answer = decided(upstream, "--files", "src/a")
    assert answer["deploy"] == (
        None,
        r"the expression '^(a)\1' is not RE2; Python's engine might never end, so it is not run "
        "here",
    )
    result = run(upstream, "--files", "src/a")
    assert "\nNot known:\n  deploy: the expression" in result.stdout


def test_a_job_that_an_unknown_one_may_force_is_unknown(upstream: Path):
    text = JOBS.replace("files: ^deploy/", r"files: '^(a)\1'")
    (upstream / ".zuul.yaml").write_text(text)
    answer = decided(upstream, "--files", "docs/a")
    assert answer["unit"] == (None, "deploy, which may run, has a hard dependency on it")
    assert answer["docs"] == (True, "files: '^docs/' matches 'docs/a'")
    assert decided(upstream, "--files", "src/a")["docs"] == (
        False, "no changed file matches its files"
    )  # fmt: skip


def test_jobs_of_other_repositories_may_have_matchers(upstream: Path):
    (upstream / ".zuul.yaml").write_text(JOBS.replace("name: lint,", "name: lint, parent: tox,"))
    result = run(upstream, "--files", "src/a")
    assert result.stdout.splitlines()[-2:] == [
        "Not taken into account:",
        "  lint: the file matchers of tox are in another repository",
    ]


@pytest.mark.parametrize("job", ["{name: lint, parent: tox, run: x.yaml}", "{name: unused}"])
def test_a_job_with_an_unknown_part_is_not_said_to_have_no_matcher(upstream: Path, job: str):
    (upstream / ".zuul.yaml").write_text(
        JOBS.replace("{name: lint, run: playbooks/lint.yaml}", job)
    )
    assert decided(upstream, "--files", "a")["lint"] == (True, "no file matcher of it is known")


def test_templates_of_other_repositories_have_unknown_jobs(upstream: Path):
    with_templates = JOBS.replace(
        "project:\n", "project:\n    templates: [docs-jobs, python-jobs]\n"
    )
    (upstream / ".zuul.yaml").write_text(with_templates)
    note = "the jobs of the templates docs-jobs and python-jobs, defined in another repository"
    text = run(upstream, "--files", "a").stdout
    assert text.endswith(f"\n\nNot taken into account:\n  {note}\n")
    [graph] = json.loads(run(upstream, "--files", "a", "--format", "json").stdout)["graphs"]
    assert graph["notes"] == [note]


def test_a_job_that_a_template_of_another_repository_may_add_is_not_denied(upstream: Path):
    (upstream / ".zuul.yaml").write_text(
        JOBS.replace("project:\n", "project:\n    templates: [docs-jobs]\n")
    )
    assert run(upstream, "--files", "a", "--why-not", "dcos").stdout.splitlines()[1:] == [
        "no project stanza or template here adds dcos to check; did you mean 'docs'?",
        "  not taken into account: the jobs of the template docs-jobs, defined in another "
        "repository",
    ]


def test_a_template_here_adds_nothing_unknown(upstream: Path):
    (upstream / ".zuul.yaml").write_text(
        JOBS.replace("- project:\n", "- project:\n    templates: [own]\n")
        + "- project-template: {name: own, check: {jobs: [lint]}}\n"
    )
    assert "Not taken into account" not in run(upstream, "--files", "a").stdout


def test_the_jobs_of_a_template_that_is_lost_here_are_unknown(upstream: Path):
    (upstream / ".zuul.yaml").write_text(
        JOBS.replace("- project:\n", "- project:\n    templates: [own]\n")
        + "- project-template: {name: own, chek: 1}\n"
    )
    assert run(upstream, "--files", "a").stdout.splitlines()[-2:] == [
        "Not taken into account:",
        "  the jobs of the template own: its definition is refused",
    ]


def test_a_change_of_very_many_files_is_answered_with_few_comparisons(upstream: Path):
    """Each expression is compared with each path once, however many jobs have it."""
    from groundrules.ci.zuul.choosing.changed_files import ChangedFiles
    from groundrules.ci.zuul.reading.expressions import Expression

    counts = []
    matches = Expression.matches
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Expression, "matches", lambda self, path: counts.append(1) or matches(self, path)
        )
        files = ChangedFiles.of(f"src/{number}.py" for number in range(50_000))
        for _ in range(100):
            assert files.first_match([("^docs/", False), ("^lib/", False)]) is None
            assert files.first_outside([("^docs/", False)]) == "src/0.py"
    assert len(counts) == 100_000


def test_a_batch_answers_each_line(tmp_path: Path):
    root = tenant(tmp_path)
    asked = {"project": "app", "pipeline": "check", "branch": "master", "files": ["docs/a"]}
    lines = [
        json.dumps({"id": 1, **asked}),
        "",
        json.dumps({"id": 2, **asked, "project": "ap"}),
        json.dumps({"id": 3, **asked, "files": 5}),
        "[]",
        "{",
        json.dumps({"id": 4, **asked, "patch": {".zuul.yaml": None}}),
        json.dumps({"id": 5, **asked, "pipeline": "chek"}),
        "[" * 100_000,
    ]
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    result = CliRunner().invoke(main, ["jobs", *where, "--batch", "-"], input="\n".join(lines))
    answered = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(answer["id"], answer["error"]) for answer in answered[:4]] == [
        (1, None),
        (2, "no project 'ap' is in the tenant; did you mean 'app'?"),
        (3, "Expected `array`, got `int` - at `$.files`"),
        (None, "a question is a JSON object"),
    ]
    assert [job["name"] for job in answered[0]["jobs"]] == ["docs", "lint"]
    assert answered[5] == {"id": 4, "jobs": [], "error": None}
    assert answered[6]["error"] == "no pipeline 'chek' is defined; did you mean 'check'?"
    assert len(answered) == 8


def test_a_batch_says_that_a_branch_does_not_exist(tmp_path: Path):
    root = tenant(tmp_path)
    question = {"id": 1, "project": "app", "pipeline": "check", "branch": "main"}
    note = "app has no branch 'main'; branches: master"
    assert batch(root, question) == [{"id": 1, "jobs": [], "error": None, "notes": [note]}]


def test_a_batch_does_not_say_so_of_a_tag(tmp_path: Path):
    question = {"id": 1, "project": "app", "pipeline": "check", "kind": "tag", "ref": "v1"}
    assert batch(tenant(tmp_path), question) == [{"id": 1, "jobs": [], "error": None}]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_a_batch_answers_in_json_if_a_question_is_none(tmp_path: Path, word: str):
    assert batch(tenant(tmp_path), {"id": float(word)}) == [
        {"id": None, "jobs": [], "error": f"{word} is not JSON; write a number or null"}
    ]


def test_a_lost_stanza_is_refused_with_the_command_that_lists_the_mistake(upstream: Path):
    (upstream / ".zuul.yaml").write_text("- project: {name: app, chek: 1}\n")
    assert refusal(upstream, "--files", "a") == (
        "the branch 'main' has no stanza for the project 'app'; one with a mistake is lost: "
        "'groundrules check' lists the mistakes"
    )


def test_a_line_of_a_batch_is_not_read_without_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("groundrules.cli.jobs.LARGEST", 2**20)
    root = tenant(tmp_path)
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    fits, is_longer = "[" + " " * (2**20 - 3) + "]\n", "[" + " " * 2**20
    result = CliRunner().invoke(main, ["jobs", *where, "--batch", "-"], input=fits + is_longer)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.endswith("Error: a line of the batch is larger than 1 MiB\n")
    assert result.exit_code == 2


def test_a_project_with_only_templates_of_others_is_in_no_known_pipeline(upstream: Path):
    (upstream / ".zuul.yaml").write_text("- project: {templates: [docs-jobs, more-jobs]}\n")
    commit(upstream, "templates")
    (upstream / "README").write_text("two\n")
    assert refusal(upstream) == (
        "app is in no known pipeline on the branch 'main': its template 'docs-jobs' is not "
        "defined here; use --tenant-config"
    )
