"""The page on templates lists the variables that the pages have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from groundrules.pages.planned_pages import plan
from measured_files import KEPT, measured_outline

pytestmark = pytest.mark.repository
PAGE = (Path(__file__).parents[2] / "source/reference/templates.rst").read_text("utf-8")
EVERYWHERE = {"manual", "catalogue", "outline"}


def documented() -> dict[str, set[str]]:
    """Return the variables of each template on the page."""
    rows = re.findall(r"\* - ``(\w+)\.rst\.j2``\n     - ((?:.+\n)+?)(?=   \*|\n)", PAGE)
    return {name: set(re.findall(r"``(\w+)``", variables)) for name, variables in rows}


def used(catalogue) -> dict[str, set[str]]:
    """Return the variables that each template has of its own."""
    manual = catalogue.manual.model_copy(update={"rules_page": "rules"})
    own: dict[str, set[str]] = {}
    measured = measured_outline(KEPT).catalogue.measured
    for page in plan(replace(catalogue, manual=manual, measured=measured)):
        assert page.context.keys() >= EVERYWHERE
        own.setdefault(page.template, set()).update(page.context.keys() - EVERYWHERE)
    return own


def test_the_variables_of_each_template_are_listed(catalogue):
    own = used(catalogue)
    assert documented() == {name: names for name, names in own.items() if names}
    without = PAGE.partition("have no others")[0].rpartition("\n\n")[2]
    assert set(re.findall(r"``(\w+)``", without)) == {n for n, names in own.items() if not names}
