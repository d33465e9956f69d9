"""The users of objects in a configuration of a manual."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.file_users import Opened
from groundrules.ci.zuul.impact.graph_uses import UsedNames
from groundrules.ci.zuul.impact.subject import ImpactSubject
from groundrules.ci.zuul.impact.unknown_uses import unknown_uses
from groundrules.ci.zuul.layout.tenant import AmbiguousError, Tenant
from groundrules.ci.zuul.layout.trees import trees_of_tenant
from groundrules.ci.zuul.resolver import Resolver
from groundrules.garbage import collection_paused
from groundrules.graphs.impact import Impact
from groundrules.graphs.usage import MOST_PROJECTS, Usage, UsageNames, Users
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.ci.zuul.configuration import ZuulConfiguration
    from groundrules.ci.zuul.single_repository import Read

Subject = tuple[str, str]
"""The kind and name of an object."""


def impact_in(
    configuration: ZuulConfiguration, kind: str, name: str, project: str, branch: str
) -> Impact:
    """Return what an object of a tenant touches, or of a repository on its own."""
    read, scope = _read(configuration, project, branch)
    source = configuration.source
    gathered = read.gathered.below(source.prefix, source.folder)
    subject = ImpactSubject(kind, name, scope)
    parse, opened = configuration.parsed.parse, _opened(configuration, read)
    return ZuulImpact(subject, gathered, read.resolver, parse, opened).impact()


def _opened(configuration: ZuulConfiguration, read: Read) -> Opened:
    """Return what opens the repository of a project."""
    if repository := read.repository:
        return lambda _: repository
    source = configuration.source
    return trees_of_tenant(source.folder, source.bounds).repository


def usage_in(
    configuration: ZuulConfiguration, names: UsageNames, project: str, branch: str
) -> Usage:
    """Return the users of documented objects, cached until a file or a name is another one."""
    read, scope = _read(configuration, project, branch)
    source = configuration.source
    store, of = Store(source.cache), (str(source.folder), str(source.tenant))
    asked = sorted(names.labels), sorted(names.jobs), sorted(names.projects)
    key = digest(read.gathered.digest, source.prefix, scope, *asked)
    if (known := store.get("usage", Usage, *of, key=key)) is not None:
        return known
    usage = usage_of(read.resolver, names, scope)
    store.put("usage", usage, *of, key=key)
    return usage


def _read(configuration: ZuulConfiguration, project: str, branch: str) -> tuple[Read, str]:
    """Return what is read, and the only branch that counts; empty for all."""
    if configuration.source.tenant:
        return configuration.tenant, ""
    alone = configuration.alone
    scope = alone.scope(branch or alone.branch) if alone.knows_branches else ""
    return alone.read_with_others(project, branch), scope


def usage_of(resolver: Resolver, names: UsageNames, branch: str = "") -> Usage:
    """Return who uses each of the labels and jobs; with ``branch``, only in its graphs."""
    sweep = UsageSweep(UsedNames(resolver.layout), names)
    with collection_paused():
        for frozen in resolver.each_graph(branch):
            sweep.add(frozen)
    return Usage(
        labels=sweep.users("label"),
        jobs=sweep.users("job"),
        projects=len(sweep.projects),
        graphs=sweep.graphs,
        unknown=tuple(unknown_uses(resolver.layout, sweep.refused, branch)),
        called=dict(_called(resolver.layout.tenant, names)),
    )


def _called(tenant: Tenant, names: UsageNames) -> Iterator[tuple[str, str]]:
    """Yield the documented projects that have another name in graphs, such as a shorter one."""
    for name in sorted(names.projects):
        with suppress(AmbiguousError):  # it is no name of a graph then
            if (project := tenant.project(name)) and tenant.unique_name(project) != name:
                yield name, tenant.unique_name(project)


class UsageSweep(Struct):
    """Collects the projects; what a job uses is looked up once for all graphs that share it."""

    used: UsedNames
    names: UsageNames
    projects: set[str] = set()
    graphs: int = 0
    refused: list[Frozen] = []
    """The graphs of which no job is known."""

    _subjects: dict[int, tuple[Merged, tuple[Subject, ...]]] = {}
    """By the id of a job, which has to be kept, else another one could have its id."""

    _users: dict[Subject, set[str]] = {}

    def add(self, frozen: Frozen) -> None:
        """Add the jobs of a graph; of a refused one, those that are known."""
        self.graphs += 1
        self.projects.add(frozen.project)
        if frozen.error and not frozen.merged:
            self.refused.append(frozen)
        for job in (frozen.merged or frozen.shape).jobs:
            for subject in self._subjects_of(job):
                self._users.setdefault(subject, set()).add(frozen.project)

    def _subjects_of(self, job: Merged) -> tuple[Subject, ...]:
        if id(job) not in self._subjects:
            self._subjects[id(job)] = job, tuple(self._wanted(job))
        return self._subjects[id(job)][1]

    def _wanted(self, job: Merged) -> Iterator[Subject]:
        yield from (("label", name) for name in self.used.labels(job) & self.names.labels)
        yield from (("job", name) for name in self.used.jobs(job) & self.names.jobs)

    def users(self, kind: str) -> dict[str, Users]:
        """Return the users of each object of a kind that is used, by name."""
        return {
            name: Users(count=len(projects), projects=(*islice(sorted(projects), MOST_PROJECTS),))
            for (other, name), projects in sorted(self._users.items())
            if other == kind
        }
