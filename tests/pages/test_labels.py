"""`Labels`: what the page of a label shows of defaults, providers, jobs and other labels."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from groundrules.pages.label_comparison import compared
from groundrules.pages.labels import Labels, nodeset
from groundrules.pages.marks import answer
from groundrules.pages.matrix import matrix
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import Catalogue, load
from groundrules.records.expectation import Expectation, Topic
from groundrules.records.manual import Manual
from groundrules.records.platform import Label, Platform, Provider
from steps import growth

VM = """\
id: vm
title: Machine
summary: One.
labels:
- {name: a-8, operating_system: A, default: true}
- {name: b-8, operating_system: B, default: true}
- {name: a-16, operating_system: A, memory_gb: 16}
- {name: 'team/a:16', operating_system: A}
- {name: a-old, operating_system: A, removed: 2020-01-01, replaced_by: a-8}
providers:
- {name: every, status: active, as_of: 2026-01-01}
- {name: large, status: active, as_of: 2026-01-01, labels: ['*-16']}
- {name: named, status: unknown, as_of: 2026-01-01, labels: [a-8, 'team/a:16']}
- {name: off, status: disabled, as_of: 2026-01-01, labels: [a-8]}
- {name: past, status: removed, as_of: 2026-01-01}
"""
TOPIC = """\
topic: memory
title: Memory
expectations:
- id: size
  title: Size
  standing: guaranteed
  statement: There is enough.
  measure: {fact: ansible_memtotal_mb, at_least: 8000}
  except:
  - {labels: [a-16], measure: {fact: ansible_memtotal_mb, at_least: 16000}}
- id: system
  title: System
  standing: guaranteed
  statement: The system is that of the name.
  measure: {fact: ansible_distribution, equals: A}
  except:
  - {labels: [b-8], measure: {fact: ansible_distribution, equals: B}}
  - {labels: ['team/*'], standing: varies}
