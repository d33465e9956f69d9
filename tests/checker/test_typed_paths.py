"""``--config NAME=PATH``: a path that does not exist is a usage error."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from drifting import WAITS, project, world

from groundrules.cli import main

USAGE = """\
Usage: groundrules {0} [OPTIONS]{2}
Try 'groundrules {0} --help' for help.

Error: Invalid value for '--config': {1}
"""
FILES = {"check": " [FILES]...", "build": ""}


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    manual = world(tmp_path / "manual", project(deploy=WAITS, hourly=WAITS))
    (manual / "conf.py").write_text("extensions = ['groundrules.sphinxext']\n")
    monkeypatch.chdir(manual)
    return manual


def said(command: str, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [command, *options], prog_name="groundrules")
    return done.exit_code, done.output


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("ours=dta", "ours: dta does not exist; did you mean 'data'?"),
        ("ours=./data/grphs/x", "ours: ./data/grphs/x does not exist; did you mean 'graphs'?"),
        ("ours=xyz", "ours: xyz does not exist; in .: conf.py, data"),
        (
            "ours=data/manual.yaml/x",
            "ours: data/manual.yaml/x does not exist; data/manual.yaml is a file",
        ),
        ("ours", "'ours' has no path; write NAME=PATH"),
        ("ours=", "'ours=' has no path; write NAME=PATH"),
    ],
)
def test_what_is_not_there_is_a_mistake_of_usage(command: str, given: str, message: str):
    assert said(command, "--config", given) == (2, USAGE.format(command, message, FILES[command]))


def test_two_paths_of_one_name_are_none(root: Path):
    message = f"ours has two paths: {root}, {root / 'data'}"
    expected = (2, USAGE.format("check", message, FILES["check"]))
    assert said("check", "--config", "ours=.", "--config", "ours=data") == expected


@pytest.mark.parametrize("given", ["ours=.", "ours=../manual"])
def test_what_is_there_is_taken(given: str):
    options = ("--no-cache", "--config", given, "--config", given, "--select", "GR2,GR3")
    compared = (
        "1 graph with 3 jobs, 1 dependency and 1 rule compared with ours; planned: 1 dependency.\n"
    )
    assert said("check", *options) == (0, f"No findings in 3 files.\n{compared}")


def test_what_only_the_manual_names_may_be_absent(root: Path):
    manual = root / "data/manual.yaml"
    manual.write_text(manual.read_text().replace("path: .", "path: gone"))
    code, reported = said("check", "--no-cache")
    assert code == 0
    assert (
        "not checked: graph deploy: configuration 'ours' is not available: there is no folder gone"
        in reported
    )


def test_an_existing_path_without_configuration_is_an_error(root: Path):
    (root / "elsewhere").mkdir()
    code, reported = said("check", "--no-cache", "--config", "ours=elsewhere")
    nothing = "it holds no configuration: none of zuul.yaml, zuul.d, .zuul.yaml, .zuul.d"
    assert code == 1
    assert f"configuration 'ours' is not available: {nothing} [GR200]" in reported
