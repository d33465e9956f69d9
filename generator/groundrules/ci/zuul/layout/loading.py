"""The files of a tenant → their objects, in the order in which Zuul loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.zuul.layout.tenant import Tenant, TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.sources.config_files import choose
from groundrules.ci.zuul.sources.project_folders import knows_branches
from groundrules.ci.zuul.sources.repositories import BranchFiles, Nowhere, Repository
from groundrules.confined import LARGEST
from groundrules.diagnostics import Location, Report
from groundrules.rules.zuul import RULES
from groundrules.store import digest
from groundrules.yamlsource import Place

if TYPE_CHECKING:
    from groundrules.ci.zuul.reading.objects import FileObjects

Parse = Callable[[bytes], "FileObjects"]
Open = Callable[[TenantProject], Repository]
START = Place(1, 1)


class ShutOutError(UnreadableError):
    """A file that Zuul does not read, since another place of the same branch comes first."""


class Raw(Struct):
    """A file: its origin, and its bytes or the reason why they are missing."""

    source: FileOrigin
    content: bytes | UnreadableError


class LoadedFiles(Struct):
    """A file: its origin and its objects."""

    source: FileOrigin
    objects: FileObjects


def gather(tenant: Tenant, opened: Open, report: Report) -> list[Raw]:
    """Return the files of a tenant, not parsed; report the repositories that cannot be read.

    The branches of each project are determined first, because implied matchers depend on them.
    """
    pairs = [(project, _opened(project, opened, report)) for project in tenant.projects]
    for project, repository in pairs:
        _settle_branches(project, repository)
    tenant.missing = tuple(
        project.name
        for project, repository in pairs
        if project.classes and isinstance(repository, Nowhere) and not repository.known
    )
    files: list[Raw] = []
    for project, repository in pairs:
        if project.classes:
            files += _project_files(project, repository, tenant, report)
    for _, repository in pairs:
        repository.close()
    return files


def digest_of(tenant: Tenant, files: list[Raw]) -> str:
    """Return the digest of all input of a tenant's graphs."""
    parts: list[object] = []
    for project in tenant.projects:
        known = project.name not in tenant.missing, project.knows_branches
        parts.append((project.canonical_name, project.all_branches, known))
    for raw in files:
        content = raw.content if isinstance(raw.content, bytes) else str(raw.content)
        parts += [(raw.source.path, raw.source.branch), content]
    return digest(*parts)


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
    project.default_branch = repository.default if repository.default in names else ""
    project.branches = [name for name in ordered if project.includes(name)]
    project.assumes_branch = isinstance(repository, Nowhere) and not repository.known
    project.has_all_branches = knows_branches(repository) and not isinstance(repository, Nowhere)
    project.knows_branches = not project.loads_protected_only or len(names) == 1


def _project_files(
    project: TenantProject, repository: Repository, tenant: Tenant, report: Report
) -> Iterator[Raw]:
    """Yield the files of a project; if a branch cannot be read, the project counts as missing."""
    branches = project.branches
    if project.trusted:
        wanted = project.load_branch or "master"
        branches = [name for name in branches if name == wanted]
        if not branches and project.branches:
            _note_load_branch(project, wanted, tenant, report)
    for branch in branches:
        try:
            yield from branch_files(project, repository, branch)
        except UnreadableError as error:
            report.note(RULES["GR613"], Location(project.name), f"{project.name}: {error}")
            if project.name not in tenant.missing:
                tenant.missing = (*tenant.missing, project.name)


def branch_files(project: TenantProject, repository: BranchFiles, branch: str) -> Iterator[Raw]:
    """Yield the files of one branch.  Raises `UnreadableError` before the first one."""
    sizes = repository.sizes(branch, project.extra_paths)
    chosen = choose(sizes, project.extra_paths)
    for path in chosen.shut_out:
        message = f"{path} is not read: {chosen.paths[0]} of the same branch comes first"
        yield Raw(_origin(project, repository, branch, path), ShutOutError(message))
    for path in chosen.paths:
        yield _raw(project, repository, branch, path)
    for path, reason in chosen.unusable.items():
        yield Raw(_origin(project, repository, branch, path), UnreadableError(reason))


def _note_load_branch(project: TenantProject, wanted: str, tenant: Tenant, report: Report) -> None:
    """Report a config project without the branch that Zuul reads.

    https://zuul-ci.org/docs/zuul/latest/tenants.html#attr-tenant.config-projects.<project>.load-branch
    """
    message = (
        f"{project.name} has no branch {wanted!r}, the one that Zuul reads of this config project; "
        f"set 'load-branch: {project.default_branch or project.branches[0]}' in the tenant file"
    )
    report.note(RULES["GR613"], Location(project.name), message)
    tenant.missing = (*tenant.missing, project.name)


def _origin(project: TenantProject, repository: BranchFiles, branch: str, path: str) -> FileOrigin:
    place = _printable(repository.place(branch, path))
    return FileOrigin(project, branch, place, file=_printable(path))


def _raw(project: TenantProject, repository: BranchFiles, branch: str, path: str) -> Raw:
    source = _origin(project, repository, branch, path)
    try:
        return Raw(source, repository.read(branch, path))
    except UnreadableError as error:
        return Raw(source, error)


def _printable(path: str) -> str:
    """Return a path with the bytes that are not UTF-8 replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def loaded(raw: Raw, parse: Parse) -> LoadedFiles:
    """Return the objects of a file; one that cannot be read is a mistake."""
    if isinstance(raw.content, UnreadableError):
        rule = "GR605" if isinstance(raw.content, ShutOutError) else "GR601"
        return LoadedFiles(raw.source, _only(f"{raw.content}", rule))
    if len(raw.content) > LARGEST:
        message = f"the file is larger than {LARGEST // 2**20} MiB; split it"
        return LoadedFiles(raw.source, _only(message))
    objects = parse(raw.content)
    raw.source.pragma = objects.pragma
    return LoadedFiles(raw.source, objects)


def _only(message: str, rule: str = "GR601") -> FileObjects:
    from groundrules.ci.zuul.reading.objects import FileObjects, Mistake

    return FileObjects(mistakes=[Mistake(rule=rule, message=message, place=START)])
