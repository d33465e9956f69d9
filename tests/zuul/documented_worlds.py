"""Random documented graphs in the random worlds of ``golden/``.

What ``encode`` returns is resolved here again, by a resolver that has read nothing before: the
documented graph is there in every pipeline, and all other graphs are as they were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

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


class DocumentedWorld(NamedTuple):
    """A world with random dependencies that are documented for one of its projects.

    ``name`` is the project's, which no other project of the world has.
    """

    resolver: Resolver
    project: TenantProject
    name: str
    branch: str
    waits: Waits
    encoder: ZuulEncoder


def documented_world(
    random: Random, gathered: Gathered, parsed: FileCache
) -> DocumentedWorld | None:
    """Return a world with documented dependencies; None if no project has a graph."""
    resolver = resolved(gathered, parsed)
    choice = chosen(random, resolver)
    if choice is None:
        return None
    project, branch, waits = choice
    encoder = ZuulEncoder(
        gathered=gathered, resolver=resolver, parse=parsed.parse, project=project, branch=branch
    )
    name = resolver.layout.tenant.unique_name(project)
    return DocumentedWorld(resolver, project, name, branch, waits, encoder)


def expected(before: Graphs, project: str, branch: str, waits: Waits) -> Graphs:
    graphs = dict(before)
    for pipeline, jobs in waits.items():
        graph = graphs[project, pipeline, branch]
        assert isinstance(graph, dict)
        new = {job: {(wait.job, wait.soft) for wait in wanted} for job, wanted in jobs.items()}
        graphs[project, pipeline, branch] = graph | new
    return graphs


def check_graphs_become_real(folder: Path, least: int) -> None:
    """Encode random graphs in each world of a set; ``least`` is how many have to be possible.

    Some worlds have jobs whose dependencies are final, which is the only reason to refuse.
    """
    parsed, outcomes = FileCache(), Counter[str]()
    for world, gathered in worlds(folder):
        one = documented_world(Random(world), gathered, parsed)  # noqa: S311
        if one is None:
            continue
        resolver, _, name, branch, waits, encoder = one
        before = graphs_of(resolver)
        try:
            encoding = encoder.encoded(Wish(waits=waits))
        except EncodeError:
            assert has_final_dependencies(resolver, name, branch), world
            outcomes["refused"] += 1
            continue
        after = resolved(gathered, parsed, encoding)
        assert graphs_of(after) == expected(before, name, branch, waits), world
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
