"""What is gone is history: it has no verdict, and does not count in those of jobs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from groundrules.pages.marks import document
from groundrules.pages.outline import Outline
from groundrules.pages.planned_pages import plan
from groundrules.pages.render import Templates
from groundrules.records import load
from loaded_verdicts import verdicts

CASE = Path(__file__).parents[1] / "projects/drift/silent/gone"


def outline_of(folder: Path) -> Outline:
    loaded = load(folder)
    assert loaded.catalogue is not None
    return Outline(loaded.catalogue, verdicts(loaded, folder))


@pytest.fixture
def compared() -> Outline:
    return outline_of(CASE)


@pytest.fixture
def kept_by_hand(tmp_path: Path) -> Outline:
    """Return the same graph of a configuration that no program here reads."""
    shutil.copytree(CASE / "data", tmp_path / "data")
    manual = tmp_path / "data" / "manual.yaml"
    manual.write_text(
        "title: Ours\npublisher: Us\nsummary: All.\n"
        "configurations: [{id: cd, title: Our workflow, system: other}]\n"
    )
    return outline_of(tmp_path)


def result_of_web(outline: Outline) -> str:
    pages = {each.name: each for each in plan(outline.catalogue, outline.verdicts)}
    text = Templates().page(pages["jobs/deploy/web"])
    return next(line for line in text.splitlines() if line.startswith(":ci:badge:"))


def jobs_of(outline: Outline) -> dict[str, Any]:
    [graph] = document(outline.catalogue, outline.verdicts)["graphs"]
    return {
        job["job"]: (job["state"], job["why"], [wait["job"] for wait in job["waits_for"]])
        for job in graph["jobs"]
    }


def test_a_job_is_verified_beside_dependencies_that_are_gone(compared):
    found = result_of_web(compared)
    assert found == ":ci:badge:`verified` (against what: :ci:graph:`deploy`)"


def test_a_job_that_is_kept_by_hand_stays_so(kept_by_hand):
    assert result_of_web(kept_by_hand) == ":ci:badge:`kept-by-hand`, compared with nothing"


def test_verdicts_list_what_is_there(compared, kept_by_hand):
    assert jobs_of(compared) == {"base": ("verified", [], []), "web": ("verified", [], [])}
    of_hand = ("kept by hand", [], [])
    assert jobs_of(kept_by_hand) == {"base": of_hand, "web": of_hand}


def test_a_dependency_that_is_there_still_counts(tmp_path: Path):
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "data/graphs/deploy.yaml"
    path.write_text(
        path.read_text().replace(
            "{job: base, why: Users come first., gone: 2026-11-01}",
            "{job: base, why: Users come first.}",
        )
    )
    outline = outline_of(tmp_path)
    assert result_of_web(outline) == (
        ":ci:badge:`drifted`: 1 of its 1 dependency differs (against what: :ci:graph:`deploy`)"
    )
    assert jobs_of(outline)["web"] == ("drifted", ["1 of its 1 dependency differs"], ["base"])
