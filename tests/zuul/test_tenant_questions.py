"""``groundrules graph`` of a tenant: which tenant, a broken file, nothing to show, tags."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main

TENANT = "- tenant: {name: %s, source: {review: {config-projects: [config]}}}\n"
CONFIG = """\
- pipeline: {name: check, manager: independent}
- job: {name: base, parent: null, run: base.yaml}
"""
STANZA = "- project: {check: {jobs: [base]}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config/master").mkdir(parents=True)
    (tmp_path / "config/master/zuul.yaml").write_text(CONFIG + STANZA)
    (tmp_path / "main.yaml").write_text(TENANT % "t")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    where = ("--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache")
    return CliRunner().invoke(main, ["graph", *where, *arguments])


def refusal(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.partition("Error: ")[2]


@pytest.mark.parametrize("arguments", [("--all",), ("--project", "config"), ("--findings",)])
def test_one_of_several_tenants_has_to_be_chosen(root: Path, arguments: tuple[str, ...]):
    (root / "main.yaml").write_text(TENANT % "t" + TENANT % "u")
    assert refusal(run(root, *arguments)) == (
        f"{root}/main.yaml: several tenants; choose one with --tenant: t, u\n"
    )
    assert run(root, "--tenant", "u", *arguments).stdout == (
        "config check master: 1 job, 0 edges\n\nbase\n"
    )


def test_an_unknown_tenant_is_refused(root: Path):
    assert refusal(run(root, "--tenant", "u", "--all")) == (
        f"{root}/main.yaml: no tenant 'u'; tenants: t\n"
    )


BROKEN = {
    "- tenant: {name: t, sauce: {}}\n": (
        "1:21: unknown key 'sauce'; did you mean 'source'? [GR609]"
    ),
    "- tenant: {name: [t\n": "1:18: the list in brackets is not closed; add ']' [GR609]",
    "tenant: {}\n": "1:1: a tenant file is a list; begin each tenant with '- tenant:' [GR609]",
    "[]\n": "1:1: the file has no tenant; begin one with '- tenant:' [GR609]",
}


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("arguments", [("--all",), ("--project", "config"), ("--findings",)])
def test_a_broken_tenant_file_is_an_error_at_its_line(
    root: Path, text: str, arguments: tuple[str, ...]
):
    (root / "main.yaml").write_text(text)
    result = run(root, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{root}/main.yaml:{BROKEN[text]}\n1 finding in 1 file\n"


def test_a_tenant_without_a_graph_is_not_answered_by_silence(root: Path):
    (root / "config/master/zuul.yaml").write_text(CONFIG)
    result = run(root, "--all")
    assert refusal(result) == "no project of the tenant is in any pipeline\n"


def test_findings_are_shown_whatever_the_answer(root: Path, tmp_path: Path):
    (root / "config/master/zuul.yaml").write_text(CONFIG + STANZA + "- jobs: {}\n")
    finding = "unknown object 'jobs'; did you mean 'job'? [GR602]"
    for arguments in (
        ("--all",),
        ("--all", "--format", "jsonl"),
        ("--pipeline", "chekc"),
        ("--job", "nope"),
    ):
        assert finding in run(root, "--findings", *arguments).stderr
    where = ("--tenant-config", str(root / "main.yaml"), "--root", str(root))
    cached = ["graph", *where, "--all", "--format", "jsonl"]
    counted = "1 finding in the configuration; use --findings to list them\n"
    for _ in range(2):  # from the files, then from the cache
        assert CliRunner().invoke(main, cached).stderr == counted
    assert finding in CliRunner().invoke(main, [*cached, "--findings"]).stderr


def test_a_mistake_on_two_branches_is_one_finding(root: Path):
    projects = "config-projects: [config], untrusted-projects: [app]"
    (root / "main.yaml").write_text((TENANT % "t").replace("config-projects: [config]", projects))
    for branch in ("master", "stable%2F1"):
        file = root / "app" / branch / ".zuul.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("- jobs: {}\n")
    assert run(root, "--all", "--findings").stderr == (
        "app/master/.zuul.yaml:1:3: unknown object 'jobs'; did you mean 'job'? [GR602]\n"
        "    app/stable%2F1/.zuul.yaml:1:3: the same on stable/1\n"
        "1 finding in 1 file\n"
    )


# tags

TAGS = """\
- pipeline:
    name: release
    manager: independent
    trigger: {review: [{event: ref-updated, ref: %s}]}
- job: {name: base, parent: null, run: base.yaml}
- job: {name: build}
- job: {name: announce, branches: ^refs/tags/.*, dependencies: [build]}
- job: {name: report, dependencies: [announce]}
- project: {release: {jobs: [build, announce, report]}}
"""


def test_the_graph_of_a_pipeline_for_tags_is_that_of_a_tag_on_the_branch(root: Path):
    (root / "config/master/zuul.yaml").write_text(TAGS % "^refs/tags/.*$")
    assert run(root, "--project", "config").stdout == (
        "config release master: 3 jobs, 2 edges\n\nbuild\n└─ announce\n   └─ report\n"
    )


def test_a_job_may_be_there_for_a_tag(root: Path):
    (root / "config/master/zuul.yaml").write_text(TAGS % "[^refs/heads/main, ^refs/tags/v]")
    assert run(root, "--project", "config").stdout == (
        "config release master: 2 jobs, 0 edges, 1 dangling, 1 not here\n\nbuild\nreport\n\n"
        "Waits for a job that is not known to be here:\n"
        "  report → announce  config/master/zuul.yaml:8:38\n\n"
        "Not here:\n"
        "  announce: no definition of 'announce' is for the branch 'master'; it can run for a tag, "
        "and 'release' runs for tags, which groundrules jobs --ref resolves  "
        "config/master/zuul.yaml:9:37\n"
    )


def test_a_change_of_a_branch_is_no_tag(root: Path):
    (root / "config/master/zuul.yaml").write_text(TAGS % "[^refs/heads/main, ^refs/tags/v]")
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    asked = ["--project", "config", "--files", "a", "--why-not", "announce"]
    result = CliRunner().invoke(main, ["jobs", *where, *asked])
    assert result.stdout.splitlines()[1:] == [
        "config release master: no job runs: config/master/zuul.yaml:8:38: the job 'report' waits "
        "for 'announce', which is not in the graph: no definition of 'announce' is for the branch "
        "'master' [GR608]"
    ]


def test_without_tags_it_is_surely_not_there(root: Path):
    (root / "config/master/zuul.yaml").write_text(TAGS % "^refs/heads/.*$")
    result = run(root, "--project", "config")
    assert result.exit_code == 1
    assert "the job 'report' waits for 'announce', which is not in the graph" in result.stdout


def test_the_graph_of_a_tag_is_refused(root: Path):
    assert refusal(run(root, "--project", "config", "--branch", "refs/tags/v1.0")) == (
        "'refs/tags/v1.0' is not a branch; groundrules jobs --ref resolves tags\n"
    )
