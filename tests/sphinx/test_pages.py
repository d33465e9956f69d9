"""A hand-written page is a case: what Sphinx says of ``pages/NAME.rst`` stands in ``NAME.txt``.

All pages are built at once, beside those of the small manual.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in CASES.glob("*.rst"))


@pytest.fixture(scope="module")
def messages(tmp_path_factory, copy_of_small_manual) -> list[str]:
    """Everything that Sphinx said of the manual with all pages in it, by line."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("pages") / "manual")
    for name in NAMES:
        manual.write(f"source/{name}.rst", (CASES / f"{name}.rst").read_text("utf-8"))
    said = manual.build("dummy").warnings.replace("ROOT/source/", "")
    return sorted(re.split(r"(?m)^(?=\S+\.rst:)", said)[1:], key=_page_and_line)


def _page_and_line(message: str) -> tuple[str, int]:
    page, line, _ = message.split(":", 2)
    return page, int(line)


@pytest.mark.parametrize("name", NAMES)
def test_page(messages, name):
    said = [each for each in messages if each.startswith(f"{name}.rst:")]
    assert "".join(said) == (CASES / f"{name}.txt").read_text("utf-8")


def test_nothing_else_is_said(messages):
    assert [each for each in messages if each.partition(".rst:")[0] not in NAMES] == []


def test_some_pages_are_silent():
    sizes = [(CASES / f"{name}.txt").stat().st_size for name in NAMES]
    assert 0 in sizes


def test_no_page_shows_markup_that_was_not_read(built_with):
    pages = built_with("text")
    shown = {path.name for path in pages.folder.rglob("*.txt") if ":ci:" in path.read_text("utf-8")}
    assert shown == set()
