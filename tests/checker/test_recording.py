"""``check --record`` writes what graphs came to, and nothing about what it did not compare."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.checker import check_data
from groundrules.cli import main

MANUAL = """\
title: Our jobs
publisher: The CI team
summary: What waits for what.
verified_within: 100000
configurations:
- {id: cd, title: Our deployment, path: ci}
- {id: shop, title: The shop, path: shop}
- {id: wiki, title: the wiki, system: other}
"""
DEPLOY = """\
id: deploy
title: Deployment
configuration: cd
project: team/config
pipelines: [deploy]
jobs:
- name: base
- name: web
  waits_for:
  - {job: base, why: Users come first.}
  - {job: mail, status: planned, why: Alerts go out by mail.}
- name: mail
  waits_for:
  - {job: base, why: Users come first.}
rules:
- {id: users, every: {name: mail}, waits_for: base, why: Users come first.}
"""
OTHER = """\
id: %s
title: Another one
configuration: %s
project: team/config
pipelines: [deploy]
jobs: [{name: web}]
"""
ZUUL = """\
- job: {name: base, parent: null}
- job: {name: web, parent: base}
- job: {name: mail, parent: base}
- project:
    deploy:
      jobs: [base, web: {dependencies: [base]}, mail: {dependencies: [base]}]
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A manual of which one configuration is there; the day is 29 November 2026."""
    root = tmp_path / "manual"
    write(root, "data/manual.yaml", MANUAL)
    write(root, "data/graphs/deploy.yaml", DEPLOY)
    write(root, "ci/.zuul.yaml", ZUUL)
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795953600")
    return root


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def record(*options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--no-cache", "--record", *options])


def recorded(root: Path, name: str = "cd") -> str:
    return (root / f"data/verified/{name}.yaml").read_text("utf-8")


def test_what_was_compared_is_written_with_its_outcome(root: Path):
    done = record()
    assert (done.exit_code, done.stderr) == (
        0,
        "recorded 1 graph in data/verified/cd.yaml\n"
        "not recorded: no graph of 'shop' was compared\n",
    )
    lines = recorded(root).splitlines()
    assert lines[:5] == [
        '# Written by "groundrules check --record".',
        "configuration: cd",
        "graphs:",
        "  - graph: deploy",
        "    compared: 2026-11-29",
    ]
    assert lines[5].startswith("    edition: snapshot ")
    assert lines[7:] == [
        "    state: verified",
        "    pipelines: [deploy]",
        "    jobs:",
        "      - name: base",
        "        state: verified",
        "      - name: web",
        "        state: verified",
        "        waits_for:",
        "          - job: base",
        "            state: verified",
        "          - job: mail",
        "            state: planned",
        "      - name: mail",
        "        state: verified",
        "        waits_for:",
        "          - job: base",
        "            state: verified",
        "    rules:",
        "      - id: users",
        "        state: verified",
    ]


def test_a_second_record_of_the_same_day_changes_no_byte(root: Path):
    record()
    before = recorded(root)
    assert record().exit_code == 0
    assert recorded(root) == before


def test_a_record_is_data_without_a_mistake(root: Path):
    record()
    loaded = check_data(root)
    assert loaded.report.diagnostics == []
    assert loaded.catalogue is not None
    [verification] = loaded.catalogue.verified
    assert verification.graphs[0].compared == datetime.date(2026, 11, 29)


def test_drift_is_recorded_with_its_reasons_and_is_a_finding_still(root: Path):
    write(root, "ci/.zuul.yaml", ZUUL.replace("web: {dependencies: [base]}", "web"))
    done = record()
    assert done.exit_code == 1
    assert "'web' does not wait for 'base' in pipeline 'deploy'" in done.stdout
    text = recorded(root)
    assert "    why:\n      - 1 of its jobs, dependencies and rules differs\n" in text
    assert (
        "          - job: base\n            state: drifted\n            why:\n"
        "              - '''web'' does not wait for ''base'' in pipeline ''deploy'': no dependency "
        "is declared'\n"
    ) in text


def test_what_could_not_be_checked_is_left_out(root: Path):
    elsewhere = ZUUL.replace("- job: {name: mail, parent: base}\n", "")
    text = elsewhere.replace("mail: {dependencies: [base]}", "mail")
    write(root, "ci/.zuul.yaml", text)
    record()
    assert "\n    state: not checked\n    why:\n      - >-\n        2 of its 7 jobs, " in recorded(
        root
    )
    assert recorded(root).endswith("  - name: mail\n        state: verified\n")


def test_a_job_that_was_not_checked_keeps_the_outcome_of_its_dependencies(root: Path):
    """Its semaphores are written in another repository, its dependency is written here."""
    graph = DEPLOY.replace("- name: web\n", "- name: web\n  semaphores: [host]\n")
    write(root, "data/graphs/deploy.yaml", graph)
    write(
        root, "ci/.zuul.yaml", ZUUL.replace("{name: web, parent: base}", "{name: web, parent: of}")
    )
    record()
    assert (
        "      - name: web\n        state: not checked\n        waits_for:\n"
        "          - job: base\n            state: verified\n"
    ) in recorded(root)


KEPT = """\
  - graph: stable
    compared: 2026-10-01
    edition: commit 0123456789ab of 2026-09-30
    commit: 0123456789abcdef0123456789abcdef01234567
    commit_date: 2026-09-30
    documented: '0000000000000000000000000000000000000000'
    state: drifted
    why:
      - 1 of its jobs, dependencies and rules differs
    pipelines: [deploy]
    jobs:
      - name: web
        state: drifted
        why: [job 'web' does not run in pipeline 'deploy']
