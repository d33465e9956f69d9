"""Zuul's graphs for ``groundrules graph``.

A cached answer does not need the resolver, so it is imported where it is used.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from groundrules.checkout import absolute_path
from groundrules.ci.errors import BrokenConfigError, NotAvailableError
from groundrules.ci.graph_question import AskedError, GraphQuestion
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.sources.tenantbytes import tenant_bytes
from groundrules.diagnostics import Diagnostic, Location
from groundrules.garbage import collection_paused
from groundrules.graphs.not_shown import graphs_not_shown
from groundrules.nearest import did_you_mean
from groundrules.rules.zuul import ORDINARY, RULES
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.ci.zuul.freezing.frozen import Frozen
    from groundrules.ci.zuul.resolver import Resolver
    from groundrules.ci.zuul.single_repository import SingleRepository
    from groundrules.ci.zuul.sources.unread_files import NoConfigurationError
    from groundrules.graphs.definitions import Definitions


OTHER_BRANCH = "use --branch for another one"


def graphs(question: GraphQuestion) -> ZuulGraphs:
    """Return the requested graphs, whose configuration is read but not yet resolved.

    Raises `AskedError` if there is no configuration or the question is ambiguous, and
    `BrokenConfigError` for a tenant file that cannot be used.
    """
    parsed = FileCache(Store(question.cache), _place(question))
    with collection_paused():
        if question.tenant_file:
            return ZuulGraphs(question, _tenant(question, question.tenant_file), parsed)
        return _repository(question, parsed)


def _place(question: GraphQuestion) -> str:
    tenant_file = question.tenant_file and str(question.tenant_file.resolve())
    hosts = sorted(question.hosts.items())
    return repr((str(question.root.resolve()), tenant_file, question.tenant, hosts))


class ZuulGraphs(Struct, dict=True):
    """The graphs of a tenant, or of one repository on its own."""

    question: GraphQuestion
    gathered: Gathered
    parsed: FileCache
    scope: str = ""
    """The branch whose mistakes are reported; empty for all."""

    alone: SingleRepository | None = None
    """The repository, if it is resolved on its own."""

    resolver: Resolver | None = None

    @property
    def place(self) -> str:
        """The name of the place of the configuration."""
        return _place(self.question)

    @cached_property
    def digest(self) -> str:
        """A digest of all their input."""
        file = self.question.tenant_file
        return digest(self.gathered.digest, tenant_bytes(file, None) if file else b"")

    def graphs(self) -> list[Frozen]:
        """Return the graphs.  Raises `AskedError` for an unknown project, branch or job."""
        from groundrules.ci.zuul.graph_selection import selected
        from groundrules.ci.zuul.resolver import resolve

        with collection_paused():
            if self.resolver is None:
                self.resolver = resolve(self.gathered, self.parsed.parse)
                self.parsed.save()
            return selected(self.resolver, self.question)

    def findings(self) -> list[Diagnostic]:
        """Return the mistakes in the configuration, and the names that are defined elsewhere."""
        return self.resolver.findings(self.scope) if self.resolver else []

    def mistakes(self) -> list[Diagnostic]:
        """Return only the mistakes."""
        return [finding for finding in self.findings() if finding.rule.id not in ORDINARY]

    @property
    def notes(self) -> list[str]:
        """Why the branch of the checkout was taken, and which graphs are not shown."""
        alone, branch, notes = self.alone, self.question.branch or "", list[str]()
        if alone and alone.note and (alone.lacks_git or not branch):
            notes.append(alone.note if alone.lacks_git else f"{alone.note}; {OTHER_BRANCH}")
        if self.resolver and self.question.has_others:
            layout = self.resolver.layout
            parts = graphs_not_shown(layout.other_projects(branch), layout.name_expressions(branch))
            notes += [f"not shown: {what}: {reason}" for what, reason in parts]
        return notes

    def origins(self) -> Definitions:
        """Return the files and branches that findings are in, the pipelines and semaphores."""
        from groundrules.ci.zuul.defining import default_branches, shared_objects, source_files
        from groundrules.graphs.definitions import Definitions

        projects = self.gathered.tenant.projects
        unsure = self.resolver.unsure_branches if self.resolver else frozenset()
        if self.gathered.tenant.is_alone:  # which branches Zuul reads is not known
            unsure |= {
                (project.name, branch)
                for project in projects
                for branch in project.all_branches
                if branch != project.default_branch
            }
        known = shared_objects(self.resolver.layout) if self.resolver else Definitions()
        return replace(
            known,
            files=source_files(raw.source for raw in self.gathered.files),
            default_branches=default_branches(projects),
            unsure_branches=unsure,
        )


def _tenant(question: GraphQuestion, file: Path) -> Gathered:
    try:
        gathered = gather_tenant(file, question.root, wanted=question.tenant, hosts=question.hosts)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        diagnostic = Diagnostic(Location(str(file)), message, RULES["GR609"])
        raise BrokenConfigError(message, [diagnostic]) from None
    if gathered.choice:
        raise AskedError(f"{file}: {gathered.choice}")
    if not gathered.tenant.name:
        raise BrokenConfigError(f"{file} cannot be used", gathered.report.diagnostics)
    return gathered


def _repository(question: GraphQuestion, parsed: FileCache) -> ZuulGraphs:
    from groundrules.ci.zuul.single_repository import SingleRepository
    from groundrules.ci.zuul.sources.unread_files import NoConfigurationError

    name, branch = question.project or "", question.branch or ""
    alone = SingleRepository.at(question.root, branch, parsed)
    read = alone.gathered_with_others if question.has_others else alone.gathered
    try:
        gathered = read(name, branch)
    except NoConfigurationError as error:
        if branch or not (question.all and error.branches):
            _refuse(question, alone, error)
        gathered = read(name, error.branches[0])
    except NotAvailableError as error:
        raise AskedError(str(error)) from None
    scope = "" if question.all and not branch else alone.scope(branch or alone.branch)
    return ZuulGraphs(question, gathered, parsed, scope, alone)


def _refuse(
    question: GraphQuestion, alone: SingleRepository, error: NoConfigurationError
) -> NoReturn:
    """Raise `AskedError` for a repository or a branch without configuration.

    Raises `BrokenConfigError` for one whose files cannot be read.
    """
    if error.findings:
        raise BrokenConfigError(str(error), error.findings) from None
    on_branch = hint = ""
    if question.branch:
        on_branch = f" on the branch {question.branch!r}"
        hint = did_you_mean(question.branch, error.branches, "branches that have some")
    elif error.branches and (question.root / ".git").exists():
        on_branch = f" on the branch {alone.branch!r}"
        hint = did_you_mean("", error.branches, "use --branch with one that has some")
    unread = f": {error.unread}" if error.unread else ""
    where = f"{absolute_path(question.root)}{on_branch}"
    raise AskedError(f"there is no Zuul configuration in {where}{unread}{hint}") from None
