"""Every command of a guide does what the guide shows; each starts in an empty folder.

``tests/browser/test_stranger_path.py`` follows "Your own manual in an hour".
"""

from __future__ import annotations

from pathlib import Path

import pytest

from followed_page import Reader

pytestmark = pytest.mark.repository
GUIDES = Path(__file__).parents[1] / "source/reference"


def followed(name: str, folder: Path, *, in_process: bool = True) -> Reader:
    reader = Reader(folder, in_process=in_process)
    reader.follow((GUIDES / f"{name}.rst").read_text("utf-8"))
    return reader


def test_the_first_expectation_is_on_a_page(tmp_path):
    reader = followed("first-expectation", tmp_path, in_process=False)
    page = reader.folder / "build/html/generated/expectations/ipv6-between-nodes.html"
    assert "Some clouds have no IPv6, and others filter it." in page.read_text("utf-8")


def test_a_translated_record_is_shown_in_both_languages(tmp_path):
    """The texts of Groundrules itself are in the language too."""
    reader = followed("translate", tmp_path)
    page = reader.folder / "build/de/generated/expectations/example-memory.html"
    text = page.read_text("utf-8")
    assert "Eine bekannte Menge Speicher" in text
    assert "nicht garantiert" in text
    assert "A known amount of memory" not in text


def test_promises_are_compared_with_the_logs_of_a_build(tmp_path):
    pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")
    reader = followed("verify", tmp_path)
    record = reader.folder / "data/measured/example-label.yaml"
    assert "    kept: 1\n    less: 1\n" in record.read_text("utf-8")
    assert reader.run("groundrules check").startswith("No findings in 9 files.\n")


def test_the_template_of_the_page_on_templates_replaces_a_page(tmp_path):
    reader = Reader(tmp_path, in_process=True)
    reader.run("groundrules init --yes")
    (tmp_path / "templates").mkdir()
    reader.follow((GUIDES / "templates.rst").read_text("utf-8"))
    reader.run("groundrules build --quiet --fail-on-warning --nitpicky")
    assert "keeps 1 graphs." in (tmp_path / "build/html/generated/about.html").read_text("utf-8")
