"""Each folder in ``cases/`` is a tenant; ``expected.txt`` is every graph of it and every finding.

A new case needs no Python: make the folder, run ``python tests/zuul/test_zuul_cases.py`` and read
whether the ``expected.txt`` that it writes is what Zuul does.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.graphs.elements import Edge, Job

CASES = Path(__file__).parent / "cases"


def resolved(folder: Path) -> Resolver:
    return resolve(gather_tenant(folder / "main.yaml", folder))


def output(resolver: Resolver, folder: Path) -> str:
    """Return all graphs, a line a job, then the findings."""
    lines = [line for frozen in resolver.graphs() for line in shown_graph(frozen)]
    lines += [str(each) for each in resolver.report.diagnostics]
    return "".join(f"{line}\n" for line in lines).replace(f"{folder.as_posix()}/", "")


def shown_graph(frozen: Frozen) -> list[str]:
    lines = [f"{frozen.project} {frozen.pipeline} {frozen.branch}"]
    if frozen.error:
        return [*lines, f"  no graph: {frozen.error}"]
    for job in frozen.graph.jobs:
        edges = [each for each in frozen.graph.edges if each.job == job.name]
        words = [shown_edge(each, frozen.graph.is_effective(each)) for each in edges]
        lines.append("  " + " ".join([job.name, *words, *shown_rest(job)]))
    lines += [f"  ({each.name}: {each.reason})" for each in frozen.graph.absent]
    return lines


def shown_edge(edge: Edge, is_effective: bool) -> str:
    sign = "~" if edge.soft else "<"
    ends = [] if is_effective else ["not here"]
    ends += [] if edge.declared else ["implicit"]
    return f"{sign} {edge.dependency}" + (f" ({', '.join(ends)})" if ends else "")


def shown_rest(job: Job) -> list[str]:
    said = {
        "tags": job.tags,
        "files": ["none"] if job.has_empty_files else job.files,
        "irrelevant-files": job.irrelevant_files,
        "semaphores": [each.name for each in job.semaphores],
        "labels": [each.name for each in job.labels],
        "voting": [] if job.voting else ["no"],
    }
    return [f"[{what}: {' '.join(map(str, values))}]" for what, values in said.items() if values]


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_case(folder: Path):
    assert output(resolved(folder), folder) == (folder / "expected.txt").read_text("utf-8")


CHAPTER = Path(__file__).parents[2] / "source" / "zuul-job-graph.rst"
NO_RULES = {
    "a-project-twice",
    "a-tenant-file-that-is-none",
    "configuring-a-config-project",
    "mistakes-shared-by-an-alias",
    "names-that-were-lost",
    "several-mistakes",
    "strange-names",
    "unknown-projects",
}


@pytest.mark.repository
def test_the_manual_shows_every_rule():
    shown = re.findall(r"cases/([^/]+)/expected.txt", CHAPTER.read_text("utf-8"))
    assert sorted(shown) == sorted({folder.name for folder in CASES.iterdir()} - NO_RULES)


if __name__ == "__main__":
    for case in sorted(CASES.iterdir()):
        expected = case / "expected.txt"
        if not expected.exists():
            expected.write_text(output(resolved(case), case), "utf-8")
            print(f"{expected}:\n{expected.read_text('utf-8')}")
