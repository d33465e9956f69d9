"""The files of a tenant → their objects, in the order in which Zuul loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from groundrules.ci.zuul.files import choose
from groundrules.ci.zuul.objects import FileObjects, Mistake
from groundrules.ci.zuul.repositories import LARGEST, Nowhere, Repository, UnreadableError
from groundrules.ci.zuul.rules import RULES
from groundrules.ci.zuul.tenant import Tenant, TenantProject
from groundrules.ci.zuul.variants import Source
from groundrules.diagnostics import Location, Report
from groundrules.yamlsource import Place

Parse = Callable[[bytes], FileObjects]
Open = Callable[[TenantProject], Repository]
START = Place(1, 1)


@dataclass(slots=True)
class Loaded:
    """One file: where it stands and what it says."""

    source: Source
    objects: FileObjects


def load(tenant: Tenant, opened: Open, parse: Parse, report: Report) -> list[Loaded]:
    """Return all files of a tenant and note what is wrong in them.

    First each project's branches are settled, since implied matchers depend on their number.
    """
    repositories = [_opened(project, opened, report) for project in tenant.projects]
    for project, repository in zip(tenant.projects, repositories, strict=True):
        _settle_branches(project, repository)
    return [
        loaded
        for project, repository in zip(tenant.projects, repositories, strict=True)
        if project.classes
        for loaded in _project_files(project, repository, parse, report)
    ]


def _opened(project: TenantProject, opened: Open, report: Report) -> Repository:
    try:
        return opened(project)
    except UnreadableError as error:
        message = f"{project.name}: {error}"
        report.note(RULES["GR613"], Location(project.name), message)
        return Nowhere(project.name)


def _settle_branches(project: TenantProject, repository: Repository) -> None:
    names = sorted(repository.branches)
    ordered = [name for name in names if name == repository.default]
    ordered += [name for name in names if name != repository.default]
    project.all_branches = ordered
    project.branches = [name for name in ordered if project.includes(name)]


def _project_files(
    project: TenantProject, repository: Repository, parse: Parse, report: Report
) -> Iterator[Loaded]:
    branches = project.branches
    if project.trusted:
        wanted = project.load_branch or "master"
        branches = [name for name in branches if name == wanted]
    for branch in branches:
        try:
            sizes = repository.sizes(branch, project.extra_paths)
        except UnreadableError as error:
            report.note(RULES["GR613"], Location(project.name), f"{project.name}: {error}")
            continue
        chosen = choose(sizes, project.extra_paths)
        for path in chosen.shut_out:
            place = repository.place(branch, path)
            message = f"{path} is not read: {chosen.paths[0]} of the same branch comes first"
            report.note(RULES["GR605"], Location(place), message)
        for path in chosen.paths:
            yield _read(project, repository, branch, path, parse)


def _read(
    project: TenantProject, repository: Repository, branch: str, path: str, parse: Parse
) -> Loaded:
    source = Source(project, branch, repository.place(branch, path))
    try:
        data = repository.read(branch, path)
    except UnreadableError as error:
        return Loaded(source, _only(f"{error}"))
    if len(data) > LARGEST:
        return Loaded(source, _only(f"the file is larger than {LARGEST // 2**20} MiB; split it"))
    objects = parse(data)
    source.pragma = objects.pragma
    return Loaded(source, objects)


def _only(message: str) -> FileObjects:
    return FileObjects(mistakes=[Mistake(rule="GR601", message=message, place=START)])
