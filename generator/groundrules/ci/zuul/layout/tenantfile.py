"""The tenant file → `Tenant`.

https://zuul-ci.org/docs/zuul/latest/tenants.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from groundrules import yamlsource
from groundrules.ci.zuul.layout.tenant import ALL_CLASSES, JOB_CLASSES, Tenant, TenantProject
from groundrules.ci.zuul.layout.tenant_options import (
    classes_of,
    excluded_branches,
    expressions_of,
    lettered_options,
    misread_projects,
    option_list,
    project_entries,
)
from groundrules.ci.zuul.layout.tenant_schema import TENANT
from groundrules.ci.zuul.reading.objects import NamedSpec
from groundrules.ci.zuul.reading.schema import SEMAPHORE
from groundrules.ci.zuul.reading.shapes import Faults, listed
from groundrules.grouping import grouped
from groundrules.nearest import did_you_mean
from groundrules.yamlsource import Mapping, Place, Problem, Sequence

# the canonical host names of commonly used connections
KNOWN_HOSTS = {
    "github": "github.com",
    "gitlab": "gitlab.com",
    "opendev": "opendev.org",
    "googlesource": "gerrit.googlesource.com",
}
KIND = "global-semaphore"


class ChoiceError(Problem):
    """A tenant has to be chosen: the file has several, or does not have the requested one."""


class InvalidTenantError(Problem):
    """The mistakes of a tenant; it is the first one itself."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(faults[0].message, *faults[0].place)
        self.faults = faults


class Canonical:
    """The canonical names of projects: from an index, from options, or from common names."""

    def __init__(self, root: Any, hosts: dict[str, str]) -> None:
        self.root, self.hosts = root, KNOWN_HOSTS | hosts

    def name(self, name: str, connection: str) -> str:
        """Return host and name."""
        host = self.hosts.get(connection, connection)
        return self.root.canonical_name(name, connection) or f"{host}/{name}"


def read_tenant(data: bytes, canonical: Canonical, wanted: str | None = None) -> Tenant:
    """Return the tenant of a tenant file; ``wanted`` is its name if the file has several.

    Raises `Problem`, with a place, for a file that is not a list of tenants.
    """
    source = yamlsource.read(data)
    for duplicate in source.duplicates:
        raise duplicate
    tenants = _tenants(source.value, source.place)
    names = [str(conf.get("name")) for conf, _ in tenants]
    if wanted is None and len(tenants) > 1:
        message = f"several tenants; choose one with --tenant: {', '.join(names)}"
        raise ChoiceError(message, *source.place)
    for conf, place in tenants:
        if wanted in (None, conf.get("name")):
            if faults := TENANT(conf, place):
                raise InvalidTenantError(faults)
            tenant = _tenant(conf, canonical)
            tenant.semaphores = tuple(global_semaphores(source.value, conf))
            return tenant
    raise ChoiceError(
        f"no tenant {wanted!r}{did_you_mean(str(wanted), names, 'tenants')}", *source.place
    )


def _tenants(value: Any, place: Place) -> list[tuple[Mapping, Place]]:
    if not isinstance(value, list):
        raise Problem("a tenant file is a list; begin each tenant with '- tenant:'", *place)
    tenants = []
    for index, item in enumerate(value):
        conf = item.get("tenant") if isinstance(item, Mapping) else None
        if isinstance(conf, Mapping):
            tenants.append((conf, value.item_place(index)))  # type: ignore[attr-defined]
    if not tenants:
        raise Problem("the file has no tenant; begin one with '- tenant:'", *place)
    return tenants


def _tenant(conf: Mapping, canonical: Canonical) -> Tenant:
    config: list[TenantProject] = []
    untrusted: list[TenantProject] = []
    surprises = lettered_options(conf)
    for connection, source in sorted((conf.get("source") or {}).items()):
        for key, trusted, projects in (
            ("config-projects", True, config),
            ("untrusted-projects", False, untrusted),
        ):
            reader = _Reader(connection, trusted, canonical, conf)
            if key in source:
                classes = ALL_CLASSES if trusted else JOB_CLASSES
                projects += reader.entries(source, key, classes)
            surprises += reader.surprises
    _check_projects(config, untrusted)
    return Tenant(
        name=conf["name"],
        projects=[*_by_name(config), *_by_name(untrusted)],
        max_nodes_per_job=conf.get("max-nodes-per-job", 5),
        default_parent=conf.get("default-parent", "base"),
        max_job_timeout=conf.get("max-job-timeout", 10800),
        allowed_labels=tuple(option_list(conf, "allowed-labels")),
        disallowed_labels=tuple(option_list(conf, "disallowed-labels")),
        surprises=tuple(surprises),
    )


