"""What Zuul itself calls wrong is a finding like all others: selected, and in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.cli.check import FORMATS

LOUD = Path(__file__).parents[1] / "projects" / "drift" / "loud"
Command = Callable[..., str]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_it(form: str, command: Command):
    output = command(LOUD / "GR606-template-that-is-not-defined", "--format", form)
    assert "no project-template" in output
    assert "GR606" in output
    assert output.endswith("exit code 1\n")


def test_it_can_be_selected_and_left_out(command: Command):
    case = LOUD / "GR604-of-another-project"
    assert command(case, "--select", "GR604").count("[GR6") == 1
    assert command(case, "--ignore", "GR6").startswith("No findings in ")
    assert command(case, "--severity", "error").startswith("No findings in ")


def test_consequences_are_reported_if_the_cause_is_ignored(command: Command):
    output = command(LOUD / "GR606-template-that-is-not-defined", "--ignore", "GR6")
    assert "[GR209]" in output
    assert "1 finding in 1 file\n" in output


@pytest.mark.parametrize("rule", ["GR611", "GR615"])
def test_what_only_graphs_tell_cannot_be_selected(rule: str, command: Command):
    output = command(LOUD / "GR603-object-is-lost", "--select", rule)
    assert f"unknown rule {rule!r}" in output
    assert output.endswith("exit code 2\n")
