"""Addresses that readers have from elsewhere: of the list of rules, and wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from visiting import served


def test_an_old_address_of_a_rule_leads_to_its_page(visit):
    page = visit().open("reference/rules.html#gr210")
    page.wait_for_url("**/generated/rules/GR210.html")
    assert page.locator("h1").inner_text().startswith("GR210")


@pytest.mark.parametrize("address", ["lost.html", "generated/lost.html", "generated/a/b/lost.html"])
def test_a_wrong_address_of_any_depth_leads_back(browser, site: Path, address: str):
    page = served(browser, site, address)
    page.get_by_role("link", name="Go to the front page").click()
    assert page.url == "http://manual.test/manual/index.html"
    page.close()


def test_no_source_maps_are_published(site: Path):
    assert list(site.rglob("*.map")) == []


def test_the_drawer_of_a_phone_closes_when_a_link_of_it_is_chosen(visit):
    page = visit(viewport={"width": 390, "height": 800}).open("reference/check.html")
    page.locator("button.secondary-toggle").click()
    drawer = page.locator("dialog#pst-secondary-sidebar-modal")
    assert drawer.evaluate("dialog => dialog.open")
    drawer.locator("a[href^='#']").nth(1).click()
    assert not drawer.evaluate("dialog => dialog.open")
