"""Formats that other programs read, held against those programs' own schemas."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from report_cases import NAMES, case

from groundrules.report import FORMATS

SCHEMAS = Path(__file__).parent / "schemas"
ZUUL = "14.3.0"
VOLUPTUOUS = "voluptuous==0.16.0"
VALIDATE = """
import json, sys
from zuul.lib.filecomments import extractLines, validate
for each in json.load(sys.stdin):
    validate(each)
    extractLines(each)
"""


def rendered(form: str, name: str) -> str:
    return FORMATS[form](*case(name))


@cache
def sarif_schema() -> jsonschema.Draft7Validator:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", NAMES)
def test_sarif(name: str) -> None:
    log = json.loads(rendered("sarif", name))
    assert [str(each) for each in sarif_schema().iter_errors(log)] == []
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    marks = [each["partialFingerprints"]["groundrules/v1"] for each in run["results"]]
    assert len(set(marks)) == len(marks)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert 1 <= region["startColumn"] <= region["endColumn"]


@pytest.mark.parametrize("name", NAMES)
def test_junit(name: str) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    text = rendered("junit", name)
    schema.assertValid(etree.fromstring(text.encode()))
    suite = ElementTree.fromstring(text)[0]  # noqa: S314 - it is our own
    cases = suite.findall("testcase")
    kinds = [[each.tag for each in one] for one in cases]
    counts = {
        "tests": len(cases),
        "failures": sum("failure" in each and "error" not in each for each in kinds),
        "errors": sum("error" in each for each in kinds),
        "skipped": sum("skipped" in each for each in kinds),
    }
    assert {key: int(suite.attrib[key]) for key in counts} == counts
    diagnostics, context = case(name)
    others = [each.get("type") for each in suite.iter("failure")].count("not listed")
    listed = sum(each.count("failure") + each.count("error") for each in kinds) - others
    assert listed == len(context.listed(diagnostics))


@pytest.mark.parametrize("name", NAMES)
def test_gitlab(name: str) -> None:
    """The keys that GitLab's documentation lists, and a fingerprint for each issue."""
    issues = json.loads(rendered("gitlab", name))
    for each in issues:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert each["location"]["lines"]["begin"] >= 1
    assert len({each["fingerprint"] for each in issues}) == len(issues)


@pytest.mark.parametrize("name", NAMES)
def test_github_has_one_command_a_line_and_few_of_a_level(name: str) -> None:
    """As GitHub's runner reads a log: commands are lines that begin with two colons."""
    levels: dict[str, int] = {}
    for line in rendered("github", name).splitlines():
        if line.lstrip().startswith("::"):
            match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
            assert match, line
            levels[match[1]] = levels.get(match[1], 0) + 1
        else:
            assert line.startswith("- ")
        assert "##[" not in line
    assert max(levels.values(), default=0) <= 10


@pytest.fixture(scope="session")
def zuul_python(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The Python of an environment that has Zuul's package; kept from run to run."""
    cache: Any = getattr(request.config, "cache", None)  # pytest can run without it
    folder = Path(cache.mkdir(f"zuul-{ZUUL}")) if cache else tmp_path_factory.mktemp("zuul")
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        # only its validator is used, which needs voluptuous; all of Zuul would be 60 packages
        commands = (
            [sys.executable, "-m", "venv", str(folder)],
            [str(python), "-m", "pip", "install", "-q", VOLUPTUOUS],
            [str(python), "-m", "pip", "install", "-q", "--no-deps", f"zuul=={ZUUL}"],
        )
        try:
            for command in commands:
                subprocess.run(command, check=True, timeout=60, capture_output=True)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"Zuul's own validator cannot be installed here: {error}")
        ready.touch()
    return python


def test_zuul(zuul_python: Path) -> None:
    """Zuul's validator takes the comments; one key too many and it would drop all of them."""
    returned = [json.loads(rendered("zuul", name)) for name in NAMES]
    assert {tuple(each) for each in returned} == {("zuul",)}
    assert {tuple(each["zuul"]) for each in returned} == {("file_comments", "warnings")}
    comments = [each["zuul"]["file_comments"] for each in returned]
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    done = subprocess.run(
        [str(zuul_python), "-c", VALIDATE],
        input=json.dumps(comments),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.stderr == ""
    assert done.returncode == 0
