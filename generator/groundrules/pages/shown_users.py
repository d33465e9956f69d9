"""What pages show of the projects that use a label or a job, in each configuration."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from groundrules.graphs.usage import NamedUsage, Users
from groundrules.records import Catalogue
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.records.manual import NamedConfiguration
from groundrules.records.platform import Label
from groundrules.systems import OTHER
from groundrules.text import counted


class UsingProject(Struct, frozen=True):
    """A project by its name, and the id of a graph of it that the manual has; else empty."""

    name: str
    graph: str


class UsersIn(Struct, frozen=True, kw_only=True):
    """The users in one configuration, if it was read when the manual was built.

    ``title`` is what readers call the configuration; ``searched`` are the graphs that were
    searched, in words, and ``unknown`` sentences about the others.
    """

    title: str
    is_read: bool = True
    is_kept_by_hand: bool = False
    count: int = 0
    projects: tuple[UsingProject, ...] = ()
    searched: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        """The number of projects that are not named."""
        return self.count - len(self.projects)


class ShownUsers(Struct, dict=True):
    """Look-ups for the pages of labels and jobs, created once for all of them."""

    catalogue: Catalogue
    usage: tuple[NamedUsage, ...]

    def of_label(self, label: Label) -> list[UsersIn]:
        """Return the users of a label, which any configuration can request."""
        return [
            self._shown(named, named.usage.labels.get(label.name) if named.usage else None)
            for named in self.usage
        ]

    def of_job(self, graph: Graph, job: DocumentedJob) -> list[UsersIn]:
        """Return the users of a job in the configuration of its graph."""
        return [
            self._shown(named, named.usage.jobs.get(job.name) if named.usage else None)
            for named in self._by_name.get(graph.configuration, ())
        ]

    def _shown(self, named: NamedUsage, users: Users | None) -> UsersIn:
        configuration, usage = self._configurations[named.name], named.usage
        title = configuration.title
        if usage is None:
            by_hand = configuration.system == OTHER
            return UsersIn(title=title, is_read=False, is_kept_by_hand=by_hand)
        users = users or Users()
        pages = self._pages.get(named.name, {})
        return UsersIn(
            title=title,
            count=users.count,
            projects=tuple(UsingProject(name, pages.get(name, "")) for name in users.projects),
            searched=f"{counted(usage.graphs, 'graph')} of {counted(usage.projects, 'project')}",
            unknown=usage.unknown,
        )

    @cached_property
    def _by_name(self) -> dict[str, tuple[NamedUsage]]:
        return {named.name: (named,) for named in self.usage}

    @cached_property
    def _configurations(self) -> dict[str, NamedConfiguration]:
        return {each.id: each for each in self.catalogue.manual.configurations}

    @cached_property
    def _pages(self) -> dict[str, dict[str, str]]:
        """Configurations → projects, by their names in its graphs → the first graph of each."""
        called = {named.name: named.usage.called for named in self.usage if named.usage}
        pages: dict[str, dict[str, str]] = {}
        for graph in self.catalogue.graphs:
            name = called.get(graph.configuration, {}).get(graph.project, graph.project)
            pages.setdefault(graph.configuration, {}).setdefault(name, graph.id)
        return pages
