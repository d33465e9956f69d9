"""``groundrules impact --file`` of a playbook, a role or a file that they include.

The messages are those of the case ``impact/files-that-jobs-run``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_worlds import PARSED, graphs_of, in_random_worlds, nowhere, tenant_of, uses

from groundrules.ci.graph_question import AskedError
from groundrules.ci.impact_question import FILE, ImpactQuestion
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.impact.ansible_files import names_in
from groundrules.ci.zuul.impact.answer import ZuulImpact, impact
from groundrules.ci.zuul.impact.subject import ImpactSubject, variants_of
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.cli.cached_answers import impact_answer
from groundrules.diagnostics import Report
from groundrules.graphs.impact import Impact
from repositories import git
from steps import growth

# what a file of Ansible names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- {hosts: all, roles: [a, {role: b}, {name: c}]}", ["role a", "role b", "role c"]),
        ("- include_role: {name: a}\n- import_role: {name: b}", ["role a", "role b"]),
        ("- ansible.builtin.include_role: name=a", ["role a"]),
        ("- block: [{import_role: {name: a}}]\n  rescue: [{include_role: {name: b}}]",
         ["role a", "role b"]),
        ("- pre_tasks: [{import_tasks: one.yaml}]\n  handlers: [{include_tasks: {file: ../2.yml}}]",
         ["file playbooks/one.yaml", "file 2.yml"]),
        ("- import_playbook: other.yaml", ["file playbooks/other.yaml"]),
        ("dependencies: [a, {role: b}]", ["role a", "role b"]),
        ("- include_role: {name: '{{ role }}'}", ["role {{ role }} (computed)"]),
    ],
)  # fmt: skip
def test_names(text: str, names: list[str]):
    named = names_in(text.encode(), "playbooks/run.yaml") or []
    assert [
        f"{'role' if name.is_role else 'file'} {name.name}{'' if name.is_known else ' (computed)'}"
        for name in named
    ] == names


@pytest.mark.parametrize(
    "text",
    [
        "", "text", "- hosts: all", "- vars: {roles: [a]}", "- {hosts: all, roles: a}",
        "- {hosts: all, roles: [1, null, [a], {version: 2}]}", "- include_role: 1",
        "- include_role: {tasks_from: a}", "- include_tasks: {apply: {tags: [a]}}", "a: &a [*a]",
    ],
)  # fmt: skip
def test_no_names(text: str):
    assert not names_in(text.encode(), "run.yaml")


@pytest.mark.parametrize("data", [b"- [", b"\xff", b"a: b: c", b"[" * 1000])
def test_a_file_that_cannot_be_read_is_not_known(data: bytes):
    assert names_in(data, "run.yaml") is None


# random worlds


def renamed(gathered: Gathered, playbook: str) -> Gathered:
    """Return the files with another name of a playbook."""
    other = playbook.encode()[:-1] + b"0"
    files = [
        Raw(raw.source, raw.content.replace(playbook.encode(), other))
        if isinstance(raw.content, bytes)
        else raw
        for raw in gathered.files
    ]
    return Gathered(gathered.tenant, files, Report())


def run_by(frozen: Frozen) -> dict[str, list[str]]:
    return {
        job.name: [spec.name for playbooks in job.playbooks for spec in playbooks.specs]
        for job in frozen.shape.jobs
    }


@in_random_worlds
def test_a_job_runs_a_playbook_if_another_name_in_the_text_changes_it(
    world: str, choose: Any, worlds: Path
):
    gathered = tenant_of(worlds, world)
    resolver = resolve(gathered, PARSED.parse)
    playbook = choose.choice(sorted(playbooks_of(resolver)))
    after = graphs_of(resolve(renamed(tenant_of(worlds, world), playbook), PARSED.parse))
    built = {key: each for key, each in graphs_of(resolver).items() if not each.error}
    expected = {
        (key, job)
        for key, frozen in built.items()
        for job, names in run_by(frozen).items()
        if names != run_by(after[key])[job]
    }
    subject = ImpactSubject(FILE, playbook)
    answer = ZuulImpact(subject, gathered, resolver, PARSED.parse, nowhere).impact()
    assert {pair for pair in uses(answer) if pair[0] in built} == expected


def playbooks_of(resolver: Resolver) -> set[str]:
    """Return the playbooks of which no name is a part of another one."""
    names = {
        playbook.name
        for variant in variants_of(resolver.layout)
        for playbook in variant.spec.playbooks
        if variant.source.is_here
    }
    return {name for name in names if sum(name in other for other in names) == 1}


ROLES, FILES = ("r0", "r1", "r2", "r3"), ("f0.yaml", "f1.yaml", "f2.yaml", "f3.yaml")
NAMES = st.lists(st.sampled_from(ROLES + FILES), max_size=2)
OF_ROLES = st.lists(st.sampled_from(ROLES), max_size=2)


@given(
    of_files=st.fixed_dictionaries(dict.fromkeys(FILES, NAMES)),
    of_roles=st.fixed_dictionaries(dict.fromkeys(ROLES, OF_ROLES)),
    target=st.sampled_from((*ROLES, *FILES)),
)
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_playbooks_and_roles_are_followed(
    of_files: dict[str, list[str]], of_roles: dict[str, list[str]], target: str, tmp_path: Path
):
    named = of_files | of_roles
    write_repository(tmp_path, of_files, of_roles)
    expected = {
        f"job-{number}"
        for number, file in enumerate(FILES[:2])
        if reaches(file, target, named, set())
    }
    path = f"roles/{target}/tasks/main.yaml" if target in ROLES else f"playbooks/{target}"
    question = ImpactQuestion(root=tmp_path, kind=FILE, name=path, cache=None)
    try:
        answer = impact(question)
    except AskedError:
        assert not expected
    else:
        assert {job.name for job in answer.jobs} == expected
        assert {job for _, job in uses(answer)} == expected


def reaches(name: str, target: str, named: dict[str, list[str]], visited: set[str]) -> bool:
    if name == target:
        return True
    visited.add(name)
    return any(
        reaches(other, target, named, visited) for other in named[name] if other not in visited
    )


def write_repository(
    folder: Path, of_files: dict[str, list[str]], of_roles: dict[str, list[str]]
) -> None:
    """Write two jobs, whose playbooks are the first two of the files."""

    def tasks(names: list[str]) -> str:
        lines = (
            f"- include_role: {{name: {name}}}\n" if name in ROLES else f"- import_tasks: {name}\n"
            for name in names
        )
        return "".join(lines) or "[]\n"

    files = {
        ".zuul.yaml": "- job: {name: job-0, parent: null, run: playbooks/f0.yaml}\n"
        "- job: {name: job-1, parent: null, run: playbooks/f1.yaml}\n"
        "- project: {check: {jobs: [job-0, job-1]}}\n"
    }
    files |= {f"playbooks/{name}": tasks(names) for name, names in of_files.items()}
    files |= {f"roles/{name}/tasks/main.yaml": tasks(names) for name, names in of_roles.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


# what strangers write


def bare(folder: Path) -> Path:
    """Return a bare git repository with the files of a folder."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Start")
    git(folder.parent, "clone", "-q", "--bare", str(folder), f"{folder}.git")
    return folder.with_name(f"{folder.name}.git")