"""
GRAPH = """\
id: g
title: G
configuration: c
project: p
pipelines: [check]
coverage: partial
jobs:
- {name: one, labels: [a-8, 'a-*']}
- {name: two, labels: ['*']}
- {name: three, labels: [a-old]}
"""


@pytest.fixture
def catalogue(tmp_path: Path):
    files = {
        "manual.yaml": "{title: M, publisher: P, summary: S., "
        "configurations: [{id: c, title: C, system: zuul, path: ../c}]}\n",
        "platforms/vm.yaml": VM,
        "expectations/memory.yaml": TOPIC,
        "graphs/g.yaml": GRAPH,
    }
    for name, text in files.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    loaded = load(tmp_path)
    assert loaded.catalogue is not None, [str(each) for each in loaded.report.diagnostics]
    return loaded.catalogue


@pytest.fixture
def labels(catalogue) -> Labels:
    return Labels(catalogue)


def test_an_answer_differs_that_no_default_label_has(labels, catalogue):
    said = {
        name: [(each.expectation.id, each.depends) for each in labels.differences(*pair)]
        for name, pair in catalogue.labels.items()
    }
    assert said == {
        "a-8": [],
        "b-8": [],
        "a-16": [("size", False)],
        "team/a:16": [("system", True)],
        "a-old": [],
    }


def test_providers_supply_by_name_by_pattern_or_everything(labels, catalogue):
    said = {
        name: [each.name for each in labels.providers(*pair)]
        for name, pair in catalogue.labels.items()
    }
    assert said == {
        "a-8": ["every", "named"],
        "b-8": ["every"],
        "a-16": ["every", "large"],
        "team/a:16": ["every", "named"],
        "a-old": ["every"],
    }


def test_jobs_ask_by_name_or_pattern(labels, catalogue):
    _, small = catalogue.labels["a-8"]
    _, old = catalogue.labels["a-old"]
    assert labels.jobs(small, with_patterns=True) == [("g", ["one", "two"])]
    assert labels.jobs(small, with_patterns=False) == [("g", ["one"])]
    assert labels.jobs(old, with_patterns=False) == [("g", ["three"])]


def test_a_label_is_compared_with_others_of_its_system_then_with_default_ones(labels, catalogue):
    assert labels.compared_with(*catalogue.labels["a-16"]) == ["a-8", "team/a:16", "b-8"]
    assert labels.compared_with(*catalogue.labels["b-8"]) == ["a-8"]


def test_a_successor_names_what_it_replaces(labels):
    assert labels.predecessors == {"a-8": ["a-old"]}


def test_pages_of_labels_have_safe_names(catalogue):
    names = [page.name for page in plan(catalogue) if page.template == "label"]
    assert names == [
        "labels/a-8",
        "labels/b-8",
        "labels/a-16",
        "labels/team-a-16-ff1024",
        "labels/a-old",
    ]


@pytest.mark.parametrize("name", ["debian-12", "10", "1e-5", "true", "2026-01-01", "team/a:16"])
def test_yaml_reads_the_label_of_a_nodeset_as_it_is_written(name):
    read = yaml.safe_load(nodeset(name))
    assert read == {"nodeset": {"nodes": [{"name": "node", "label": name}]}}


def many(size: int) -> Catalogue:
    """Return a manual with so many labels, of which each tenth is a default label."""
    labels = tuple(
        Label(
            name=f"label-{at}",
            operating_system=f"System {at % 7}",
            default=at % 10 == 0,
            replaced_by=f"label-{at - 1}" if at else None,
        )
        for at in range(size)
    )
    provider = Provider(name="p", status="active", as_of="2026-01-01", labels=("label-*",))
    platform = Platform(id="vm", title="T", summary="S.", labels=labels, providers=(provider,))
    expectation = Expectation(id="e", title="E", standing="varies", statement="Some.")
    topic = Topic(topic="t", title="T", expectations=(expectation,))
    manual = Manual(title="M", publisher="P", summary="S.")
    return Catalogue(manual, platforms=(platform,), topics=(topic,))


def test_the_pages_of_labels_cost_in_proportion_to_their_number():
    def planned(size: int):
        catalogue = many(size)
        return lambda: (plan(catalogue), compared(matrix(catalogue)))

    assert growth(planned, 200) == pytest.approx(2, abs=0.05)


def of_providers(**status: str) -> Catalogue:
    """Return a manual with providers, of which those called ``e…`` are an exception."""
    providers = tuple(
        Provider(name=name, status=status[name], as_of="2026-01-01", labels=("small",))
        for name in status
    )
    label = Label(name="small", operating_system="A")
    platform = Platform(id="vm", title="T", summary="S.", labels=(label,), providers=providers)
    exception = {"providers": ["e*"], "standing": "varies"}
    said = {"id": "e", "title": "E", "standing": "guaranteed", "statement": "All."}
    expectation = Expectation.model_validate({**said, "except": [exception]})
    topic = Topic(topic="t", title="T", expectations=(expectation,))
    manual = Manual(title="M", publisher="P", summary="S.")
    return Catalogue(manual, platforms=(platform,), topics=(topic,))


@pytest.mark.parametrize(
    ("providers", "cell"),
    [
        ({"east": "active"}, "varies"),
        ({"east": "active", "edge": "unknown"}, "varies"),
        ({"east": "active", "north": "removed"}, "varies"),
        ({"east": "active", "north": "disabled"}, "varies; guaranteed on north"),
        ({"east": "active", "north": "active"}, "guaranteed; varies on east"),
        ({"east": "disabled"}, "guaranteed; varies on east"),
        ({"north": "active"}, "guaranteed"),
        ({}, "guaranteed"),
    ],
)
def test_a_label_has_the_general_answer_only_where_a_node_may_have_it(providers, cell):
    catalogue = of_providers(**providers)
    [row] = matrix(catalogue).rows
    assert re.sub(":ci:badge:`([^`]+)`", r"\1", answer(row.answers[0])) == cell


@pytest.mark.parametrize(
    ("providers", "field"),
    [
        ({}, ":Providers: not known"),
        ({"east": "removed"}, ":Providers: not known"),
        ({"east": "active", "north": "disabled"}, ":Providers: ``east``, as of 2026-01-01"),
        (
            {"east": "disabled", "north": "disabled"},
            ":Providers: none at present, disabled: ``east``\\, ``north``, as of 2026-01-01",
        ),
    ],
)
def test_disabled_providers_are_known(providers, field):
    [page] = [page for page in plan(of_providers(**providers)) if page.name == "labels/small"]
    assert f"\n{field}\n" in Templates().page(page)


def test_only_a_manual_of_zuul_shows_a_nodeset(catalogue):
    """One without configurations can be of Zuul too."""
    elsewhere = [{"id": "c", "title": "C", "system": "other"}]
    of_zuul = {"id": "z", "title": "Z", "system": "zuul", "path": "../z"}
    assert asked_for(catalogue, [*elsewhere, of_zuul]) == asked_for(catalogue, [])
    label, platform = asked_for(catalogue, [])
    assert "In the :ci:word:`nodeset <nodeset>` of a Zuul job:\n" in label
    assert "A job asks for a node by its label:\n" in platform
    label, platform = asked_for(catalogue, elsewhere)
    name = ".. code-block:: none\n   :class: ci-snippet\n\n   a-8\n"
    assert f"The name that jobs ask for it by:\n\n{name}" in label
    assert "nodeset" not in label + platform


def asked_for(catalogue: Catalogue, configurations: list[dict[str, str]]) -> tuple[str, str]:
    """Return the pages of a label and its platform in a manual of these configurations."""
    written = {"title": "M", "publisher": "P", "summary": "S.", "configurations": configurations}
    manual = Manual.model_validate(written)
    pages = {page.name: page for page in plan(replace(catalogue, manual=manual))}
    label, platform = pages["labels/a-8"], pages["platforms/vm"]
    return Templates().page(label), Templates().page(platform)
