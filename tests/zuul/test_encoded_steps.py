"""Random documented graphs made real in steps, and those of a real tenant."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from documented_worlds import (
    Graphs,
    documented_world,
    expected,
    graphs_of,
    has_final_dependencies,
    replace_content,
    resolved,
    worlds,
)

from groundrules.ci.wish import EncodeError, Encoding, Wish
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.diagnostics import Report
from groundrules.encode.merge_steps import steps_of
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph

SHARED = Path(__file__).parents[3] / "shared" / "zuul"


@pytest.mark.skipif(not SHARED.is_dir(), reason="other people's configuration is not here")
@pytest.mark.parametrize("seed", range(10))
def test_random_graphs_become_real_in_another_platform(seed: int, tmp_path: Path) -> None:
    folder = shutil.copytree(SHARED / "configs/eco", tmp_path / "eco")
    gathered, parsed = gather_tenant(folder / "main.yaml", folder), FileCache()
    world = documented_world(Random(seed), gathered, parsed)  # noqa: S311
    assert world is not None
    encoding = world.encoder.encoded(Wish(waits=world.waits))
    after = resolved(gathered, parsed, encoding)
    before = graphs_of(world.resolver)
    assert graphs_of(after) == expected(before, world.name, world.branch, world.waits)


def test_random_graphs_become_real_in_steps(unpacked: Callable[[str], Path]) -> None:
    """Each step is of one repository, and its graphs have the order that stays."""
    parsed, outcomes = FileCache(), Counter[str]()
    for world, gathered in islice(worlds(unpacked("fuzz")), 0, None, 8):
        documented = documented_world(Random(world), gathered, parsed)  # noqa: S311
        if documented is None:
            continue
        resolver, project, name, branch, waits, encoder = documented
        real = real_graphs(resolver, project, branch, waits)
        try:
            steps = steps_of(encoder, real, Wish(waits=waits), {})
        except EncodeError:
            assert has_final_dependencies(resolver, name, branch), world
            continue
        now, before = gathered, graphs_of(resolver)
        goal = expected(before, name, branch, waits)
        states = [before]
        for step in steps:
            assert len({(file.project, file.branch) for file in step.encoding.files}) == 1
            now = Gathered(
                now.tenant,
                [
                    replace_content(raw, texts(step.encoding).get(raw.source.path or ""))
                    for raw in now.files
                ],
                Report(),
            )
            states.append(graphs_of(resolve(now, parsed.parse)))
        assert states[-1] == goal, world
        for key, first in before.items():
            check_order(first, states, goal, key)
        outcomes["encoded"] += 1
        outcomes["several"] += len({step.repository for step in steps}) > 1
    assert outcomes["encoded"] >= 20
    assert outcomes["several"] >= 5


def texts(encoding: Encoding) -> dict[str, bytes]:
    return {file.path: file.after.encode() for file in encoding.files}


def real_graphs(
    resolver: Resolver, project: TenantProject, branch: str, pipelines: Iterable[str]
) -> dict[str, JobGraph]:
    """Return the graphs of some pipelines in the form that does not depend on Zuul."""
    graphs: dict[str, JobGraph] = {}
    for pipeline in pipelines:
        frozen = resolver.freezer.freeze(project, pipeline, branch)
        assert frozen
        jobs = tuple(Job(name=job.name) for job in frozen.shape.jobs)
        edges = tuple(
            Edge(job=job.name, dependency=name, soft=soft)
            for job in frozen.shape.jobs
            for name, soft in job.dependencies
        )
        graphs[pipeline] = JobGraph(jobs, edges)
    return graphs


def check_order(
    first: object, states: list[Graphs], goal: Graphs, key: tuple[str, str, str]
) -> None:
    """Check that every order that a graph has at first and at last is there in between."""
    if not isinstance(first, dict):
        return
    kept = orders(first) & orders(goal[key])
    for state in states:
        assert kept <= orders(state[key]), key


def orders(graph: object) -> set[tuple[str, str]]:
    """Return each job with each job that it waits for, directly or through others."""
    assert isinstance(graph, dict)
    pairs: set[tuple[str, str]] = set()
    for job in graph:
        todo = [job]
        for one in todo:
            new = {name for name, _ in graph[one] if name in graph and (job, name) not in pairs}
            pairs |= {(job, name) for name in new}
            todo += sorted(new)
    return pairs