def asked(folder: Path, path: str) -> Impact:
    return impact(ImpactQuestion(root=folder, kind=FILE, name=path, cache=None))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository beside a file that does not belong to it."""
    folder = tmp_path / "repository"
    (folder / "playbooks").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("- import_tasks: repository/playbooks/part.yaml\n")
    (folder / "playbooks/part.yaml").write_text("[]\n")
    return folder


@pytest.mark.parametrize("has_git", [False, True], ids=["folder", "git"])
@pytest.mark.parametrize("name", ["../secret.yaml", "playbooks/../../secret.yaml", "/etc/hosts"])
def test_a_playbook_outside_of_the_repository_is_not_read(
    repository: Path, name: str, has_git: bool
):
    (repository / ".zuul.yaml").write_text(f"- job: {{name: a, parent: null, run: {name}}}\n")
    if has_git:
        repository = bare(repository)
    [unknown] = [each for each in asked(repository, name).unknown if "content" in each]
    place = f"main:{name}" if has_git else name
    assert unknown == f"the content of 1 file, such as {place}, which cannot be read here"
    with pytest.raises(AskedError):
        asked(repository, "playbooks/part.yaml")


def test_a_link_is_not_followed(repository: Path):
    (repository / "playbooks/run.yaml").symlink_to("../../secret.yaml")
    (repository / ".zuul.yaml").write_text(
        "- job: {name: a, parent: null, run: playbooks/run.yaml}\n"
    )
    [unknown] = [
        each for each in asked(repository, "playbooks/run.yaml").unknown if "content" in each
    ]
    assert unknown == "the content of 1 file, such as playbooks/run.yaml, which cannot be read here"


def test_the_index_of_a_tenant_is_not_read_for_one_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("groundrules.ci.zuul.sources.project_folders._indexed", None)
    (repository / ".zuul.yaml").write_text(
        "- job: {name: a, parent: null, run: playbooks/part.yaml}\n"
    )
    [job] = asked(repository, "playbooks/part.yaml").jobs
    assert job.name == "a"


def test_files_that_include_each_other_have_an_end(repository: Path):
    (repository / "playbooks/run.yaml").write_text("- import_playbook: run.yaml\n")
    (repository / ".zuul.yaml").write_text(
        "- job: {name: a, parent: null, run: playbooks/run.yaml}\n"
    )
    [job] = asked(repository, "playbooks/run.yaml").jobs
    assert [step.what for step in job.chain] == ["playbook 'playbooks/run.yaml'", "job 'a'"]


def test_an_answer_about_a_playbook_is_not_cached(tmp_path: Path):
    """It depends on files that do not belong to the configuration."""
    folder = Path(__file__).parent / "impact/files-that-jobs-run"
    question = ImpactQuestion(
        root=folder, tenant_file=folder / "main.yaml", cache=tmp_path, kind=FILE,
        name="playbooks/unit.yaml",
    )  # fmt: skip
    impact_answer("zuul", question, "text")
    assert not list(tmp_path.glob("impact*"))


@pytest.mark.parametrize("has_git", [False, True], ids=["folder", "git"])
def test_twice_as_many_playbooks_cost_twice_as_much(tmp_path: Path, has_git: bool):
    def of(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        (folder / "playbooks").mkdir(parents=True)
        (folder / "roles/r/tasks").mkdir(parents=True)
        (folder / "roles/r/tasks/main.yaml").write_text("[]\n")
        jobs = []
        for at in range(size):
            (folder / f"playbooks/{at}.yaml").write_text("- {hosts: all, roles: [r]}\n")
            jobs.append(f"- job: {{name: job-{at}, parent: null, run: playbooks/{at}.yaml}}\n")
        (folder / ".zuul.yaml").write_text("".join(jobs))
        if has_git:
            folder = bare(folder)

        def ask() -> object:
            answer = asked(folder, "roles/r/tasks/main.yaml")
            assert len(answer.jobs) == size
            return answer

        return ask

    assert growth(of, 100) < 2.3
