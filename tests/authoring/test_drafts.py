"""Drafts of every graph of ``tests/zuul/cases``: the check finds only open questions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules import ci
from groundrules.authoring.drafts.draft import DraftError, draft_of, purpose_of
from groundrules.authoring.drafts.edited_files import edited, write_all
from groundrules.authoring.drafts.graph_import import import_graph
from groundrules.authoring.drafts.request import ImportRequest, MistakesError
from groundrules.authoring.drafts.source import UnclearError
from groundrules.authoring.insertion import Insertion
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.verdicts import ComparedWith
from groundrules.cli import main
from groundrules.fix import Remove
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from steps import growth

WORLDS = Path(__file__).parents[1] / "zuul/cases"
CASES = sorted(path.parent for path in WORLDS.glob("*/main.yaml"))
MANUAL = "title: Ours\npublisher: Us\nsummary: What waits for what.\n"


def drafted(root: Path) -> int:
    """Import every project and pipeline of the tenant in ``root``; return the number."""
    source = ci.ConfigSource(folder=root / "zuul", tenant=root / "zuul/main.yaml")
    try:
        configuration = ci.read("zuul", source)
        projects = configuration.configured_projects("")
    except ci.NotAvailableError:
        return 0
    count = 0
    for project in projects:
        for pipeline in configuration.pipelines(project, ""):
            request = ImportRequest(
                root=root, word=str(source.tenant), project=project, pipelines=(pipeline,)
            )
            try:
                imported = import_graph(request)
            except (DraftError, MistakesError, UnclearError):
                continue
            write_all(imported.files, root, "data")
            assert import_graph(request).files == []
            count += 1
    return count


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_check_of_a_draft_finds_only_open_questions(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(case, tmp_path / "zuul")
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data/manual.yaml").write_text(MANUAL)
    monkeypatch.chdir(tmp_path)
    if drafted(tmp_path):
        done = CliRunner().invoke(main, ["check", "--no-cache", "--select", "GR1,GR2,GR3"])
        findings = [line for line in done.stdout.splitlines() if "[GR" in line]
        assert [line for line in findings if "[GR126]" not in line] == []
        assert done.exit_code == 0


def test_most_worlds_have_a_draft() -> None:
    assert len(CASES) > 50


@pytest.mark.parametrize(
    ("description", "purpose"),
    [
        ("Runs the tests.", "Runs the tests."),
        ("Runs\n  the tests.\n\nMore.", "Runs the tests."),
        ("Runs ``tox -e py``.", "Runs ``tox -e py``."),
        ("See :zuul:job:`tox`.", "See ``tox``."),
        ("All *of it", "All \\*of it"),
        (".. note:: Nothing.", ""),
        ("", ""),
        ("  \n\n ", ""),
        ("A bell \x07 rings.", ""),
        ("See :ci:job:`nowhere/job`.", "See ``nowhere/job``."),
        ("# Heading", "\\# Heading"),
    ],
)
def test_a_description_becomes_a_purpose(description: str, purpose: str) -> None:
    assert purpose_of(description) == purpose


def real(size: int) -> RealGraphs:
    """Return a graph in which each job waits for the one before it."""
    jobs = tuple(Job(name=f"job-{at}") for at in range(size))
    edges = tuple(Edge(job=f"job-{at + 1}", dependency=f"job-{at}") for at in range(size - 1))
    graphs = {"check": JobGraph(jobs, edges), "gate": JobGraph(jobs, edges)}
    return RealGraphs(against=ComparedWith(configuration="ours"), graphs=graphs)


def test_a_draft_takes_steps_in_proportion_to_its_jobs() -> None:
    assert growth(lambda size: lambda: draft_of(real(size), lambda job: "Runs it."), 50) < 2.2


def test_edits_take_steps_in_proportion_to_their_number() -> None:
    def many(size: int) -> list[str]:
        text = "jobs:\n" + "".join(f"  - name: job-{at}\n" for at in range(size))
        edits = [Insertion(("jobs", at, "gone"), 1, ("name", "gone")) for at in range(size)]
        edits += [Insertion(("jobs", size), {"name": f"new-{at}"}) for at in range(size)]
        return edited(text, edits)[1]

    assert growth(lambda size: lambda: many(size), 50) < 2.2


def test_marks_are_removed_together() -> None:
    def many(size: int) -> list[str]:
        text = "jobs:\n" + "".join(f"  - {{name: job-{at}, gone: 1}}\n" for at in range(size))
        return edited(text, [Remove(("jobs", at, "gone")) for at in range(size)])[1]

    assert growth(lambda size: lambda: many(size), 50) < 2.2
