"""Kinds of pages without script and in forced colours: the facts are all there."""

from __future__ import annotations

from visiting import KINDS


def test_without_script_the_facts_are_all_there(visit):
    window = visit(java_script_enabled=False)
    page = window.open(KINDS["matrix"])
    assert page.locator("table.ci-matrix tbody tr").count() > 50
    assert page.locator("table.ci-differing thead code:visible").count() > 50
    assert page.locator("table.ci-same tbody td:visible").count() > 100
    page = window.open(KINDS["platform"])
    assert page.locator("table.ci-labels tbody tr:visible").count() > 60
    page = window.open(KINDS["label"])
    assert "label: ubuntu-jammy-32GB" in page.inner_text(".ci-snippet")
    assert page.locator("button:visible", has_text="Copy").count() == 0
    page = window.open(KINDS["graph"])
    assert page.locator("svg .ci-node").count() == 8
    assert page.locator("table.ci-edges tbody tr").count() == page.locator("svg .ci-arrow").count()
    page = window.open(KINDS["changes"])
    assert page.locator("table.ci-changes tbody tr:visible").count() > 100
    page = window.open(KINDS["front"])
    assert "Labels with nested-virt in their name" in page.inner_text("table.ci-glance")


def test_with_forced_colors_system_colors_distinguish_dependencies(visit):
    page = visit(forced_colors="active").open(KINDS["graph"])
    page.get_by_label("Find a job").fill("grafana")
    stroke = "each => getComputedStyle(each.querySelector('rect')).stroke"
    lit = page.locator(".ci-node.ci-before").first.evaluate(stroke)
    usual = page.locator(".ci-node:not(.ci-before, .ci-after, .ci-self)").first.evaluate(stroke)
    assert lit != usual
