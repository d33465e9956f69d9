"""Random documented graphs in the random worlds of ``golden/``, and in a real tenant.

What ``encode`` returns is resolved here again, by a resolver that has read nothing before: the
documented graph is there in every pipeline, and all other graphs are as they were.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from groundrules.ci.wish import EncodeError, Encoding, Wait, Waits, Wish
from groundrules.ci.zuul.encoding.attempt import with_files
from groundrules.ci.zuul.encoding.encoder import ZuulEncoder
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.diagnostics import Report
from groundrules.encode.merge_steps import steps_of
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph

SHARED = Path(__file__).parents[3] / "shared" / "zuul"
WORLD = re.compile(r"/(w\d+)-")
Graphs = dict[tuple[str, str, str], object]


@cache
def gathered_in(folder: Path) -> Gathered:
    return gather_tenant(folder / "main.yaml", folder)


def worlds(folder: Path) -> Iterator[tuple[str, Gathered]]:
    """Yield each world of a set, with the config projects and their files for this world."""
    gathered = gathered_in(folder)
    projects = gathered.tenant.projects
    for world in sorted({match[1] for one in projects if (match := WORLD.search(one.name))}):
        own = [one for one in projects if f"/{world}-" in one.name or "config" in one.name]
        files = [
            raw
            for raw in gathered.files
            if raw.source.project in own
            and not ("world-w" in str(raw.source.path) and world not in str(raw.source.path))
        ]
        yield world, Gathered(replace(gathered.tenant, projects=own), files, Report())


def resolved(gathered: Gathered, parsed: FileCache, encoding: Encoding | None = None) -> Resolver:
    texts = {file.path: file.after.encode() for file in encoding.files} if encoding else {}
    files = [replace_content(raw, texts.get(raw.source.path or "")) for raw in gathered.files]
    return resolve(Gathered(gathered.tenant, files, Report()), parsed.parse)


def replace_content(raw: Raw, content: bytes | None) -> Raw:
    return raw if content is None else Raw(raw.source, content)


def graphs_of(resolver: Resolver) -> Graphs:
    return {
        (frozen.project, frozen.pipeline, frozen.branch): "error"
        if frozen.error
        else {job.name: set(job.dependencies) for job in frozen.shape.jobs}
        for frozen in resolver.graphs()
    }


def documented(random: Random, resolver: Resolver, project: TenantProject, branch: str) -> Waits:
    """Return random dependencies of all jobs in each pipeline with a graph, without a cycle."""
    waits: dict[str, dict[str, tuple[Wait, ...]]] = {}
    for pipeline in resolver.freezer.finder.pipelines(project, branch):
        frozen = resolver.freezer.freeze(project, pipeline, branch)
        jobs = frozen.shape.jobs if frozen and not frozen.error else []
        names = [job.name for job in jobs if job.type == "regular"]
        random.shuffle(names)
        waits[pipeline] = {
            name: tuple(
                Wait(other, random.random() < 0.3)
                for other in random.sample(names[:at], min(at, random.randint(0, 2)))
            )
            for at, name in enumerate(names)
        }
    return {pipeline: jobs for pipeline, jobs in waits.items() if len(jobs) > 1}


def chosen(random: Random, resolver: Resolver) -> tuple[TenantProject, str, Waits] | None:
    """Return a random project and branch with a graph, and what is documented for it."""
    places = [
        (project, branch)
        for project in resolver.projects
        if "config" not in project.name
        for branch in project.all_branches
    ]
    random.shuffle(places)
    for project, branch in places:
        if waits := documented(random, resolver, project, branch):
            return project, branch, waits
    return None


def expected(before: Graphs, project: str, branch: str, waits: Waits) -> Graphs:
    graphs = dict(before)
    for pipeline, jobs in waits.items():
        graph = graphs[project, pipeline, branch]
        assert isinstance(graph, dict)
        new = {job: {(wait.job, wait.soft) for wait in wanted} for job, wanted in jobs.items()}
        graphs[project, pipeline, branch] = graph | new
    return graphs


@pytest.mark.parametrize(("name", "least"), [("fuzz", 185), ("fuzz3", 170)])
def test_random_graphs_become_real(name: str, least: int, unpacked: Callable[[str], Path]) -> None:
    """Some worlds have jobs whose dependencies are final, which is the only reason to refuse."""
    parsed, outcomes = FileCache(), Counter[str]()
    for world, gathered in worlds(unpacked(name)):
        resolver = resolved(gathered, parsed)
        choice = chosen(Random(world), resolver)  # noqa: S311
        if choice is None:
            continue
        project, branch, waits = choice
        encoder = ZuulEncoder(
            gathered=gathered, resolver=resolver, parse=parsed.parse, project=project, branch=branch
        )
        before, name_of = graphs_of(resolver), resolver.layout.tenant.unique_name(project)
        try:
            encoding = encoder.encoded(Wish(waits=waits))
        except EncodeError:
            assert has_final_dependencies(resolver, name_of, branch), world
            outcomes["refused"] += 1
            continue
        after = resolved(gathered, parsed, encoding)
        assert graphs_of(after) == expected(before, name_of, branch, waits), world
        encoded = with_files(gathered, encoding.files)
        again = structs.replace(encoder, gathered=encoded, resolver=after)
        assert again.encoded(Wish(waits=waits)) == Encoding(), world
        outcomes["encoded"] += 1
    assert outcomes["encoded"] >= least
    assert outcomes["refused"] < 12


def has_final_dependencies(resolver: Resolver, project: str, branch: str) -> bool:
    """Return whether a job of a project has dependencies that no mention can set."""
    return any(
        "dependencies" in job.final_attributes
        for frozen in resolver.graphs(branch)
        if frozen.project == project
        for job in frozen.shape.jobs
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="other people's configuration is not here")
@pytest.mark.parametrize("seed", range(10))
def test_random_graphs_become_real_in_another_platform(seed: int, tmp_path: Path) -> None:
    folder = shutil.copytree(SHARED / "configs/eco", tmp_path / "eco")
    gathered, parsed = gather_tenant(folder / "main.yaml", folder), FileCache()
    resolver, random = resolved(gathered, parsed), Random(seed)  # noqa: S311
    choice = chosen(random, resolver)
    assert choice is not None
    project, branch, waits = choice
    encoder = ZuulEncoder(
        gathered=gathered, resolver=resolver, parse=parsed.parse, project=project, branch=branch
    )
    encoding = encoder.encoded(Wish(waits=waits))
    after = resolved(gathered, parsed, encoding)
    before = graphs_of(resolver)
    assert graphs_of(after) == expected(before, project.name, branch, waits)


def test_random_graphs_become_real_in_steps(unpacked: Callable[[str], Path]) -> None:
    """Each step is of one repository, and its graphs have the order that stays."""
    parsed, outcomes = FileCache(), Counter[str]()
    for world, gathered in islice(worlds(unpacked("fuzz")), 0, None, 8):
        resolver = resolved(gathered, parsed)
        choice = chosen(Random(world), resolver)  # noqa: S311
        if choice is None:
            continue
        project, branch, waits = choice
        encoder = ZuulEncoder(
            gathered=gathered, resolver=resolver, parse=parsed.parse, project=project, branch=branch
        )
        real = real_graphs(resolver, project, branch, waits)
        try:
            steps = steps_of(encoder, real, Wish(waits=waits), {})
        except EncodeError:
            name = resolver.layout.tenant.unique_name(project)
            assert has_final_dependencies(resolver, name, branch), world
            continue
        now, before = gathered, graphs_of(resolver)
        goal = expected(before, resolver.layout.tenant.unique_name(project), branch, waits)
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
