"""The users of objects in a configuration of a manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.file_users import Opened
from groundrules.ci.zuul.impact.subject import ImpactSubject
from groundrules.ci.zuul.impact.usage_sweep import usage_of
from groundrules.ci.zuul.layout.trees import trees_of_tenant
from groundrules.graphs.impact import Impact
from groundrules.graphs.usage import Usage, UsageNames
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.ci.zuul.configuration import ZuulConfiguration
    from groundrules.ci.zuul.single_repository import Read


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
