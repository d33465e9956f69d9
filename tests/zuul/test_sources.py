"""The same configuration from a snapshot, from checkouts, and from git repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.ci.zuul.sources.config_files import choose
from repositories import git

TENANT = (
    "- tenant:\n    name: t\n    source:\n"
    "      git: {config-projects: [config], untrusted-projects: [app]}\n"
)
FILES = {
    "config": {
        "master": {
            "zuul.yaml": "- pipeline: {name: check, manager: independent}\n"
            "- job: {name: base, parent: null, run: play.yaml}\n"
        }
    },
    "app": {
        "master": {
            "zuul.d/jobs.yaml": "- job: {name: build}\n",
            "zuul.d/deep/project.yaml": "- project: {check: {jobs: [build]}}\n",
            "zuul.d/deep/README": "not configuration\n",
        },
        "stable/1%": {
            ".zuul.yaml": "- job: {name: test}\n- project: {check: {jobs: [test]}}\n",
        },
    },
}
EXPECTED = {"app check master": ["build"], "app check stable/1%": ["test"]}


def output(resolver: Resolver) -> dict[str, list[str]]:
    assert resolver.report.diagnostics == []
    return {
        f"{each.project} {each.pipeline} {each.branch}": [job.name for job in each.graph.jobs]
        for each in resolver.graphs()
    }


def written(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def committed(folder: Path, branches: dict[str, dict[str, str]]) -> None:
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch", "master")
    for branch, files in branches.items():
        if branch != "master":
            git(folder, "checkout", "--quiet", "--orphan", branch)
            git(folder, "rm", "-rf", "--quiet", ".")
        written(folder, files)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "Files")
    git(folder, "checkout", "--quiet", "master")


def test_a_snapshot(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    for project, branches in FILES.items():
        for branch, files in branches.items():
            name = branch.replace("%", "%25").replace("/", "%2F")
            written(tmp_path / project / name, files)
    assert output(resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))) == EXPECTED


def test_git_repositories(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    for project, branches in FILES.items():
        committed(tmp_path / project, branches)
    assert output(resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))) == EXPECTED


def test_bare_repositories_and_clones(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    committed(tmp_path / "from/config", FILES["config"])
    committed(tmp_path / "from/app", FILES["app"])
    git(tmp_path, "clone", "--quiet", "--bare", "from/config", "config.git")
    git(tmp_path, "clone", "--quiet", "from/app", "app")
    git(tmp_path / "app", "branch", "only-here")
    assert output(resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))) == EXPECTED


def test_places_in_git_name_the_branch(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    for project, branches in FILES.items():
        committed(tmp_path / project, branches)
    resolver = resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))
    frozen = resolver.freeze("app", "check", "stable/1%")
    assert frozen
    assert str(frozen.graph.by_name["test"].location) == "app@stable/1%:.zuul.yaml:1:3"


def test_plain_checkouts(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    for project, branches in FILES.items():
        written(tmp_path / project, branches["master"])
    resolver = resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))
    assert output(resolver) == {"app check master": ["build"]}


EXTRA = {
    # the extra path is in a place that comes later, or in the one that is read
    (".zuul.yaml", ".zuul.d/a.yaml", ".zuul.d/a.yaml"): [".zuul.yaml"],
    ("zuul.yaml", "zuul.d/in/a.yaml", "zuul.d/in/"): ["zuul.yaml"],
    ("zuul.yaml", "zuul.d/a.yaml", "zuul.yaml/"): ["zuul.yaml"],
    ("zuul.d/b.yaml", "zuul.d/a.yaml", "zuul.d/a.yaml"): ["zuul.d/a.yaml", "zuul.d/b.yaml"],
    ("zuul.yaml", "more/zuul.d/a.yaml", "more/"): ["zuul.yaml", "more/zuul.d/a.yaml"],
}


@pytest.mark.parametrize(("one", "other", "extra"), EXTRA)
def test_an_extra_path_opens_no_place_that_is_shut_out(one: str, other: str, extra: str):
    """Zuul 14.3 gave these answers."""
    assert [*choose({one: 1, other: 1}, (extra,)).paths] == EXTRA[one, other, extra]


def test_one_checkout_alone(tmp_path: Path):
    written(tmp_path / "app", FILES["app"]["master"] | {"zuul.d/b.yaml": "- job: {name: base}\n"})
    frozen = SingleRepository.at(tmp_path / "app").read().resolver.freeze("app", "check", "master")
    assert frozen
    assert str(frozen.graph.by_name["build"].location) == "zuul.d/jobs.yaml:1:3"


def test_a_work_tree_is_read_as_it_stands_and_other_branches_as_committed(tmp_path: Path):
    committed(tmp_path / "app", FILES["app"])
    written(tmp_path / "app", {"zuul.d/jobs.yaml": "- job: {name: build, tags: new}\n"})
    git(tmp_path / "app", "checkout", "--quiet", "-b", "stable/2")
    resolver = SingleRepository.at(tmp_path / "app").read().resolver
    assert resolver.projects[0].all_branches == ["stable/2", "master", "stable/1%"]
    tags = {
        branch: frozen.graph.by_name["build"].tags
        for branch in ("master", "stable/2")
        if (frozen := resolver.freeze("app", "check", branch))
    }
    assert tags == {"master": (), "stable/2": ("new",)}


def test_a_branch_of_ones_own_is_for_the_default_branch(tmp_path: Path):
    committed(tmp_path / "from", FILES["app"])
    git(tmp_path, "clone", "--quiet", "from", "app")
    git(tmp_path / "app", "checkout", "--quiet", "-b", "my-change")
    written(tmp_path / "app", {"zuul.d/jobs.yaml": "- job: {name: build, tags: new}\n"})
    resolver = SingleRepository.at(tmp_path / "app").read().resolver
    assert resolver.projects[0].all_branches == ["master", "stable/1%"]
    frozen = resolver.freeze("app", "check", "master")
    assert frozen
    assert frozen.graph.by_name["build"].tags == ("new",)


def test_a_work_tree_without_a_commit_is_read(tmp_path: Path):
    written(tmp_path / "app", FILES["app"]["master"] | {"zuul.d/b.yaml": "- job: {name: base}\n"})
    git(tmp_path / "app", "init", "--quiet", "--initial-branch", "master")
    resolver = SingleRepository.at(tmp_path / "app").read().resolver
    assert resolver.freeze("app", "check", "master") is not None
    assert resolver.report.diagnostics == []


def test_a_repository_without_a_commit_is_reported(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    written(tmp_path / "config/master", FILES["config"]["master"])
    (tmp_path / "app").mkdir()
    git(tmp_path / "app", "init", "--quiet")
    resolver = resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))
    assert [str(each) for each in resolver.report.diagnostics] == [
        "app:1:1: app: the repository has no commit on any branch [GR613]"
    ]


def test_a_link_in_git_is_its_own_text(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    written(tmp_path / "config/master", FILES["config"]["master"])
    (tmp_path / "app").mkdir()
    git(tmp_path / "app", "init", "--quiet", "--initial-branch", "master")
    (tmp_path / "app/.zuul.yaml").symlink_to("/etc/passwd")
    git(tmp_path / "app", "add", "--all")
    git(tmp_path / "app", "commit", "--quiet", "--message", "A link")
    resolver = resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))
    assert [str(each) for each in resolver.report.diagnostics] == [
        "app@master:.zuul.yaml:1:1: a file of Zuul is a list of objects; begin each object with "
        "'- ' [GR602]"
    ]


@pytest.mark.parametrize(
    "index", ["", "[]", '{"projects": [{"project": "app"}]}', '{"projects": 1}']
)
def test_an_index_that_says_nothing_is_passed_over(tmp_path: Path, index: str):
    (tmp_path / "main.yaml").write_text(TENANT)
    (tmp_path / "index.json").write_text(index)
    written(tmp_path / "config/master", FILES["config"]["master"])
    written(tmp_path / "app/master", FILES["app"]["master"])
    resolver = resolve(gather_tenant(tmp_path / "main.yaml", tmp_path))
    assert output(resolver) == {"app check master": ["build"]}
