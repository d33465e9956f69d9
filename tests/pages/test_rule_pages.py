"""The pages of rules, which a manual has that names the page with the list of them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from groundrules.pages.listings import LISTINGS
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.rules import every_rule


@pytest.fixture
def with_rules(catalogue):
    manual = catalogue.manual.model_copy(update={"rules_page": "about/rules"})
    return replace(catalogue, manual=manual)


def test_each_rule_has_a_page(with_rules):
    names = [page.name for page in plan(with_rules) if page.template == "rule"]
    assert names == [f"rules/{rule}" for rule in every_rule()]


def test_there_is_none_without_a_list_of_rules(catalogue):
    assert not [page for page in plan(catalogue) if page.template == "rule"]


def test_the_page_of_a_rule(with_rules, file_regression):
    [page] = [page for page in plan(with_rules) if page.name == "rules/GR108"]
    file_regression.check(Templates().page(page), extension=".rst", basename="rules-GR108")


def listed(catalogue) -> str:
    template, _, context = LISTINGS["rules"]
    return Templates().part(template, context(Outline(catalogue), {}))


def test_the_list_links_to_the_pages(with_rules):
    assert (
        "   * - .. _GR108:\n\n"
        "       :doc:`GR108 </generated/rules/GR108>`\n\n"
        "     - ``yaml-surprise``\n"
        "     - YAML reads a text or number as another value.\n"
        "     - error\n"
        "     - yes\n"
    ) in listed(with_rules)


def test_the_list_has_no_links_where_there_are_no_pages(catalogue):
    assert "   * - .. _GR108:\n\n       GR108\n\n" in listed(catalogue)
