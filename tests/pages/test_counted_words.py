"""Sentences of pages about one thing have no plural."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.pages.listings import LISTINGS
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import Catalogue, load
from groundrules.records.expectation import Topic
from groundrules.records.manual import Manual

FILES = {
    "manual.yaml": "{title: M, publisher: P, summary: S., configurations: "
    "[{id: c, title: C, system: other}]}\n",
    "expectations/t.yaml": """\
topic: t
title: T
expectations:
  - {id: a, title: A, standing: varies, statement: A., confirmed: {date: 2026-01-01, by: us}}
""",
    "graphs/one.yaml": """\
id: one
title: One
configuration: c
project: p
pipelines: [check]
jobs: [{name: a}]
""",
    "graphs/some.yaml": """\
id: some
title: Some
configuration: c
project: p
pipelines: [check]
jobs:
  - {name: a}
  - {name: b, waits_for: [{job: a}]}
  - {name: c, waits_for: [{job: a, why: So.}, {job: b, why: So.}]}
rules:
  - {id: all, every: {name: '*'}, waits_for: a, why: So.}
  - {id: some, every: {name: 'c*'}, waits_for: a, why: So.}
""",
}
UNCONFIRMED = {"id": "a", "title": "A", "standing": "varies", "statement": "A."}


@pytest.fixture(scope="module")
def outline(tmp_path_factory: pytest.TempPathFactory) -> Outline:
    root: Path = tmp_path_factory.mktemp("counted")
    for name, text in FILES.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    catalogue = load(root).catalogue
    assert catalogue is not None
    return Outline(catalogue)


def page(outline: Outline, name: str) -> str:
    [found] = [each for each in plan(outline.catalogue) if each.name == name]
    return Templates().page(found)


def listed(outline: Outline, graph: str) -> str:
    template, _, context = LISTINGS["graph"]
    return Templates().part(template, context(outline, {"id": graph}))


def test_the_page_about_the_manual(outline):
    text = page(outline, "about")
    said = "1 of 1 expectation was confirmed after it was written down; the page of each"
    assert f"\n{said}\n" in text


def test_the_page_about_a_manual_whose_only_expectation_nobody_confirmed():
    topic = {"topic": "t", "title": "T", "expectations": [UNCONFIRMED]}
    manual = Manual(title="M", publisher="P", summary="S.")
    text = page(Outline(Catalogue(manual, topics=(Topic.model_validate(topic),))), "about")
    said = "0 of 1 expectation was confirmed after it was written down; the page of each"
    assert f"\n{said}\n" in text


def test_the_lists_of_graphs(outline):
    text = page(outline, "graphs/index")
    assert "\n   1 job of ``p``; not every job is documented.\n" in text
    assert "\n   3 jobs of ``p``; not every job is documented.\n" in text
    assert ": 1 job, with the reason of every dependency.\n" in listed(outline, "one")
    assert ": 3 jobs; 1 of 3 dependencies has no reason yet.\n" in listed(outline, "some")


def test_the_page_of_a_graph(outline, monkeypatch):
    monkeypatch.setattr("groundrules.pages.diagram.WITH_DETOURS", 0)
    text = page(outline, "graphs/some")
    assert "   | 1 of 3 dependencies has no arrow, since others imply it.  The table" in text
    assert "\n   Every job waits for :ci:job:`some/a`." in text
    assert "\n   Every job called :literal:`c*` waits for :ci:job:`some/a`." in text
