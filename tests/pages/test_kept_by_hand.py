"""A graph that is kept by hand says on every page that it is compared with nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.pages.listings import LISTINGS
from groundrules.pages.marks import document, legend
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import load
from loaded_verdicts import verdicts

CASE = Path(__file__).parents[1] / "projects/drift/silent/kept-by-hand"
MARK = ":ci:badge:`kept-by-hand`, compared with nothing"


@pytest.fixture(scope="module")
def outline() -> Outline:
    loaded = load(CASE)
    assert loaded.catalogue is not None
    return Outline(loaded.catalogue, verdicts(loaded, CASE))


def page(outline: Outline, name: str) -> str:
    pages = {each.name: each for each in plan(outline.catalogue, outline.verdicts)}
    return Templates().page(pages[name])


def test_the_page_of_the_graph_names_what_it_is_about(outline):
    text = page(outline, "graphs/releases")
    assert f"\n{MARK}: no program here reads the release workflow\n" in text
    assert ":ci:edge:`releases-1 hard`, :ci:badge:`kept-by-hand`\n" in text
    assert ":ci:edge:`releases-2 hard`, :ci:badge:`planned`\n" in text
    assert "Nothing written here makes a job wait for another one of its step." in text


def test_the_pages_of_its_jobs_say_so_and_a_plan_stays_one(outline):
    sign = page(outline, "jobs/releases/sign")
    assert f"\n{MARK}\n" in sign
    assert "   releases/build hard kept-by-hand\n" in sign
    assert "   releases/publish hard planned\n" in sign
    assert f"\n{MARK}\n" in page(outline, "jobs/releases/publish")


def test_the_picture_calls_none_of_its_arrows_verified(outline):
    [graph] = [graph for graph in outline.catalogue.graphs if graph.id == "releases"]
    assert legend(outline.verdicts, graph) == [
        "A pale arrow is :ci:word:`planned <planned>`: nothing enforces it yet.",
        "The graph is kept by hand: its arrows are compared with nothing.",
    ]


def test_the_front_page_lists_it_beside_one_that_was_compared(outline):
    template, _, context = LISTINGS["verification"]
    text = Templates().part(template, context(outline, {}))
    assert f"* :ci:graph:`releases`: {MARK}: no program here reads the release workflow\n" in text
    assert "* :ci:graph:`deploy`: :ci:badge:`verified` against Our deployment, " in text


def test_json_has_the_state_of_each_part(outline):
    kept = next(
        each
        for each in document(outline.catalogue, outline.verdicts)["graphs"]
        if each["graph"] == "releases"
    )
    assert (kept["state"], kept["why"], kept["order_is_complete"]) == ("kept by hand", [], False)
    assert kept["counts"] == {
        "verified": 0, "drifted": 0, "planned": 2, "not checked": 0, "kept by hand": 4,
    }  # fmt: skip
