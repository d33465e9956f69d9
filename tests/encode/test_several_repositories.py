"""``encode --steps`` in several repositories: each patch is of one, freezes, and keeps the order.

The tenant has a config repository with templates, and two projects; the job that one of them
defines runs in the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.clock import VARIABLE
from repositories import git

FILES = {
    "data/manual.yaml": """\
title: Ours
publisher: Us
summary: What waits for what.
configurations:
  - {id: ours, title: Ours, tenant: zuul/main.yaml}
""",
    "zuul/main.yaml": """\
- tenant:
    name: ours
    source:
      git:
        config-projects: [team/config]
        untrusted-projects: [team/app, team/lib]
""",
    "zuul/team/config/zuul.yaml": """\
- pipeline: {name: check, manager: independent}
- pipeline: {name: deploy, manager: serial}
- job: {name: root, parent: null, run: a.yaml}
- job: {name: bridge, parent: root, run: a.yaml}
- job: {name: base, parent: root, run: a.yaml}
- job: {name: setup, parent: root, run: a.yaml}
- project-template:
    name: deployment
    deploy:
      jobs:
        - bridge
        - base:
            dependencies: [bridge]
        - setup
- project-template:
    name: checks
    check:
      jobs: [base, setup]
""",
    "zuul/team/lib/.zuul.yaml": """\
- job:
    name: docs
    parent: root
    run: a.yaml
- project:
    templates: [checks]
    check:
      jobs: [docs]
""",
    "zuul/team/app/.zuul.yaml": """\
- job: {name: web, parent: root, run: a.yaml}
- project:
    templates: [deployment, checks]
    deploy:
      jobs:
        - web:
            dependencies:
              - setup   # users
        - docs
""",
}
GRAPH = """\
id: deploy
title: Deployment
configuration: ours
project: team/app
pipelines: [deploy]
coverage: complete
jobs:
"""
ORDERED = """\
  - name: bridge
  - name: base
    waits_for:
      - {job: bridge, why: Ansible runs from it.}
  - name: setup
    waits_for:
      - {job: base, why: Packages come first.}
  - name: web
    waits_for:
      - {job: setup, why: It needs its users.}
      - {job: bridge, why: It reads what the bridge returns.}
  - name: docs
    waits_for:
      - {job: web, why: It shows its pages.}
"""
REVERSED = """\
  - name: setup
    waits_for:
      - {job: web, why: It makes users of what web writes.}
  - name: web
  - name: base
    waits_for:
      - {job: setup, why: Users come first.}
  - name: bridge
    waits_for:
      - {job: base, why: It runs on a machine with packages.}
  - name: docs
