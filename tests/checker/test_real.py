"""Traps and labels of the real configurations that a manual names, by the whole command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.checker import check_data
from groundrules.cli import main

WORLD = Path(__file__).parents[1] / "projects" / "checked"
ROOT = Path(__file__).parents[2]
SOFT = """\
app/.zuul.yaml:19:13: the soft dependency of 'web' on 'build' has no effect: 'build' runs only in \
check, not in deploy of app on master; add 'build' to the pipeline or remove the dependency [GR401]
    app/.zuul.yaml:17:9: in deploy of app on master
"""
UNKNOWN = """\
app/.zuul.yaml:4:43: label 'debian-trixi' is not documented; 1 job in app requests it; \
did you mean 'debian-trixie'? [GR501]
"""
DEPRECATED = """\
data/platforms/vm.yaml:6:9: label 'debian-bookworm' has been deprecated since 2026-08-01; 1 job in \
app still requests it; use 'debian-trixie' [GR505]
    app/.zuul.yaml:8:43: 1 job in app
"""
FOUND = f"{UNKNOWN}{SOFT}{DEPRECATED}3 findings in 2 files\n"
GONE = "not checked: configuration ours: there is no tenant file main.yaml\n"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shutil.copytree(WORLD, tmp_path / "world")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    return folder


def check(*options: str) -> str:
    return CliRunner().invoke(main, ["check", *options], catch_exceptions=False).output


def test_findings_of_configurations_are_reported_with_cached_data_too(world: Path):
    assert check("--no-cache") == FOUND
    assert check() == FOUND
    assert list((world.parent / "cache/groundrules").glob("claims-*"))
    (world / "app/.zuul.yaml").touch()
    assert check() == FOUND


def test_an_unavailable_configuration_is_skipped_and_an_ignore_comment_may_be_for_it(world: Path):
    (world / "main.yaml").unlink()
    assert check() == f"No findings in 2 files.\n{GONE}"
    assert "[GR200]" in check("--require", "ours")


def test_an_unavailable_configuration_may_use_any_label(world: Path):
    path = world / "data/platforms/vm.yaml"
    path.write_text(path.read_text() + "- {name: fedora, operating_system: Fedora}\n")
    assert "'fedora' is documented but nothing in ours uses it" in check()
    manual = world / "data/manual.yaml"
    manual.write_text(manual.read_text() + "- {id: theirs, title: Their CI}\n")
    reported = check()
    assert reported.startswith(FOUND.rpartition("3 findings")[0])
    assert "not checked: configuration theirs" in reported


FEDORA = "- {name: fedora, operating_system: Fedora}\n"
UNUSED = "not checked: use of 1 documented label that no known job requests: ours reads no"


def test_a_project_that_is_not_read_may_use_any_label(world: Path):
    path = world / "data/platforms/vm.yaml"
    path.write_text(path.read_text() + FEDORA)
    tenant = world / "main.yaml"
    tenant.write_text(tenant.read_text().replace("[app]", "[app, {more: {include: []}}]"))
    assert check() == f"{FOUND}{UNUSED} configuration of 'more'\n"


def test_a_repository_on_its_own_says_nothing_of_labels_that_it_does_not_use(world: Path):
    path = world / "data/platforms/vm.yaml"
    path.write_text(path.read_text() + FEDORA)
    shutil.copytree(world / "app", world.parent / "elsewhere")
    reported = check("--config", "ours=../elsewhere", "--ignore", "GR4,GR501,GR505")
    assert reported.endswith(
        "not checked: use of 1 documented label that no known job requests: ours is one "
        "repository of several\n"
    )


def test_labels_that_are_all_used_need_no_look_at_what_is_not_read(world: Path):
    tenant = world / "main.yaml"
    tenant.write_text(tenant.read_text().replace("[app]", "[app, {more: {include: []}}]"))
    assert check() == FOUND


def test_the_path_of_the_command_line_is_taken(world: Path):
    shutil.copytree(world / "app", world.parent / "elsewhere")
    (world / "data/manual.yaml").write_text(
        "title: A\npublisher: B\nsummary: C.\nconfigurations: [{id: ours, title: Our CI}]\n"
    )
    assert "../elsewhere/.zuul.yaml:19:13: the soft dependency of 'web'" in check(
        "--config", "ours=../elsewhere"
    )


def test_labels_that_mistakes_hide_are_not_called_undocumented(world: Path):
    path = world / "data/platforms/vm.yaml"
    path.write_text(path.read_text().replace("name: debian-trixie,", "name: 1.10,"))
    reported = check()
    assert "[GR401]" in reported
    assert "[GR5" not in reported
    assert f"not checked: labels: {LABELS_LOST}" in reported


LABELS_LOST = "mistakes hide some documented labels; fix the records with mistakes first\n"


def test_a_misspelt_folder_hides_only_what_it_is_for(world: Path):
    (world / "data/expectation").mkdir()
    reported = check()
    assert "unknown folder 'expectation'; did you mean" in reported
    assert "not checked: labels" not in reported
    (world / "data/expectation").rename(world / "data/more")
    assert f"not checked: labels: {LABELS_LOST}" in check()


def test_known_findings_stay_known_when_lines_move(world: Path):
    check("--baseline", "known.json", "--update-baseline")
    path = world / "app/.zuul.yaml"
    path.write_text("# a line more\n" + path.read_text())
    assert check("--baseline", "known.json").endswith("3 known findings in the baseline\n")


def test_the_build_does_not_look(world: Path):
    assert check_data(world).report.found == []


@pytest.mark.repository
def test_the_illustration_is_clean(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    told = check("--no-cache", "--config", "opendev-cd=examples/project-config")
    assert told.startswith("No findings")


@pytest.mark.parametrize("rule", ["GR401", "GR505", "GR601"])
def test_every_table_of_rules_is_explained(rule: str):
    done = CliRunner().invoke(main, ["explain", rule], catch_exceptions=False)
    assert done.output.startswith(rule)


def test_a_placeholder_for_a_job_of_another_repository_is_not_a_definition(world: Path):
    """What the graph is completed with says nothing of where that job runs in truth."""
    (world.parent / "alone").mkdir()
    (world.parent / "alone/.zuul.yaml").write_text(
        "- job: {name: web, parent: null, run: web.yaml}\n"
        "- project:\n    check: {jobs: [theirs]}\n    deploy:\n      jobs:\n"
        "      - web: {dependencies: [{name: theirs, soft: true}]}\n"
    )
    assert check("--config", "ours=../alone").startswith("No findings")
