"""The page that ``rules_page`` names must exist, where it is known which pages Sphinx reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from manual import MANUAL

from groundrules.cli import main

FINDING = "data/manual.yaml:5:13: unknown page {}; did you mean 'reference/rules'? [GR111]\n"


@pytest.fixture(autouse=True)
def root(small_root: Path) -> Path:
    """Return the folder of a manual with a page of rules."""
    for name in ("conf.py", "source/index.rst", "source/reference/rules.rst"):
        (small_root / name).parent.mkdir(parents=True, exist_ok=True)
        (small_root / name).touch()
    return small_root


def check(page: str) -> str:
    Path("data/manual.yaml").write_text(f"{MANUAL}rules_page: {page}\n")
    output = CliRunner().invoke(main, ["check"], catch_exceptions=False).stdout
    return output.partition("not checked")[0]


@pytest.mark.parametrize("suffix", [".rst", ".md", ".txt", ".ipynb"])
def test_a_page_that_exists_is_right(root: Path, suffix: str):
    rules = root / "source/reference/rules.rst"
    rules.rename(rules.with_suffix(suffix))
    assert check("reference/rules").startswith("No findings in ")


@pytest.mark.parametrize("page", ["reference/ruls", "/reference/rules", "./reference/rules"])
def test_an_unknown_page_is_one_finding(page: str):
    assert check(page) == f"{FINDING.format(repr(page))}1 finding in 1 file\n"


def test_a_page_is_named_without_its_suffix():
    message = "unknown page 'reference/rules.rst'; pages: index, reference/rules [GR111]\n"
    assert message in check("reference/rules.rst")


def test_a_page_outside_the_source_is_unknown(root: Path):
    (root / "rules.rst").touch()
    assert "unknown page '../rules'; pages: index, reference/rules [GR111]\n" in check("../rules")


def test_a_page_is_missed_though_the_data_is_as_before(root: Path):
    assert check("reference/rules").startswith("No findings in ")
    (root / "source/reference/rules.rst").rename(root / "source/reference/list.rst")
    assert "unknown page 'reference/rules'; pages: index, reference/list" in check(
        "reference/rules"
    )


def test_pages_beside_conf_py_count(root: Path):
    (root / "source/index.rst").rename(root / "index.rst")
    (root / "source/reference").rename(root / "reference")
    (root / "source").rmdir()
    assert check("reference/rules").startswith("No findings in ")
    assert check("reference/ruls").startswith(FINDING.format("'reference/ruls'"))


@pytest.mark.parametrize("missing", ["conf.py", "source/index.rst"])
def test_nothing_is_said_of_another_layout(root: Path, missing: str):
    (root / missing).unlink()
    assert check("reference/ruls").startswith("No findings in ")