"""


def test_a_graph_that_is_not_compared_keeps_its_record(root: Path):
    other = OTHER % ("stable", "cd")
    write(root, "data/graphs/stable.yaml", other.replace("[deploy]", "[circle]"))
    circle = "    circle: {jobs: [web: {dependencies: [mail]}, mail: {dependencies: [web]}]}\n"
    write(root, "ci/.zuul.yaml", ZUUL + circle)
    record()
    assert "stable" not in recorded(root)
    write(root, "data/verified/cd.yaml", recorded(root) + KEPT)
    done = record()
    assert "circular dependency in circle of team/config" in done.stdout
    assert done.stderr.startswith("recorded 1 graph in data/verified/cd.yaml\n")
    assert recorded(root).endswith(KEPT)


def test_a_graph_that_is_not_documented_any_more_loses_its_record(root: Path):
    write(root, "data/verified/cd.yaml", f"configuration: cd\ngraphs:\n{KEPT}")
    done = record()
    assert "data/verified/cd.yaml:3:12: unknown graph 'stable'; known: deploy" in done.stdout
    assert "stable" not in recorded(root)
    assert CliRunner().invoke(main, ["check", "--no-cache"]).exit_code == 0


def test_a_configuration_that_is_not_compared_keeps_its_record(root: Path):
    write(root, "data/graphs/shop.yaml", OTHER % ("shop", "shop"))
    write(root, "shop/.zuul.yaml", "- project: {deploy: {jobs: [web]}}\n")
    record()
    before = recorded(root, "shop")
    (root / "shop/.zuul.yaml").unlink()
    (root / "shop").rmdir()
    assert "not recorded: no graph of 'shop' was compared\n" in record().stderr
    assert recorded(root, "shop") == before


def test_nothing_is_recorded_where_nothing_was_compared(root: Path):
    (root / "ci/.zuul.yaml").unlink()
    (root / "ci").rmdir()
    done = record()
    assert done.exit_code == 0
    assert "not recorded: no graph of 'cd' was compared\n" in done.stderr
    assert not (root / "data/verified").exists()


def test_nothing_is_recorded_when_a_report_cannot_be_written(root: Path):
    (root / "report").mkdir()
    done = record("--output", "json=report/report.json/x", "--output", "text=report")
    assert done.exit_code == 3
    assert not (root / "data/verified").exists()


def test_a_folder_that_is_a_link_is_not_written_to(root: Path):
    (root / "hooks").mkdir()
    (root / "data/verified").symlink_to("../hooks")
    done = record()
    assert (done.exit_code, done.stderr) == (
        3, "groundrules: data/verified is not a folder; remove it\n",
    )  # fmt: skip
    assert list((root / "hooks").iterdir()) == []


def test_a_file_that_is_a_link_is_replaced_and_what_it_leads_to_stays(root: Path):
    write(root, "victim.yaml", "title: Mine\n")
    (root / "data/verified").mkdir()
    (root / "data/verified/cd.yaml").symlink_to("../../victim.yaml")
    record()
    assert (root / "victim.yaml").read_text() == "title: Mine\n"
    assert recorded(root).startswith('# Written by "groundrules check --record".\n')


@pytest.mark.parametrize("where", ["--configuration-only", "no data"])
def test_without_data_there_is_nothing_to_record(root: Path, where: str):
    options = [where]
    if where == "no data":
        (root / "data").rename(root / "elsewhere")
        options = []
    done = record(*options)
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "Error: --record needs the data of a manual; it writes what its graphs came to\n"
    )


def test_a_run_without_the_option_records_nothing(root: Path):
    assert CliRunner().invoke(main, ["check", "--no-cache"]).exit_code == 0
    assert not (root / "data/verified").exists()


def test_an_old_record_is_reported_and_does_not_fail_the_run(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    write(root, "data/manual.yaml", MANUAL.replace("100000", "30"))
    record()
    check = ["check", "--no-cache"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795953600 + 30 * 86400))
    assert CliRunner().invoke(main, check).stdout.startswith("No findings")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795953600 + 31 * 86400))
    done = CliRunner().invoke(main, check)
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "data/verified/cd.yaml:5:15: graph 'deploy' was last compared on 2026-11-29, more than 30 "
        "days ago ('verified_within'); write a new record with 'groundrules check --record' "
        "[GR212]\n"
    )
