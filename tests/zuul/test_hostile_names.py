"""Names from strangers in messages cannot steer the terminal that shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

RED = "\x1b[31m"
FILES = "- job: {name: unit, run: play.yaml}\n- project: {check: {jobs: [unit]}}\n"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "zuul.yaml").write_text(FILES)
    (folder / "docs").mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")
    return folder


def run(*words: str, stdin: bytes | None = None) -> Result:
    """Run a command whose output is a terminal's, so that click keeps control characters."""
    return CliRunner().invoke(main, [*words, "--no-cache"], input=stdin, color=True)


def refusal(*words: str) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.partition("Error: ")[2].rstrip("\n")


COMMANDS = (("graph",), ("graph", "--all"), ("jobs", "--files", "a"), ("impact", "job", "unit"))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_file_that_is_not_read(tmp_path: Path, words: tuple[str, ...]):
    (tmp_path / ".zuul.d").mkdir()
    (tmp_path / ".zuul.d" / f"{RED}.yml").write_text(FILES)
    assert refusal(*words, "--root", str(tmp_path)) == (
        f"there is no Zuul configuration in {tmp_path}: .zuul.d/\\x1b[31m.yml is not read: its "
        "name must end in '.yaml'"
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_repository_in_a_folder(tmp_path: Path, words: tuple[str, ...]):
    folder = tmp_path / f"{RED}x"
    (folder / ".git").mkdir(parents=True)
    (folder / "zuul.yaml").write_text(FILES)
    assert refusal(*words, "--root", str(tmp_path)) == (
        "the folder contains 1 repository and is none itself: \\x1b[31mx; use it, or a tenant file"
    )


def test_a_path_outside_of_the_repository(app: Path):
    assert refusal("jobs", "--root", str(app), "--files", f"/{RED}x") == (
        "/\\x1b[31mx is outside of the repository app"
    )


def test_a_path_in_a_list_of_git(app: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app / "docs")
    listed = run("jobs", "--root", str(app), "--files", "-", stdin=f"{RED}x\0".encode())
    assert listed.exit_code == 0
    assert listed.stderr == (
        "there is no file \\x1b[31mx, so it is read from the top of the repository; write "
        "./\\x1b[31mx for a removed file of the current folder\n"
    )


def test_other_letters_are_as_written(app: Path):
    assert refusal("jobs", "--root", str(app), "--files", "/größe/日本") == (
        "/größe/日本 is outside of the repository app"
    )


HOSTILE = """\
- job: {name: "a\\e[31mb", run: play.yaml}
- job: {name: c, run: play.yaml, dependencies: ["a\\e[31mb"]}
- project: {check: {jobs: ["a\\e[31mb", c]}, "g\\e[31m": {jobs: [c]}}
"""
ANSWERS = (
    *(("graph", "--all", "--format", form) for form in ("text", "dot", "mermaid", "json", "jsonl")),
    *(("jobs", "--files", "a", "--format", form) for form in ("text", "dot", "mermaid", "json")),
    *(("impact", "job", "a\x1b[31mb", "--format", form) for form in ("text", "dot", "json")),
    ("graph", "--pipeline", "check", "--why", "c", "a\x1b[31mb"),
)


@pytest.mark.parametrize("words", ANSWERS, ids=lambda words: ascii(" ".join(words)))
def test_names_of_jobs_in_an_answer(app: Path, words: tuple[str, ...]):
    (app / "zuul.yaml").write_text(HOSTILE)
    answer = run(*words, "--root", str(app))
    assert "31m" in answer.stdout
    assert all(line.isprintable() for line in answer.output.split("\n"))


@pytest.mark.parametrize("form", ["text", "json"])
def test_names_of_jobs_in_a_plan(app: Path, form: str):
    (app / "zuul.yaml").write_text(HOSTILE)
    words = ("plan", "--pipeline", "check", "--root", str(app), "--format", form)
    answer = CliRunner().invoke(main, words, color=True)
    assert "31m" in answer.stdout
    assert all(line.isprintable() for line in answer.output.split("\n"))
