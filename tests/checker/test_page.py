"""The manual's page on checking: what it shows is what happens.

``pytest tests/checker/test_page.py --force-regen`` stores the examples anew.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from manual import SURPRISE, UNTAGGED, write
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules import __version__
from groundrules.cli import main
from groundrules.cli.check import check
from groundrules.report import FORMATS
from groundrules.rules import RULES

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "source" / "reference"
PAGE = (REFERENCE / "check.rst").read_text("utf-8")
ENDINGS = {"text": "txt", "full": "txt", "junit": "xml", "github": "txt"}


def recipe(name: str) -> Any:
    block = re.search(rf"   :name: recipe-{name}\n\n((?:   .*\n|\n)+)", PAGE)
    assert block
    return yaml.safe_load("\n".join(line[3:] for line in block[1].splitlines()))


@pytest.mark.parametrize("form", FORMATS)
def test_examples(
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file_regression: FileRegressionFixture,
) -> None:
    write(tmp_path, SURPRISE, UNTAGGED)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", "--format", form])
    golden = REFERENCE / "check" / f"{form}.{ENDINGS.get(form, 'json')}"
    stdout = re.sub(rf'(ersion": "){re.escape(__version__)}"', r'\g<1>0.1.0"', result.stdout)
    file_regression.check(stdout, fullpath=golden)
    assert f":: check/{golden.name}\n" in PAGE
    assert re.search(rf"^{form}\n\.+$", PAGE, re.MULTILINE)


def test_every_key_of_the_json_is_explained() -> None:
    def keys(value: Any) -> set[str]:
        inside = value.values() if isinstance(value, dict) else value
        if isinstance(value, (dict, list)):
            return {*(value if isinstance(value, dict) else ())}.union(*map(keys, inside))
        return set()

    example = json.loads((REFERENCE / "check" / "json.json").read_text("utf-8"))
    assert [key for key in sorted(keys(example)) if f"``{key}``" not in PAGE] == []


def test_every_command_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere/system-config").mkdir(parents=True)
    (tmp_path / "manual/zuul").mkdir(parents=True)
    for name in ("main.yaml", "zuul/main.yaml"):
        (tmp_path / "manual" / name).touch()
    monkeypatch.chdir(tmp_path / "manual")
    recipes = [yaml.safe_dump(recipe(each)) for each in ("github", "gitlab", "zuul")]
    commands = re.findall(r"groundrules check( --[^\n]*)", "\n".join([PAGE, *recipes]))
    assert len(commands) >= 5
    for command in commands:
        check.make_context("check", shlex.split(command, comments=True), resilient_parsing=False)


def test_every_rule_that_is_named_exists() -> None:
    assert set(re.findall(r"GR\d{3}", PAGE)) <= set(RULES)


def hooks() -> dict[str, dict[str, Any]]:
    """Return the hooks of this repository by id."""
    listed = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {hook["id"]: hook for hook in listed}


def test_the_hooks_are_some_that_pre_commit_knows() -> None:
    """Required keys and defaults are those of pre-commit's ``clientlib.py``."""
    for hook in hooks().values():
        assert {"id", "name", "entry", "language"} <= set(hook)
    assert recipe("pre-commit")["repos"][0]["hooks"] == [{"id": name} for name in hooks()]


def test_the_hook_of_fmt_is_given_the_records_of_a_commit() -> None:
    hook = hooks()["groundrules-fmt"]
    assert shlex.split(hook["entry"]) == ["groundrules", "fmt"]
    for path in ("data/graphs/x.yaml", "docs/data/manual.yaml", "data/verified/cd.yaml"):
        assert re.search(hook["files"], path)
    for path in ("data/schemas/graph.json", ".zuul.yaml", "zuul.d/jobs.yaml", "data/graphs/x.yml"):
        assert not re.search(hook["files"], path)


def test_the_hook_of_check_runs_for_data_pages_and_configuration() -> None:
    hook = hooks()["groundrules-check"]
    assert shlex.split(hook["entry"]) == ["groundrules", "check"]
    for path in ("data/graphs/x.yaml", "docs/data/x.yml", ".zuul.yaml", "zuul.d/jobs.yaml"):
        assert re.search(hook["files"], path)
    for path in ("README.rst", "metadata/x.yaml", "zuul.yaml.orig"):
        assert not re.search(hook["files"], path)
