"""Paths of changed files as users, git and ``find`` write them, for ``jobs`` and ``impact``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.ci import revisions
from groundrules.cli import listed_files, main
from repositories import git, tenant_around

JOBS = """\
- job: {name: unit, run: play.yaml}
- job: {name: docs, run: play.yaml, files: ^docs/}
- project: {check: {jobs: [unit, docs]}}
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Return a repository in whose ``docs`` is a file of the name of one at the top."""
    folder = tmp_path / "app"
    for name in ("README", "play.yaml", "docs/README", "docs/a.rst", "docs/old.rst", "src/a.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("[]\n")
    (folder / ".zuul.yaml").write_text(JOBS)
    (folder / "link").symlink_to("docs")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/here").write_text("")
    (tmp_path / "other/README").write_text("")
    (tmp_path / "way").symlink_to("app")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    (folder / "docs/old.rst").unlink()
    return folder


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["jobs", "--no-cache", *arguments], input=stdin)


def read(*arguments: str, stdin: bytes | None = None) -> list[str]:
    """Return the paths that are compared; nothing must be said of them."""
    result = run(*arguments, "--format", "json", stdin=stdin)
    notes = [line for line in result.stderr.splitlines() if not line.startswith("Using the conf")]
    assert notes == ["compared: the given list: 1 changed file"]
    [path] = json.loads(result.stdout)["files"]
    return path


def refusal(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.partition("Error: ")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("here", "written", "path"),
    [
        (".", "docs/a.rst", "docs/a.rst"),
        (".", "./docs/a.rst", "docs/a.rst"),
        (".", "docs//./a.rst", "docs/a.rst"),
        (".", "src/../docs/a.rst", "docs/a.rst"),
        (".", "../app/docs/a.rst", "docs/a.rst"),
        (".", "../way/docs/a.rst", "docs/a.rst"),
        (".", "docs/old.rst", "docs/old.rst"),
        (".", "./docs/never.rst", "docs/never.rst"),
        (".", "link", "link"),
        (".", "/COMMIT_MSG", "/COMMIT_MSG"),
        (".", "docs/..rst", "docs/..rst"),
        ("docs", "a.rst", "docs/a.rst"),
        ("docs", "./a.rst", "docs/a.rst"),
        ("docs", "./never.rst", "docs/never.rst"),
        ("docs", "old.rst", "docs/old.rst"),
        ("docs", "../src/a.py", "src/a.py"),
        ("docs", "docs/a.rst", "docs/a.rst"),
        ("docs", "docs/old.rst", "docs/old.rst"),
        ("docs", "play.yaml", "play.yaml"),
        ("docs", "../README", "README"),
    ],
)
def test_a_path_is_from_the_current_folder_or_from_the_top(
    app: Path, monkeypatch: pytest.MonkeyPatch, here: str, written: str, path: str
):
    monkeypatch.chdir(app / here)
    assert read("--files", written) == path
    assert read("--files", "-", stdin=written.encode()) == path


@pytest.mark.parametrize("written", ["README", "app/README", "./app/README", "{}/README"])
def test_a_path_from_outside_of_the_repository(
    app: Path, monkeypatch: pytest.MonkeyPatch, written: str
):
    monkeypatch.chdir(app.parent)
    assert read("--root", "app", "--files", written.format(app)) == "README"
    monkeypatch.chdir(app.parent / "other")
    assert read("--root", "../app", "--files", "README") == "README"


def test_a_path_that_leads_to_two_files_is_named(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app / "docs")
    result = run("--files", "README", "--why-not", "docs")
    assert result.stderr == (
        f"Using the configuration in {app}\n"
        "README is read from the current folder, as docs/README; write ../README for the file at "
        "the top of the repository\n"
    )
    assert result.stdout.splitlines()[1] == (
        "app check main: docs runs: files: '^docs/' matches 'docs/README'  .zuul.yaml:2:44"
    )


def test_paths_that_lead_nowhere_from_a_subfolder_are_named(
    app: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(app / "docs")
    result = run("--files", "b.rst", "c.rst", "d.rst")
    assert result.stderr == (
        f"Using the configuration in {app}\n"
        "there is no file b.rst, so it is read from the top of the repository, and 2 other paths "
        "too; write ./b.rst for a removed file of the current folder\n"
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("../x", "../x is outside of the repository app"),
        ("docs/../../x", "docs/../../x is outside of the repository app"),
        ("/etc/x", "/etc/x is outside of the repository app"),
        ("{app}2/x", "{app}2/x is outside of the repository app"),
        ("", "a path is empty; name a file, or leave it out"),
        (".", ". is a folder; name the files in it"),
        ("docs", "docs is a folder; name the files in it"),
        ("new/", "new/ is a folder; name the files in it"),
    ],
)
def test_a_path_of_no_file_of_the_repository_is_refused(
    app: Path, monkeypatch: pytest.MonkeyPatch, written: str, message: str
):
    monkeypatch.chdir(app)
    assert refusal("--files", written.format(app=app)) == message.format(app=app)


def test_a_file_elsewhere_is_refused_from_there(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app.parent / "other")
    assert refusal("--root", "../app", "--files", "here") == (
        "here is outside of the repository app"
    )


def test_a_submodule_is_a_file_of_a_change(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app)
    (app / "modules/empty").mkdir(parents=True)
    (app / "modules/full").mkdir()
    (app / "modules/full/.git").write_text("gitdir: ../../.git/modules/full\n")
    assert read("--files", "modules/empty") == "modules/empty"
    assert read("--files", "modules/full") == "modules/full"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (b'"docs/\\303\\244 \\"b\\"\\t\\\\.rst"', 'docs/ä "b"\t\\.rst'),
        (b'"docs/a', '"docs/a'),
        ('docs/ä "b"'.encode(), 'docs/ä "b"'),
        (b'"docs/a"\0', '"docs/a"'),
    ],
)
def test_a_name_that_git_quotes(app: Path, monkeypatch: pytest.MonkeyPatch, line: bytes, path: str):
    monkeypatch.chdir(app)
    assert read("--files", "-", stdin=line) == path


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("HEAD~1..HEAD", "two revisions, not a file; use --change HEAD~1..HEAD"),
        ("main...", "two revisions, not a file; use --change main..."),
        ("..main", "two revisions, not a file; use --change HEAD..main"),
        ("nope..HEAD", "two revisions, not a file; use --change nope..HEAD"),
        ("HEAD", "a revision, not a file; use --change HEAD~1..HEAD"),
    ],
)
def test_a_revision_is_not_a_file(
    app: Path, monkeypatch: pytest.MonkeyPatch, written: str, message: str
):
    monkeypatch.chdir(app)
    message = f"{written!r} is {message}, or write ./{written} for a file of this name"
    assert refusal(written) == message
    assert refusal("--files", "README", written) == message


def test_a_file_with_the_name_of_a_revision(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app)
    assert read("./main..HEAD") == "main..HEAD"
    assert read("--files", "-", stdin=b"main..HEAD\n") == "main..HEAD"
    assert read("one..two") == "one..two"
    (app / "main").write_text("")
    assert read("main") == "main"
    git(app, "add", "main")
    git(app, "commit", "-q", "-m", "second")
    (app / "main").unlink()
    assert read("main") == "main"


def test_a_path_in_a_repository_of_a_tenant(app: Path, monkeypatch: pytest.MonkeyPatch):
    root = app.parent
    tenant = ("--tenant-config", str(tenant_around(root)), "--root", str(root))
    monkeypatch.chdir(root)
    for written in ("docs/a.rst", "app/docs/a.rst", "./app/docs/a.rst", f"{app}/docs/a.rst"):
        assert read(*tenant, "--project", "app", "--files", written) == "docs/a.rst"
    assert refusal(*tenant, "--project", "app", "--files", "./docs/a.rst") == (
        "./docs/a.rst is outside of the repository app"
    )
    assert refusal(*tenant, "--files", "./app/docs/a.rst") == (
        "say of which --project the file ./app/docs/a.rst is"
    )


@pytest.mark.parametrize(
    ("here", "written"),
    [(".", "play.yaml"), (".", "./play.yaml"), ("docs", "../play.yaml"), ("docs", "play.yaml")],
)
def test_the_file_of_impact_is_written_likewise(
    app: Path, monkeypatch: pytest.MonkeyPatch, here: str, written: str
):
    monkeypatch.chdir(app / here)
    result = CliRunner().invoke(main, ["impact", "--no-cache", "--file", written])
    assert result.stdout.startswith("playbook 'play.yaml'\n")


def test_impact_refuses_a_file_elsewhere(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app)
    ends = {
        "../other/here": "outside of the repository app",
        "docs": "a folder; name the files in it",
    }
    for written, end in ends.items():
        result = CliRunner().invoke(main, ["impact", "--no-cache", "--file", written])
        assert result.stderr.endswith(f"Error: {written} is {end}\n")


@pytest.mark.parametrize("written", [rb'"../\000/a"', rb'"a\000"'], ids=["above", "here"])
def test_a_zero_byte_is_in_no_path(app: Path, monkeypatch: pytest.MonkeyPatch, written: bytes):
    monkeypatch.chdir(app)
    result = run("--files", "-", stdin=written)
    path = written.decode().strip('"').replace("\\000", "\\x00")
    message = f"Error: {path} has a zero byte, which no path can have; remove it\n"
    assert (result.exit_code, result.stderr.endswith(message)) == (2, True)


def test_git_is_asked_about_few_of_many_removed_files(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app)
    asked: list[str] = []
    monkeypatch.setattr(revisions, "named_commit", lambda _, name: asked.append(name) or "")
    assert run("--files", *(f"gone/{number}" for number in range(1_000))).exit_code == 0
    assert asked == [f"gone/{number}" for number in range(listed_files.MOST_LOOKED_UP)]
