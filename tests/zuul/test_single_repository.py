"""Each folder in ``alone/`` is a repository without a tenant, and a session with it.

A new case needs no Python: make the folder with an ``expected.txt`` of commands, run
``python tests/zuul/test_single_repository.py`` and read whether the answers are true.
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from repositories import committed, git

ALONE = Path(__file__).parent / "alone"
PROMPT = "$ groundrules "


def session(folder: Path, commands: list[str]) -> str:
    """Return what the commands print in a copy of a case, each with its exit code."""
    return "".join(f"{PROMPT}{command}\n{answer(folder, command)}" for command in commands)


def answer(folder: Path, command: str) -> str:
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, shlex.split(command), prog_name="groundrules")
    finally:
        os.chdir(before)
    return f"{result.stdout}{result.stderr}[exit {result.exit_code}]\n"


def commands(text: str) -> list[str]:
    lines = text.splitlines()
    return [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]


def copied(case: Path, to: Path) -> Path:
    """Return a copy in a folder of the case's name, outside of this repository."""
    return Path(shutil.copytree(case, to / case.name))


@pytest.mark.parametrize("case", sorted(ALONE.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path):
    expected = (case / "expected.txt").read_text("utf-8")
    assert session(copied(case, tmp_path), commands(expected)) == expected


# what git knows of a repository

JOB = "- job: {name: unit, parent: tox}\n"
STANZA = "- project: {check: {jobs: [unit]}}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository whose only branch is called main."""
    folder = tmp_path / "pc"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    committed(folder, JOB + STANZA)
    return folder


def titles(folder: Path, command: str = "graph") -> list[str]:
    """Return the first line of each graph, with the reason where there is none."""
    text = answer(folder, command)
    parts = text.rpartition("[exit")[0].split("\n\n")
    return [part.partition(": ")[0] for part in parts if ": " in part.partition("\n")[0]]


@pytest.mark.parametrize(
    "address",
    [
        "https://forge.example/team/code.git",
        "https://someone:word@forge.example:8443/team/code",
        "ssh://someone@forge.example:29418/team/code",
        "git@forge.example:team/code.git",
        "forge.example:team/code",
        "ssh://[2001:db8::1]:22/team/code/",
        "git+ssh://forge.example/team/code.git",
    ],
)
def test_a_nameless_stanza_is_of_the_project_that_the_remote_names(checkout: Path, address: str):
    git(checkout, "remote", "add", "origin", address)
    assert titles(checkout) == ["team/code check main"]


NOT_AN_ADDRESS = [
    "ext::sh -c 'echo team/code'",
    "ext::sh",
    "fd::17/team/code",
    "-oProxyCommand=x:team/code",
    "--upload-pack=x:team/code",
    "javascript://forge.example/team/code",
    "https://forge.example/team/code?x=<b>",
    "git@forge.example:team/co de",
    "git@forge.example:team/code\x1b[31m",
    "forge.example:",
    "forge.example:../team/code",
]


@pytest.mark.parametrize(
    "address", ["/srv/code", "../code", "file:///srv/code", "", *NOT_AN_ADDRESS]
)
def test_a_remote_on_this_machine_or_without_an_address_names_no_project(
    checkout: Path, address: str
):
    git(checkout, "config", "remote.origin.url", address)
    assert titles(checkout) == ["pc check main"]


def test_a_stanza_with_the_name_of_the_remote_is_its_own(checkout: Path):
    git(checkout, "remote", "add", "origin", "https://forge.example/team/code")
    stanzas = "".join(
        f"- project: {{name: {name}, check: {{jobs: [unit]}}}}\n"
        for name in ("team/other", "forge.example/team/code")
    )
    committed(checkout, "- job: {name: unit, parent: null}\n" + stanzas)
    assert titles(checkout) == ["forge.example/team/code check main"]


def test_a_repository_that_configures_only_others_is_the_one_of_its_remote(checkout: Path):
    git(checkout, "remote", "add", "origin", "https://forge.example/mirror/config")
    stanzas = "".join(
        f"- project: {{name: {name}, check: {{jobs: [unit]}}}}\n" for name in ("team/code", "doc")
    )
    committed(checkout, "- job: {name: unit, parent: null}\n" + stanzas)
    refused = "Error: the branch 'main' has no stanza for the project 'mirror/config'; "
    assert f"{refused}use --project with one of: doc, team/code\n" in answer(checkout, "graph")
    assert titles(checkout, "graph --project team/code") == ["team/code check main"]
    assert answer(checkout, "check").startswith("No findings in 1 file.\n")


def test_all_graphs_need_no_name_of_a_repository_that_may_be_several_projects(checkout: Path):
    stanzas = "".join(
        f"- project: {{name: {name}, check: {{jobs: [unit]}}}}\n" for name in ("team/pc", "doc/pc")
    )
    committed(checkout, "- job: {name: unit, parent: null}\n" + stanzas)
    assert "'pc' may be any of these" in answer(checkout, "graph")
    assert titles(checkout, "graph --all") == ["team/pc check main", "doc/pc check main"]


def test_a_project_does_not_configure_others(checkout: Path):
    stanzas = "".join(
        f"- project: {{name: {name}, check: {{jobs: [unit]}}}}\n" for name in ("team/pc", "doc")
    )
    committed(checkout, JOB + stanzas)
    assert titles(checkout, "graph --all") == ["team/pc check main"]


def test_a_branch_without_configuration_names_those_that_have_some(checkout: Path):
    git(checkout, "checkout", "-q", "-b", "stable/1")
    git(checkout, "checkout", "-q", "main")
    git(checkout, "rm", "-q", ".zuul.yaml")
    git(checkout, "commit", "-q", "-m", "Two")
    assert "on the branch 'main'; use --branch with one that has some: stable/1\n" in answer(
        checkout, "graph"
    )
    assert "; branches that have some: stable/1 [GR200]\n" in answer(
        checkout, "check --configuration-only"
    )


def test_a_fork_is_the_project_that_its_stanza_names(checkout: Path):
    git(checkout, "remote", "add", "origin", "https://forge.example/someone/code")
    committed(checkout, JOB + "- project: {name: team/code, check: {jobs: [unit]}}\n")
    assert titles(checkout) == ["team/code check main"]


def test_the_branch_is_the_one_that_is_checked_out(checkout: Path):
    git(checkout, "branch", "stable/1")
    committed(checkout, JOB + STANZA + "# newer\n")
    git(checkout, "checkout", "-q", "stable/1")
    committed(checkout, JOB + "- project: {gate: {jobs: [unit]}}\n")
    assert titles(checkout) == ["pc gate stable/1"]
    assert titles(checkout, "graph --branch main") == ["pc check main"]
    assert titles(checkout, "graph --all") == ["pc gate stable/1", "pc check main"]


def test_a_topic_of_a_clone_is_for_its_default_branch(checkout: Path):
    clone = checkout.parent / "clone"
    git(checkout.parent, "clone", "-q", str(checkout), str(clone))
    git(clone, "checkout", "-q", "-b", "topic")
    assert titles(clone) == ["clone check main"]


def test_a_bare_repository_has_its_default_branch(checkout: Path):
    bare = checkout.parent / "code.git"
    git(checkout.parent, "clone", "-q", "--bare", str(checkout), str(bare))
    assert titles(bare) == ["code check main"]


@pytest.mark.parametrize("branch", ["branch: main\n", ""])
def test_pipelines_and_mistakes_of_other_branches_are_none_of_this_one(checkout: Path, branch: str):
    git(checkout, "checkout", "-q", "-b", "old")
    committed(checkout, JOB + "- project: {third-party: {jobs: [unit, lint]}}\n- jobs: {}\n")
    git(checkout, "checkout", "-q", "main")
    (checkout / "data/graphs").mkdir(parents=True)
    (checkout / "data/manual.yaml").write_text(
        (ALONE / "templates-only/data/manual.yaml").read_text("utf-8")
    )
    (checkout / "data/graphs/g.yaml").write_text(
        f"id: g\ntitle: G\nconfiguration: ours\nproject: pc\n{branch}"
        "pipelines: [check]\njobs: [{name: unit}]\n"
    )
    assert titles(checkout) == ["pc check main"]
    assert "[GR602]" not in answer(checkout, "graph --findings")
    assert "[GR602]" in answer(checkout, "graph --findings --all")
    assert answer(checkout, "check") == (
        "No findings in 3 files.\n1 graph with 1 job compared with ours.\n[exit 0]\n"
    )


def test_a_job_of_another_branch_may_be_there(checkout: Path):
    """Zuul leaves it out if it loads that branch too, which is a question of protection."""
    git(checkout, "checkout", "-q", "-b", "old")
    committed(checkout, JOB + "- job: {name: lint}\n" + STANZA)
    git(checkout, "checkout", "-q", "main")
    committed(
        checkout,
        JOB + "- project: {check: {jobs: [lint, unit: {dependencies: [lint]}]}}\n",
    )
    assert answer(checkout, "graph") == (
        "pc check main: 1 job, 0 edges, 1 dangling, 1 not here\n\nunit\n\n"
        "Waits for a job that is not known to be here:\n"
        "  unit → lint  .zuul.yaml:2:56\n\n"
        "Not here:\n"
        "  lint: no definition of 'lint' is for the branch 'main', if Zuul loads more than one "
        "branch of pc (which are protected is not known)  .zuul.yaml:2:28\n\n"
        "Defined in another repository; what it adds is unknown:\n"
        "  parent tox of unit  .zuul.yaml:1:29\n"
        "[exit 0]\n"
    )


NAMED = "- project: {name: org/pc, check: {jobs: [unit]}}\n"


def on_branch(checkout: Path, branch: str, text: str) -> None:
    git(checkout, "checkout", "-q", "-b", branch)
    committed(checkout, text)
    git(checkout, "checkout", "-q", "main")


def test_the_name_in_a_stanza_on_another_branch_is_its_name(checkout: Path):
    on_branch(checkout, "stable/1", JOB + NAMED)
    assert titles(checkout) == ["org/pc check main"]
    assert titles(checkout, "graph --all") == ["org/pc check main", "org/pc check stable/1"]


def test_a_branch_whose_stanza_is_lost_does_not_hide_the_others(checkout: Path):
    on_branch(checkout, "stable/1", JOB + NAMED)
    committed(checkout, JOB + NAMED.replace("check: {", "check: {queue: q, "))
    assert titles(checkout, "graph --all") == ["org/pc check stable/1"]
    assert "stanza for the project 'org/pc'; one with a mistake is lost" in answer(
        checkout, "graph"
    )


@pytest.mark.parametrize(
    "stanzas",
    [
        "- job: {name: base, parent: null, run: base.yaml}\n" + NAMED,
        NAMED.replace("org/pc", "org/one") + NAMED.replace("org/pc", "org/two"),
        NAMED.replace("org/pc", "one/pc") + NAMED.replace("org/pc", "two/pc"),
    ],
    ids=["of-a-config-project", "of-two-projects", "of-two-teams"],
)
def test_stanzas_on_another_branch_that_may_be_for_others_name_no_project(
    checkout: Path, stanzas: str
):
    on_branch(checkout, "stable/1", JOB + stanzas)
    assert titles(checkout, "graph --all") == ["pc check main"]


@pytest.mark.parametrize("branch", ["main", "stable/1"])
def test_a_misspelled_semaphore_is_reported_on_each_branch(checkout: Path, branch: str):
    semaphore = "- semaphore: {name: molecule}\n- job: {name: lint, semaphore: molecul}\n"
    committed(checkout, JOB + STANZA + semaphore)
    git(checkout, "branch", "stable/1")
    findings = answer(checkout, f"graph --findings --branch {branch}")
    assert findings.count("did you mean 'molecule'? [GR620]") == 1


def test_a_config_project_is_read_from_one_branch(checkout: Path):
    base = "- job: {name: base, parent: null, run: base.yaml}\n"
    committed(checkout, base + "- project: {check: {jobs: [base]}}\n")
    git(checkout, "checkout", "-q", "-b", "stable/1")
    committed(checkout, base + "- project: {gate: {jobs: [base]}}\n")
    git(checkout, "checkout", "-q", "main")
    assert titles(checkout, "graph --all") == ["pc check main"]
    assert titles(checkout, "graph --branch stable/1") == ["pc gate stable/1"]


if __name__ == "__main__":
    import tempfile

    for case in sorted(ALONE.iterdir()):
        with tempfile.TemporaryDirectory() as folder:
            expected = case / "expected.txt"
            text = expected.read_text("utf-8")
            expected.write_text(session(copied(case, Path(folder)), commands(text)), "utf-8")
