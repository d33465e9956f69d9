"""What the manual says of changing the tool is true: every file and folder it names is there."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[1]
PAGE = ROOT / "source/contribute.rst"
PLACES = (ROOT, ROOT / "generator/groundrules")


def named() -> list[str]:
    """Return what the page has in double backquotes and looks like a path."""
    literals = re.findall(r"``([^`\s]+)``", PAGE.read_text("utf-8"))
    paths = {each for each in literals if re.fullmatch(r"[\w./-]+(/|\.py)", each)}
    return sorted(paths - {"templates/"})  # a manual's own, which this one does not need


def test_the_page_names_the_steps():
    assert "rules/" in named()


@pytest.mark.parametrize("path", named())
def test_it_is_there(path):
    assert any((place / path).exists() for place in PLACES), f"{PAGE.name} names {path}"
