"""Where configurations may be: what manual.yaml can name, and what only the command line can."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from groundrules import ci
from groundrules.ci.config_source import ConfigSource, source_of
from groundrules.claims.claims import ConfigurationClaim
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.job_graph import JobGraph

JOB = "- job: {name: unit, parent: null}\n- project: {check: {jobs: [unit]}}\n"


def claim(**said: str) -> ConfigurationClaim:
    return ConfigurationClaim(id="ours", place=Location("data/manual.yaml"), system="zuul", **said)


def reason(root: Path, given: Path | None = None, **said: str) -> str:
    with pytest.raises(ci.NotAvailableError) as caught:
        ci.read("zuul", source_of(claim(**said), root, given)).pipelines("team/code", "master")
    return str(caught.value)


def jobs(root: Path, given: Path | None = None, branch: str = "master", **said: str) -> list[str]:
    found = ci.read("zuul", source_of(claim(**said), root, given))
    graph = found.graph("team/code", "check", branch)
    assert isinstance(graph, JobGraph)
    return [f"{each.name} {each.location}" for each in graph.jobs]


def git(folder: Path, *arguments: str, date: str = "2026-08-19T12:00:00Z") -> None:
    said = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    unset = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env = {**unset, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(["git", "-C", folder, *said, *arguments], check=True, env=env)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "manual"
    folder.mkdir()
    (folder / ".zuul.yaml").write_text(JOB)
    return folder


@pytest.fixture
def beside(root: Path) -> Path:
    """A git repository beside the manual: its branch has one job, its files have another."""
    folder = root.parent / "code"
    folder.mkdir()
    (folder / "zuul.yaml").write_text(JOB)
    git(folder, "init", "-q", "-b", "master")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")
    git(folder, "tag", "one")
    (folder / "zuul.yaml").write_text(JOB.replace("unit", "second"))
    git(folder, "commit", "-q", "-a", "-m", "Two")
    (folder / "zuul.yaml").write_text(JOB.replace("unit", "third"))
    return folder


def test_this_repository(root: Path):
    assert jobs(root, path=".") == ["unit .zuul.yaml:1:3"]


def test_a_folder_of_this_repository(root: Path):
    (root / "ci").mkdir()
    (root / ".zuul.yaml").rename(root / "ci/.zuul.yaml")
    assert jobs(root, path="ci") == ["unit ci/.zuul.yaml:1:3"]


def test_a_git_repository_beside_it_is_read_as_committed(root: Path, beside: Path):
    assert jobs(root, git="../code") == ["second ../code@master:zuul.yaml:1:3"]


def test_a_ref_is_read_as_the_branch_of_the_graph(root: Path, beside: Path):
    output = jobs(root, branch="main", git="../code", ref="one")
    assert output == ["unit ../code@main:zuul.yaml:1:3"]


def test_the_command_line_reads_the_files_of_a_checkout(root: Path, beside: Path):
    assert jobs(root, beside, git="../code") == ["third ../code/zuul.yaml:1:3"]


def test_what_is_not_there_is_said(root: Path):
    assert reason(root, path="ci") == "there is no folder ci"
    assert reason(root, git="../code") == "there is no git repository ../code"
    assert reason(root, tenant="main.yaml") == "there is no tenant file main.yaml"
    assert reason(root, root / "nowhere") == "there is no folder nowhere"
    assert reason(root) == (
        "manual.yaml does not say where it is; --config ours=PATH does for one run"
    )


def test_a_folder_without_configuration_is_not_clean(root: Path):
    (root / "empty").mkdir()
    assert reason(root, path="empty") == (
        "it holds no configuration: none of zuul.yaml, zuul.d, .zuul.yaml, .zuul.d"
    )


@pytest.mark.parametrize("path", ["..", "../code", "a/../../code", "/etc", "link"])
def test_the_data_does_not_lead_out_of_the_repository(root: Path, beside: Path, path: str):
    (root / "link").symlink_to(beside)
    only = f"{path!r} leads out of the folder of this manual; only --config may name it"
    assert reason(root, path=path) == only
    assert reason(root, tenant=f"{path}/main.yaml") == only.replace(path, f"{path}/main.yaml")


def test_git_does_not_lead_further_than_beside(root: Path):
    assert reason(root, git="../../other") == (
        "'../../other' leads out of the folder above this manual; only --config may name it"
    )
    git(root, "init", "-q")
    assert reason(root, git="../../other") == (
        "'../../other' leads out of the folder that this repository is in; "
        "only --config may name it"
    )


def test_beside_a_manual_in_a_repository_is_beside_the_repository(root: Path, beside: Path):
    git(root, "init", "-q")
    (root / "doc").mkdir()
    assert jobs(root / "doc", git="../../code") == ["second ../../code@master:zuul.yaml:1:3"]
    assert reason(root / "doc", git="../../../code") == (
        "'../../../code' leads out of the folder that this repository is in; "
        "only --config may name it"
    )
    assert reason(root / "doc", path="../..") == (
        "'../..' leads out of this repository; only --config may name it"
    )


def test_a_ref_that_is_not_there_is_said(root: Path, beside: Path):
    assert reason(root, git="../code", ref="--all") == (
        "git knows no branch, tag or commit '--all' there"
    )


def test_a_branch_that_is_not_there_is_said(root: Path, beside: Path):
    with pytest.raises(
        ci.NotAvailableError, match="team/code has no branch 'main' there; branches"
    ):
        jobs(root, branch="main", git="../code")


def test_editions(root: Path, beside: Path):
    def edition(given: Path | None = None, **said: str) -> str:
        found = ci.read("zuul", source_of(claim(**said), root, given))
        return found.edition("team/code", "master").words

    command = ["git", "-C", beside, "show", "--no-patch", "--format=%H %cs"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    commit, date = done.stdout[:12], done.stdout.split()[1]
    assert edition(git="../code") == f"commit {commit} of {date}"
    assert edition(beside) == f"commit {commit} of {date} with changes that are not committed"
    assert re.fullmatch("snapshot [0-9a-f]{12}", edition(path="."))


def test_a_snapshot_in_a_repository_is_from_the_day_it_was_last_changed(root: Path, beside: Path):
    def edition() -> str:
        source = ConfigSource(folder=beside / "kept", prefix="kept/")
        return ci.read("zuul", source).edition("team/code", "master").words

    (beside / "kept" / "master").mkdir(parents=True)
    (beside / "kept" / "master" / ".zuul.yaml").write_text(JOB)
    assert re.fullmatch("snapshot [0-9a-f]{12}", edition())
    git(beside, "add", "kept")
    git(beside, "commit", "-qm", "kept", date="2026-08-20T12:00:00Z")
    assert re.fullmatch("snapshot [0-9a-f]{12} of 2026-08-20", edition())


def test_a_broken_tenant_file_is_not_available(root: Path):
    (root / "main.yaml").write_text("tenants\n")
    assert reason(root, tenant="main.yaml") == (
        "main.yaml: a tenant file is a list; begin each tenant with '- tenant:'"
    )


def test_a_graph_that_does_not_freeze_is_reported_relative_to_the_root(root: Path):
    (root / "ci").mkdir()
    wrong = JOB.replace("[unit]", "[unit: {dependencies: [lint]}]")
    (root / "ci/.zuul.yaml").write_text(wrong + "- job: {name: lint, parent: null}\n")
    found = ci.read("zuul", source_of(claim(path="ci"), root)).graph("team/code", "check", "master")
    assert isinstance(found, Diagnostic)
    assert str(found) == (
        "ci/.zuul.yaml:2:50: the job 'unit' waits for 'lint', which is not in the graph, unless "
        "another repository adds it [GR608]"
    )


def test_what_stands_in_no_file_has_the_place_of_its_mention(root: Path):
    """A job of another repository, and Zuul's own; no way begins at either."""
    (root / ".zuul.yaml").write_text(
        "- job: {name: unit, parent: far}\n"
        "- project: {check: {jobs: [unit, noop, lint: {dependencies: [noop]}]}}\n"
    )
    found = ci.read("zuul", source_of(claim(path="."), root))
    graph = found.graph("team/code", "check", "master")
    assert isinstance(graph, JobGraph)
    assert {each.name: str(each.location) for each in graph.jobs} == {
        "unit": ".zuul.yaml:1:3",
        "noop": ".zuul.yaml:2:34",
        "lint": ".zuul.yaml:2:40",
    }
    steps = [step for each in (*graph.jobs, *graph.edges) for step in each.chain]
    assert {step.location.path for step in steps if step.location} == {".zuul.yaml"}
    assert all(step.location for step in steps)
