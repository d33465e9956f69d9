"""Pages that are folders, under a theme that knows nothing of this program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from marked import SMALL
from sphinx.cmd.build import build_main
from visiting import served


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    """The small manual under Sphinx's own theme, as ``dirhtml`` makes it, without an address."""
    root = tmp_path_factory.mktemp("plain") / "manual"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("generated", "build"))
    settings = root / "data/manual.yaml"
    site = "site: https://manual.example.org/\n"
    settings.write_text(settings.read_text("utf-8").replace(site, ""), "utf-8")
    options = ["-qW", "-b", "dirhtml", "-D", "html_theme=alabaster", "-c", str(root)]
    assert build_main([*options, str(root / "source"), str(root / "site")]) == 0
    return root / "site"


@pytest.fixture
def elder(plain, tmp_path) -> Path:
    """The same with Sphinx's stop words in a list, as before Sphinx 9."""
    site = shutil.copytree(plain, tmp_path / "site")
    for name, old, new in (
        ("language_data.js", r"new Set\((.*)\);", r"\1;"),
        ("searchtools.js", r"stopwords\.has\(", "stopwords.includes("),
    ):
        path = site / "_static" / name
        text, count = re.subn(old, new, path.read_text("utf-8"))
        assert count == 1
        path.write_text(text, "utf-8")
    return site


def test_a_sentence_is_understood_by_an_elder_sphinx_too(visit, elder):
    page = visit(elder).open("search/index.html?q=is swap there, and what can I do if not?")
    page.locator(".ci-hits a").first.wait_for()
    assert page.locator(".ci-hits b").all_inner_texts()[0] == "Swap"


@pytest.mark.parametrize("asked", ["what", "label", "memory", "deploy"])
def test_what_is_found_is_there(visit, plain, asked):
    page = visit(plain).open(f"search/index.html?q={asked}")
    page.locator(".ci-hits a").first.wait_for()
    links = page.locator(".ci-hits a").evaluate_all("all => all.map(each => each.href)")
    for link in links:
        assert Path(unquote(urlsplit(link).path), "index.html").is_file(), link


def test_the_matrix_of_one_label(visit, plain):
    page = visit(plain).open("generated/matrix/index.html#label=debian-12")
    assert page.locator(".ci-matrix thead th:visible").all_inner_texts() == [
        "Expectation",
        "debian-12",
    ]


def test_rows_that_do_not_match_are_not_shown_on_a_phone(visit, plain):
    window = visit(plain, viewport={"width": 320, "height": 700})
    page = window.open("generated/changes/index.html")
    rows = page.locator(".ci-changes tbody tr:visible")
    before = rows.count()
    page.get_by_label("Text").fill("memory")
    assert 0 < rows.count() < before


@pytest.mark.parametrize("address", ["lost/", "lost.html", "generated/a/lost/", "roles/lost/"])
def test_a_wrong_address_leads_back(browser, plain, address):
    page = served(browser, plain, address)
    page.get_by_role("link", name="Go to the front page").click()
    assert page.url == "http://manual.test/manual/"
    assert page.title().startswith("What our jobs")
    page.close()
