"""The pages about the role and about fetching say what these do."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from groundrules.authoring.node_role.role_data import RoleData
from groundrules.authoring.node_role.role_files import role_files
from groundrules.cli.verify import verify
from groundrules.verify.fetching.address_list import AddressList, is_list
from groundrules.verify.fetching.build_logs import LARGEST
from groundrules.verify.fetching.log_files import MOST_FAILURES
from groundrules.zuul_api.http_limits import HttpLimits

pytestmark = pytest.mark.repository
PAGES = Path(__file__).parents[2] / "source/reference"
ROLE = (PAGES / "verify-role.rst").read_text("utf-8")
ZUUL = (PAGES / "verify-zuul.rst").read_text("utf-8")
FILES = role_files(RoleData(), "node-promises")


def blocks(page: str, language: str) -> list[str]:
    """Return the texts of a page's code blocks in a language."""
    found = re.findall(rf"\.\. code-block:: {language}\n(?:   :.*\n)*\n((?:   .*\n|\n)+)", page)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE).strip() + "\n" for block in found]


def variables(file: str) -> set[str]:
    return set(yaml.safe_load(FILES[file]))


def test_the_variables_of_the_role_are_those_of_the_page():
    options = yaml.safe_load(FILES["meta/argument_specs.yml"])["argument_specs"]["main"]["options"]
    named = set(re.findall(r"groundrules_\w+", ROLE))
    assert named == variables("defaults/main.yml") == set(options)
    assert variables("defaults/main.yml") <= set(re.findall(r"\w+", FILES["README.rst"]))


def test_the_examples_of_a_base_job_are_yaml():
    job, playbook, warning = map(yaml.safe_load, blocks(ROLE, "yaml"))
    assert job[0]["job"]["pre-run"] == "playbooks/base/pre.yaml"
    assert playbook == [{"hosts": "all", "roles": [{"role": "node-promises"}]}]
    assert warning[0]["roles"][0]["vars"].keys() <= variables("defaults/main.yml")


@pytest.mark.parametrize("page", [ROLE, ZUUL], ids=["role", "zuul"])
def test_the_options_on_a_page_exist(page: str):
    options = {name for option in verify.params for name in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", page)) <= options
    for command in blocks(page, "console"):
        assert command.startswith("$ groundrules verify ")


def test_a_command_on_the_page_is_understood():
    (listing, listed) = blocks(ZUUL, "console")
    for command in (listing, listed):
        words = command.split()[3:]
        context = verify.make_context("verify", words, resilient_parsing=True)
        assert isinstance(context, click.Context)
        assert context.params["fetch"]


def test_the_list_on_the_page_is_one():
    (text,) = (block for block in blocks(ZUUL, "text"))
    assert is_list(text.encode())
    assert [line.mistake for line in AddressList("logs.txt", text).lines] == ["", "", ""]


def test_the_limits_on_the_page_are_those_of_the_client():
    limits = HttpLimits()
    assert f"up to {limits.tries} times" in ZUUL
    assert limits.longest_pause == 60
    assert f"fails {MOST_FAILURES} times in a row" in ZUUL
    assert f"at most {limits.silence} s for the next data" in ZUUL
    assert f"at most {limits.answer} s for a whole file" in ZUUL
    assert f"more than {LARGEST // 2**20} MiB" in ZUUL