"""
Order = dict[str, set[str]]


class Team:
    """The files, and the commands that are run in them."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        monkeypatch.setenv(VARIABLE, "1796000000")
        monkeypatch.chdir(root)
        for path, text in FILES.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        for name in ("config", "app", "lib"):
            folder = self.repository(name)
            git(folder, "init", "--quiet", "--initial-branch=master")
            git(folder, "add", "--all")
            git(folder, "commit", "--quiet", "--message=All")

    def repository(self, name: str) -> Path:
        return self.root / "zuul/team" / name

    def document(self, jobs: str) -> None:
        (self.root / "data/graphs").mkdir(exist_ok=True)
        (self.root / "data/graphs/deploy.yaml").write_text(GRAPH + jobs)

    def run(self, *arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        return done.exit_code, done.output

    def graph(self, project: str, pipeline: str) -> Order:
        """Return the jobs of a real graph, each with all that it waits for."""
        options = ("--root", "zuul", "--tenant-config", "zuul/main.yaml", "--project", project)
        code, output = self.run("graph", *options, "--pipeline", pipeline, "--format", "json")
        assert code == 0, output
        graph = json.loads(output)
        links: Order = {job["name"]: set() for job in graph["jobs"]}
        for edge in graph["edges"]:
            links[edge["job"]].add(edge["dependency"])
        return {job: set(reached(links, job)) for job in links}

    def steps(self, *arguments: str) -> list[Path]:
        code, output = self.run("encode", "--no-cache", "--steps", "patches", *arguments)
        assert code == 0, output
        return [self.root / line for line in output.splitlines() if line.endswith(".patch")]

    def merge(self, patch: Path) -> str:
        """Merge a patch in its repository; return the repository."""
        match = re.fullmatch(r"team-(\w+)-master", patch.parent.name)
        assert match, patch
        git(self.repository(match[1]), "am", "--quiet", str(patch))
        return match[1]


def reached(links: Order, job: str) -> Iterator[str]:
    todo, seen = [job], set()
    while todo:
        for other in links[todo.pop()] - seen:
            seen.add(other)
            todo.append(other)
            yield other


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    return Team(tmp_path, monkeypatch)


def merged(team: Team, patches: list[Path]) -> list[str]:
    """Merge patches in their order; each step has a graph, and keeps the order that stays."""
    others = [("team/app", "check"), ("team/lib", "check")]
    before, beside = team.graph("team/app", "deploy"), [team.graph(*other) for other in others]
    orders, names = [before], []
    for patch in patches:
        names.append(team.merge(patch))
        orders.append(team.graph("team/app", "deploy"))
        assert [team.graph(*other) for other in others] == beside
    for job, waits in before.items():
        kept = waits & orders[-1][job]
        assert all(kept <= order[job] for order in orders), job
    code, output = team.run("encode", "--no-cache")
    assert (code, "as documented" in output) == (0, True), output
    return names


def test_each_patch_is_of_one_repository_and_keeps_the_order(team: Team) -> None:
    team.document(ORDERED)
    patches = team.steps()
    assert [str(patch.relative_to(team.root)) for patch in patches] == [
        "patches/team-app-master/0001-Let-jobs-wait-for-bridge.patch",
        "patches/team-config-master/0002-Let-jobs-wait-for-base.patch",
        "patches/team-app-master/0003-Let-jobs-wait-for-web.patch",
    ]
    assert merged(team, patches) == ["app", "config", "app"]
    assert team.graph("team/app", "deploy")["docs"] == {"web", "setup", "base", "bridge"}


def test_a_patch_says_which_change_of_another_repository_it_comes_after(team: Team) -> None:
    team.document(ORDERED)
    first, second, third = (patch.read_text("utf-8") for patch in team.steps())
    assert "Depends-On" not in first
    assert (
        "- setup waits for base: Packages come first.\n\n"
        "This change comes after 'Let jobs wait for bridge' in team/app, branch\n"
        "master (patch 0001). Add a Depends-On line with the address of that\nchange.\n---\n"
    ) in second
    assert "This change comes after 'Let jobs wait for base' in team/config" in third


def test_one_step_in_several_repositories_is_a_patch_for_each(team: Team) -> None:
    """The template is in the config repository, the other jobs are in the project."""
    team.document(
        "  - name: bridge\n  - name: base\n    waits_for: [{job: bridge, why: First.}]\n"
        "  - name: setup\n    waits_for: [{job: bridge, why: First.}]\n"
        "  - name: web\n    waits_for: [{job: bridge, why: First.}]\n"
        "  - name: docs\n    waits_for: [{job: bridge, why: First.}]\n"
    )
    patches = team.steps()
    assert [str(patch.relative_to(team.root / "patches")) for patch in patches] == [
        "team-app-master/0001-Let-jobs-wait-for-bridge.patch",
        "team-config-master/0002-Let-jobs-wait-for-bridge.patch",
        "team-app-master/0003-Remove-1-dependency.patch",
    ]
    assert merged(team, patches) == ["app", "config", "app"]


def test_a_reversed_order_is_removed_before_its_opposite_is_added(team: Team) -> None:
    """The edge that goes is in the project, the one that comes in the template."""
    team.document(REVERSED)
    patches = team.steps()
    names = merged(team, patches)
    assert names.index("app") < len(names) - 1 - names[::-1].index("config")
    assert team.graph("team/app", "deploy")["bridge"] == {"base", "setup", "web"}


def test_the_note_says_how_to_merge_them(team: Team) -> None:
    team.document(ORDERED)
    _, output = team.run("encode", "--no-cache", "--steps", "patches")
    assert output.splitlines()[-2:] == [
        "merge the patches in the order of their numbers; a patch that comes after one of another "
        "repository says so",
        "after the last step is merged, 'groundrules encode --write' makes what was planned "
        "enforced in the data",
    ]


def test_with_nothing_to_change_there_is_no_patch(team: Team) -> None:
    team.document("  - name: bridge\n  - name: base\n    waits_for: [{job: bridge, why: First.}]\n"
                  "  - name: setup\n  - name: web\n    waits_for: [{job: setup, why: Users.}]\n"
                  "  - name: docs\n")  # fmt: skip
    code, output = team.run("encode", "--no-cache", "--steps", "patches")
    assert (code, output) == (0, "the configuration is as documented\n")
    assert not (team.root / "patches").exists()