def _check_projects(config: list[TenantProject], untrusted: list[TenantProject]) -> None:
    """Refuse a repeated project, and ``configure-projects`` that matches a config project."""
    canonical_names: set[str] = set()
    for project in (*config, *untrusted):
        place = project.place or Place(1, 1)
        if project.canonical_name in canonical_names:
            raise Problem(f"the project {project.name!r} is in the tenant twice", *place)
        canonical_names.add(project.canonical_name)
        for other in config if project.configures else ():
            names = (other.name, other.canonical_name)
            if any(pattern.matches_all(name) for pattern in project.configures for name in names):
                message = f"{project.name!r} may not configure the config project {other.name!r}"
                raise Problem(f"{message}; write a narrower expression", *place)


def _by_name(projects: Iterable[TenantProject]) -> list[TenantProject]:
    """Return the projects grouped by short name, at the place of the first one."""
    groups = grouped((project.name, project) for project in projects)
    return [project for group in groups.values() for project in group]


class _Reader(Struct, frozen=True):
    connection: str
    trusted: bool
    canonical: Canonical
    tenant: Mapping
    surprises: list[Problem] = []

    def entries(self, conf: Mapping, key: str, classes: frozenset[str]) -> Iterator[TenantProject]:
        """Yield the projects in a list of a tenant or group."""
        self.surprises.extend(misread_projects(conf, key))
        for item, place in project_entries(conf, key):
            yield from self.projects(item, classes, place)

    def projects(self, item: Any, classes: frozenset[str], place: Place) -> list[TenantProject]:
        if isinstance(item, str):
            return [self.project(item, Mapping(), classes, place)]
        if len(item) == 1:
            [(name, options)] = item.items()
            return [self.project(name, options, classes, item.key_place(name))]
        return [*self.entries(item, "projects", classes_of(item, classes))]

    def project(
        self, name: str, options: Any, classes: frozenset[str], place: Place
    ) -> TenantProject:
        if not isinstance(options, Mapping):
            raise Problem(f"expected the options of {name!r} as a mapping", *place)
        self.surprises.extend(lettered_options(options))
        dynamic = expressions_of(options, "always-dynamic-branches")
        return TenantProject(
            name=name,
            connection=self.connection,
            canonical_name=self.canonical.name(name, self.connection),
            trusted=self.trusted,
            place=place,
            classes=classes_of(options, classes),
            shadows=frozenset(listed(options.get("shadow"))),
            extra_paths=tuple(listed(options.get("extra-config-paths"))),
            include_branches=expressions_of(options, "include-branches"),
            exclude_branches=excluded_branches(options, dynamic),
            dynamic_branches=dynamic or (),
            loads_protected_only=self._flag(options, "exclude-unprotected-branches")
            or self._flag(options, "exclude-locked-branches"),
            load_branch=options.get("load-branch"),
            implied_matchers=options.get("implied-branch-matchers"),
            configures=expressions_of(options, "configure-projects") or (),
            allow_reporter_jobs=self.trusted or options.get("allow-reporter-jobs", False),
            allow_base_jobs=options.get("allow-base-jobs", True),
        )

    def _flag(self, options: Mapping, key: str) -> bool:
        """Return the value for a project, or the tenant's value for all its projects."""
        said = options.get(key)
        return bool(self.tenant.get(key) if said is None else said)


def global_semaphores(objects: Sequence, tenant: Mapping) -> Iterator[NamedSpec]:
    """Yield the global semaphores that a tenant lists.

    Raises `Problem` for an invalid or undefined semaphore.
    """
    known = _defined(objects)
    for name in listed(tenant.get("semaphores")):
        if name not in known:
            hint = did_you_mean(name, known, "global semaphores")
            raise Problem(f"no {KIND} {name!r} is defined{hint}", *tenant.value_place("semaphores"))
        yield known[name]


def _defined(objects: Sequence) -> dict[str, NamedSpec]:
    semaphores: dict[str, NamedSpec] = {}
    for index, item in enumerate(objects):
        conf: Any = item.get(KIND) if isinstance(item, Mapping) else None
        if conf is None:
            continue
        place = objects.item_place(index)
        for fault in SEMAPHORE(conf, place):
            raise Problem(fault.message, *fault.place)
        semaphores[conf["name"]] = NamedSpec(
            name=conf["name"], place=place, identity=str(conf.get("max", 1))
        )
    return semaphores
