"""The way in: a tenant file and a root folder, or one repository → graphs.

>>> resolver = gather_tenant(Path("main.yaml"), Path(".")).resolved()  # doctest: +SKIP
>>> resolver.freeze("openstack/nova", "gate", "master").graph  # doctest: +SKIP
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from groundrules.ci.zuul.building import build
from groundrules.ci.zuul.freeze import Freezer, Frozen
from groundrules.ci.zuul.layout import Layout
from groundrules.ci.zuul.loading import Parse, Raw, digest_of, gather, load
from groundrules.ci.zuul.parse import parse
from groundrules.ci.zuul.places import Root, opened
from groundrules.ci.zuul.repositories import Repository
from groundrules.ci.zuul.rules import RULES
from groundrules.ci.zuul.tenant import Canonical, Tenant, TenantProject, read_tenant
from groundrules.diagnostics import Location, Report
from groundrules.yamlsource import Problem


@dataclass(slots=True)
class Resolver:
    """A resolved tenant; ``report`` holds what is wrong with its configuration."""

    layout: Layout
    report: Report
    freezer: Freezer = field(init=False)

    def __post_init__(self) -> None:
        self.freezer = Freezer(self.layout)

    @property
    def projects(self) -> list[TenantProject]:
        """The projects of the tenant, in load order."""
        return self.layout.tenant.projects

    def project(self, name: str) -> TenantProject | None:
        """Return a project by its short or canonical name."""
        return self.layout.tenant.project(name)

    def freeze(self, project: str, pipeline: str, branch: str) -> Frozen | None:
        """Return one graph; None where the project is not in the pipeline on that branch."""
        found = self.project(project)
        return self.freezer.freeze(found, pipeline, branch) if found else None

    def graphs(self) -> list[Frozen]:
        """Return the graph of every project, pipeline and branch that has one, or its error."""
        with uncollected():
            return [
                frozen
                for project in self.projects
                if self.layout.projects.get(project.canonical_name)
                for branch in project.all_branches
                for pipeline in self.freezer.finder.pipelines(project, branch)
                if (frozen := self.freezer.freeze(project, pipeline, branch))
            ]


@dataclass(slots=True)
class Gathered:
    """The files of a tenant, read from their repositories and not yet understood."""

    tenant: Tenant
    files: list[Raw]
    report: Report

    @property
    def digest(self) -> str:
        """What stands for everything that the graphs are made from."""
        return digest_of(self.tenant, self.files)

    def resolved(self, parse_file: Parse = parse) -> Resolver:
        """Return the resolved tenant; ``parse_file`` may remember what it parsed."""
        with uncollected():
            files = load(self.files, parse_file)
            return Resolver(build(self.tenant, files, self.report), self.report)


def gather_tenant(
    tenant_file: Path,
    root: Path,
    *,
    wanted: str | None = None,
    hosts: dict[str, str] | None = None,
) -> Gathered:
    """Return the files of a tenant, its repositories below ``root``.

    ``wanted`` is the tenant's name where the file has several; ``hosts`` are canonical host
    names by connection.  A file that is no tenant file gives an empty tenant and a diagnostic.
    Raises `OSError` when it cannot be read.
    """
    report = Report()
    places = Root(root)
    try:
        canonical = Canonical(places, hosts or {})
        tenant = read_tenant(tenant_file.read_bytes(), canonical, wanted)
    except Problem as problem:
        location = Location(tenant_file.as_posix(), *problem.place)
        report.note(RULES["GR609"], location, problem.message)
        tenant = Tenant(name="")

    def repository(project: TenantProject) -> Repository:
        return places.repository(project.name, project.connection)

    return Gathered(tenant, gather(tenant, repository, report), report)


def gather_repository(folder: Path, *, name: str = "") -> Gathered:
    """Return the files of one repository on its own: names that stand elsewhere stay unknown."""
    report = Report()
    name = name or folder.resolve().name or "repository"
    project = TenantProject(
        name=name, connection="", canonical_name=name, trusted=False, is_alone=True
    )
    tenant = Tenant(name=name, projects=[project], max_job_timeout=-1, is_complete=False)
    return Gathered(tenant, gather(tenant, lambda _: opened(folder, ""), report), report)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking through objects that all stay alive.

    Making a large tenant's objects takes half as long again with it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
