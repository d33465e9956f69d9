"""What README.rst says to type does what it says: its commands are run here or by CI."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from command_runs import understood
from groundrules.cli import main

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[1]
README = (ROOT / "README.rst").read_text("utf-8")
APP = Path(__file__).parent / "projects" / "readme"
SECTION = README.partition("Your own repository\n---")[2].partition("\n\nYour own manual")[0]
OWN_MANUAL = README.partition("Your own manual\n---")[2].partition("\n\nThe first five")[0]


def blocks() -> list[tuple[str, str]]:
    """Return the commands of the section with the output that is shown below each."""
    lines = [line[3:] for line in SECTION.splitlines() if line.startswith("   ") or not line]
    parts = re.split(r"^\$ ", "\n".join(lines), flags=re.MULTILINE)[1:]
    pairs = (part.partition("\n") for part in parts)
    return [(command, output.strip("\n")) for command, _, output in pairs]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git checkout of a made-up repository, in which a new user stands."""
    folder = tmp_path / "app"
    shutil.copytree(APP, folder)
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "All"]):
        subprocess.run(["git", *identity, *words], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def test_ci_runs_the_command_of_the_readme() -> None:
    commands = re.findall(r"^   \$ (python3 -m venv .*)$", README, re.M)
    assert len(commands) == 2
    assert (ROOT / ".ci/run").read_text().splitlines()[-1] == commands[1]


@pytest.mark.parametrize(("command", "code"), [("graph", 0), ("check", 1)])
def test_a_new_user_sees_what_the_readme_shows(checkout: Path, command: str, code: int) -> None:
    """The two commands need no option, no manual and no tenant file."""
    (shown,) = [output for words, output in blocks() if words == f"groundrules {command}"]
    result = CliRunner().invoke(main, [command])
    assert (result.exit_code, result.stderr) == (code, "")
    assert result.stdout.strip("\n") == shown


def test_the_finding_is_true(checkout: Path) -> None:
    """After the suggested correction there is none."""
    path = checkout / ".zuul.yaml"
    path.write_text(path.read_text().replace("applicaton", "application"))
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "No findings in 1 file.")


PLANNED = "- job: app-image\n        soft: true\n        status: planned\n"


def test_what_import_drafts_and_people_change_is_encoded_as_the_readme_says(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = tmp_path / "manual"
    assert CliRunner().invoke(main, ["init", str(manual), "--yes"]).exit_code == 0
    monkeypatch.chdir(manual)
    commands = [words for words, _ in blocks() if "import" in words or "patches" in words]
    commands += [words for words, _ in blocks() if words.endswith("--write")]
    assert len(commands) == 4
    for variable in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(variable, "T")
    for variable in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(variable, "t@example.org")
    for words in commands:
        name, *options = shlex.split(words.replace("GRAPH", "app-check"))
        if name == "git":
            subprocess.run(words, shell=True, check=True)  # noqa: S602 (the README's own)
            continue
        result = CliRunner().invoke(main, options)
        assert result.exit_code == 0, result.output
        if options[0] == "import":
            record = manual / "data/graphs/app-check.yaml"
            assert "- job: app-image\n" in record.read_text()
            record.write_text(record.read_text().replace("- job: app-image\n", PLANNED))
    assert result.stdout == "data/graphs/app-check.yaml: written\n"
    assert "soft: true" in (checkout / ".zuul.yaml").read_text()


def test_every_command_of_the_section_is_understood(checkout: Path) -> None:
    (checkout / "main.yaml").touch()
    commands = [words for words, _ in blocks() if words.startswith("groundrules")]
    commands += re.findall(r"``(groundrules [^`]*)``", SECTION)
    assert len(commands) >= 6
    for words in commands:
        name, *options = shlex.split(words)[1:]
        understood(name, options)


def test_a_manual_of_one_s_own_is_made_as_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^   \$ (.*)$", OWN_MANUAL, re.M)
    assert [words.split()[:2] for words in commands] == [
        ["groundrules", "init"], ["cd", "manual"], ["groundrules", "check"],
        ["groundrules", "build"],
    ]  # fmt: skip
    for words in commands:
        name, *options = shlex.split(words)
        if name == "cd":
            monkeypatch.chdir(options[0])
        else:
            result = CliRunner().invoke(main, options)
            assert result.exit_code == 0, result.output
    assert (tmp_path / "manual/build/html/index.html").is_file()
