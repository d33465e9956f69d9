"""A new manual is built without a warning, with every kind of record and with a single one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from groundrules.cli import main

HOSTILE = 'It\'s "q": {{ 7*7 }} {% if %} `x` *y* |s| _z_ <b> & #c'


def built(folder: Path, *words: str) -> Path:
    """Return the folder of the pages."""
    for command in (["init", *words, str(folder)], ["build", "--root", str(folder), *STRICT]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        assert "WARNING" not in result.output
    return folder / "build" / "html"


STRICT = ("-q", "--fail-on-warning", "--nitpicky", "-j", "1")


def menu(page: html.HtmlElement) -> list[str]:
    """Return the entries of the bar at the top."""
    links = page.xpath("(//ul[contains(@class, 'bd-navbar-elements')])[1]/li/a")
    return [link.text_content().strip() for link in links]


def test_a_manual_with_everything_is_built(tmp_path: Path):
    words = ("--title", HOSTILE, "--publisher", HOSTILE, "--name", HOSTILE)
    site = built(tmp_path / "manual", *words, "--ci", "all")
    page = html.parse(site / "index.html").getroot()
    assert page.findtext(".//title") == f"{HOSTILE} — {HOSTILE}"
    heading = page.find(".//h1")
    assert heading.text == HOSTILE
    assert page.find_class("logo__title")[0].text == HOSTILE
    assert menu(page) == [
        "Expectations", "Labels and platforms", "Job order", "Decisions", "What changed",
        "Change this manual",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["session"])
def test_a_manual_with_one_kind_has_no_trace_of_the_others(tmp_path: Path, kind: str):
    site = built(tmp_path / "manual", "--name", "Example CI", "--kinds", kind)
    page = html.parse(site / "index.html").getroot()
    assert menu(page) == ["Decisions", "What changed", "Change this manual"]
    folders = {path.name for path in (site / "generated").iterdir() if path.is_dir()}
    assert folders == {"sessions"}
