"""A label goes when its platform goes: pages, matrix, listings and checks say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.checker import check_data
from groundrules.pages.listings import LISTINGS
from groundrules.pages.matrix import matrix
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import Catalogue, load

VM = """\
id: vm
title: Virtual machine
summary: One.
removed: 2020-01-01
labels:
- {name: plain, operating_system: Debian}
- {name: earlier, operating_system: Debian, removed: 2019-01-01}
"""
TOPIC = """\
topic: memory
title: Memory
expectations:
- id: memory-8gb
  title: Enough memory
  standing: guaranteed
  statement: There is enough.
  applies_to: {labels: [plain]}
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    files = {
        "manual.yaml": "{title: M, publisher: P, summary: S.}\n",
        "platforms/vm.yaml": VM,
        "expectations/memory.yaml": TOPIC,
    }
    for name, text in files.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    loaded = load(tmp_path)
    assert [str(each) for each in loaded.report.diagnostics] == []
    assert loaded.catalogue is not None
    return loaded.catalogue


def test_labels_of_a_removed_platform_are_gone(catalogue):
    _, _, give = LISTINGS["going"]
    gone = give(Outline(catalogue), {"stage": "removed"})["labels"]
    assert [(label.name, str(label.removed)) for _, label in gone] == [
        ("plain", "2020-01-01"),
        ("earlier", "2019-01-01"),
    ]
    assert matrix(catalogue).columns == ()


@pytest.mark.parametrize("name", ["platforms/vm", "labels/plain", "platforms/index"])
def test_no_page_calls_them_current(catalogue, name):
    [page] = [each for each in plan(catalogue) if each.name == name]
    text = Templates().page(page)
    assert "current" not in text
    dates = {"platforms/vm": 2, "labels/plain": 3, "platforms/index": 1}
    assert text.count("2020-01-01") == dates[name]


def test_an_expectation_of_removed_labels_is_shown(catalogue, tmp_path):
    (found,) = check_data(tmp_path).report.diagnostics
    assert str(found) == (
        "data/expectations/memory.yaml:8:25: label 'plain' was removed on 2020-01-01; "
        "remove it here [GR120]"
    )
    assert [str(each.location) for each in found.related] == ["data/platforms/vm.yaml:4:10"]
