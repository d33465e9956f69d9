"""A tenant file and a folder of repositories → the files to resolve.

>>> resolver = resolve(gather_tenant(Path("main.yaml"), Path(".")))  # doctest: +SKIP
>>> resolver.freeze("openstack/nova", "gate", "master").graph  # doctest: +SKIP
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct, structs

from groundrules.ci.git import Confinement
from groundrules.ci.zuul.layout.loading import Raw, digest_of, gather
from groundrules.ci.zuul.layout.own_name import other_names
from groundrules.ci.zuul.layout.tenant import ALL_CLASSES, Tenant, TenantProject, is_same_project
from groundrules.ci.zuul.reading.expressions import InvalidError, expression
from groundrules.ci.zuul.sources.project_folders import Root
from groundrules.ci.zuul.sources.repositories import Repository
from groundrules.ci.zuul.sources.tenantbytes import tenant_bytes
from groundrules.diagnostics import Diagnostic, Location, Report
from groundrules.rules.zuul import RULES
from groundrules.yamlsource import Problem


class Gathered(Struct):
    """The files of a tenant, read from their repositories but not parsed."""

    tenant: Tenant
    files: list[Raw]
    report: Report
    choice: str = ""
    """The names of the tenants, if one of them has to be chosen."""

    @property
    def digest(self) -> str:
        """A digest of all input of the graphs."""
        return digest_of(self.tenant, self.files)

    def below(self, prefix: str, folder: Path) -> Gathered:
        """Return a copy with ``prefix``, the path of ``folder``, before every path."""
        files = [
            Raw(structs.replace(raw.source, path=f"{prefix}{raw.source.path}"), raw.content)
            for raw in self.files
            if raw.source.path is not None
        ]
        tenant = replace(self.tenant, file=posixpath.normpath(f"{prefix}{self.tenant.file}"))
        diagnostics = [
            replace(diagnostic, location=structs.replace(diagnostic.location, path=path))
            for diagnostic in self.report.found
            for path in [_below(prefix, folder, diagnostic)]
        ]
        return Gathered(tenant, files, Report(diagnostics), self.choice)


def _below(prefix: str, folder: Path, diagnostic: Diagnostic) -> str:
    """Return the path of a diagnostic below ``prefix``; the tenant file's may be absolute."""
    path = diagnostic.location.path
    relative = os.path.relpath(path, folder) if Path(path).is_absolute() else path
    return posixpath.normpath(f"{prefix}{relative}")


def gather_tenant(
    tenant_file: Path,
    root: Path,
    *,
    wanted: str | None = None,
    hosts: dict[str, str] | None = None,
    bounds: Confinement | None = None,
) -> Gathered:
    """Return the files of a tenant, its repositories below ``root``.

    ``wanted`` is the name of the tenant if the file has several; ``hosts`` are canonical host
    names by connection; ``bounds`` limit where the parts of git repositories can be.  An invalid
    tenant file results in an empty tenant and a diagnostic.  Raises `OSError` if the file cannot
    be read.
    """
    # a repository on its own does not need the schema of the tenant file
    from groundrules.ci.zuul.layout.tenantfile import (
        Canonical,
        ChoiceError,
        InvalidTenantError,
        read_tenant,
    )

    report, choice = Report(), ""
    places = Root(root, bounds)
    try:
        canonical = Canonical(places, hosts or {})
        tenant = read_tenant(tenant_bytes(tenant_file, bounds), canonical, wanted)
    except Problem as problem:
        choice = problem.message if isinstance(problem, ChoiceError) else ""
        for fault in problem.faults if isinstance(problem, InvalidTenantError) else (problem,):
            location = Location(tenant_file.as_posix(), *fault.place)
            report.note(RULES["GR609"], location, fault.message)
        tenant = Tenant(name="")
    for project, name in tenant.unknown_shadows():
        location = Location(tenant_file.as_posix(), *(project.place or (1, 1)))
        message = f"{project.name} shadows {name!r}, which is not in the tenant"
        report.note(RULES["GR606"], location, message)

    for surprise in tenant.surprises:
        location = Location(tenant_file.as_posix(), *surprise.place)
        report.note(RULES["GR619"], location, surprise.message)
    tenant.file = Path(os.path.relpath(tenant_file, root)).as_posix()
    for project in tenant.projects:
        if places.names_branches(project.name, project.connection):
            project.loads_protected_only = False

    def repository(project: TenantProject) -> Repository:
        return places.repository(project.name, project.connection)

    return Gathered(tenant, gather(tenant, repository, report), report, choice)


def with_configured(
    gathered: Gathered, stanzas: Sequence[str | None], branch: str, *, is_asked: bool
) -> Gathered:
    """Return the files of one repository with the projects of its ``stanzas`` on a branch.

    A repository that configures only others is a config project too.  Any other may configure
    itself only.  If a branch was not asked for, it is assumed for the others.
    """
    [own] = gathered.tenant.projects
    is_config = own.trusted or not any(_is_own(own, name) for name in stanzas)
    names = [*other_names(own.canonical_name, stanzas)] if is_config else []
    if not names:
        return gathered
    own.trusted, own.classes = True, ALL_CLASSES
    own.branches = own.all_branches = [branch]
    own.has_all_branches = False
    tenant = replace(
        gathered.tenant,
        projects=[own, *(_configured(*pair, branch, is_asked=is_asked) for pair in names)],
    )
    files = [raw for raw in gathered.files if raw.source.branch == branch]
    return Gathered(tenant, files, gathered.report)


def _is_own(own: TenantProject, stanza: str | None) -> bool:
    """Return whether a stanza is, or may be, that of the repository itself."""
    if stanza is None or not stanza.startswith("^"):
        return stanza is None or is_same_project(stanza, own.canonical_name)
    try:
        return own.is_named(expression(stanza))
    except InvalidError:
        return True


def _configured(name: str, whole_name: str, branch: str, *, is_asked: bool) -> TenantProject:
    """Return a project of which only a stanza in another repository is known."""
    return TenantProject(
        name=name,
        connection="",
        canonical_name=whole_name,
        trusted=False,
        is_alone=True,
        owns_nameless_stanza=False,
        branches=[branch],
        all_branches=[branch],
        assumes_branch=not is_asked,
    )
