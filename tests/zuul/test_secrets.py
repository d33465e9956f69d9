"""Secrets of a repository on its own: only the project of a job can define its secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from repositories import committed, git

PUBLISH = "- job: {name: publish, run: play.yaml, secrets: [key]}\n"
STANZA = "- project: {post: {jobs: [publish]}}\n"
KEY = "- secret: {name: key, data: {}}\n"
MISSING = (
    ".zuul.yaml:1:50: no secret 'key' is defined in this repository, and a job can only use "
    "secrets of its own project [GR606]\n"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a job whose secret is not defined."""
    folder = tmp_path / "app"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    committed(folder, PUBLISH + STANZA)
    return folder


def secrets(folder: Path, *words: str) -> list[str]:
    """Return the findings about secrets."""
    command = [*words, "--no-cache", "--root", str(folder)]
    output = CliRunner().invoke(main, command, prog_name="groundrules").output
    return [f"{line}\n" for line in output.splitlines() if " secret " in line]


@pytest.mark.parametrize("command", [("check",), ("graph", "--findings")])
def test_a_secret_that_no_branch_defines_is_missing(checkout: Path, command: tuple[str, ...]):
    assert secrets(checkout, *command) == [MISSING]


def test_a_secret_of_the_same_branch_is_there(checkout: Path):
    committed(checkout, PUBLISH + STANZA + KEY)
    assert secrets(checkout, "check") == []


def test_a_secret_of_another_branch_is_there(checkout: Path):
    git(checkout, "checkout", "-q", "-b", "stable")
    committed(checkout, KEY)
    git(checkout, "checkout", "-q", "main")
    assert secrets(checkout, "check") == []


def test_a_secret_that_is_refused_is_lost(checkout: Path):
    committed(checkout, PUBLISH + STANZA + "- secret: {name: key}\n")
    lost = ".zuul.yaml:1:50: the secret 'key' is lost: its definition is refused [GR611]\n"
    assert lost in secrets(checkout, "graph", "--findings")
    assert MISSING not in secrets(checkout, "check")


def test_a_clone_of_one_branch_does_not_show_the_secrets_of_others(checkout: Path):
    clone = checkout.parent / "clone"
    git(checkout.parent, "clone", "-q", "--single-branch", str(checkout), str(clone))
    unknown = "the secret 'key' is not defined here: another branch may define it [GR611]\n"
    assert secrets(clone, "graph", "--findings") == [f".zuul.yaml:1:50: {unknown}"]
    assert secrets(clone, "check") == []


def test_a_clone_of_every_branch_does(checkout: Path):
    clone = checkout.parent / "clone"
    git(checkout.parent, "clone", "-q", str(checkout), str(clone))
    assert secrets(clone, "check") == [MISSING]


def jobs(folder: Path, text: str) -> str:
    """Return the answer about a change to a text."""
    (folder / ".zuul.yaml").write_text(text)
    command = ["jobs", "--no-cache", "--root", str(folder)]
    return CliRunner().invoke(main, command, prog_name="groundrules").output


def test_zuul_refuses_a_change_to_a_playbook_without_its_secret(checkout: Path):
    committed(checkout, "- job: {name: publish, run: play.yaml}\n" + STANZA)
    assert jobs(checkout, PUBLISH + STANZA).endswith(
        f"app post main: no job runs, since Zuul refuses it\n  {MISSING}"
    )


@pytest.mark.parametrize(
    ("secret", "column"),
    [("key", 32), ("{name: key, secret: key, pass-to-parent: true}", 52)],
    ids=["own", "passed"],
)
def test_zuul_looks_for_no_secret_of_a_job_without_playbooks(
    checkout: Path, secret: str, column: int
):
    other = f"- job: {{name: other, secrets: [{secret}]}}\n"
    text = "- job: {name: publish, run: play.yaml}\n" + STANZA
    committed(checkout, text)
    assert "app post main: 1 job, 0 edges\n\npublish\n" in jobs(checkout, text + other)
    assert secrets(checkout, "check") == [MISSING.replace(":1:50:", f":3:{column}:")]


def test_a_secret_that_a_job_names_twice_is_reported_once(checkout: Path):
    committed(checkout, PUBLISH.replace("[key]", "[key, {name: x, secret: key}]") + STANZA)
    assert secrets(checkout, "check") == [MISSING]
