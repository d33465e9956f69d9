"""The real configurations of a run; each is read once, when it is needed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from groundrules import ci
from groundrules.cache_folder import is_brought_by
from groundrules.checker.settings import OptionError
from groundrules.checkout import checkout_around
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.ci.config_source import ConfigSource, source_of
from groundrules.ci.revisions import Revision
from groundrules.claims.claims import ConfigurationClaim, GraphClaim, RecordedGraph
from groundrules.claims.verdicts import ComparedWith
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.change_rules import ChangeRules
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.impact import Impact
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.usage import Usage, UsageNames
from groundrules.nearest import did_you_mean
from groundrules.rules.drift import MISSING_CONFIGURATION

KEPT_BY_HAND = "is kept by hand (system: other); nothing here can read it"


@dataclass(frozen=True, slots=True)
class ConfigurationOptions:
    """The options about configurations: their ``paths`` by name, and the ``required`` names.

    ``tenant`` selects a tenant of a tenant file, ``hosts`` are canonical host names by
    connection.  Without a manual (``alone``), a repository has its own name instead of the
    configuration's.  ``revisions`` are only for pages and recorded results, because they require
    starting git.  ``cache`` is the folder of caches.  ``recorded`` are results by graph, which are
    used if a configuration is missing.
    """

    paths: Mapping[str, Path] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    tenant: str | None = None
    hosts: Mapping[str, str] = field(default_factory=dict)
    revisions: bool = False
    alone: bool = False
    cache: Path | None = None
    recorded: Mapping[str, RecordedGraph] = field(default_factory=dict)

    def check_names(self, known: Iterable[str]) -> None:
        """Raise `OptionError` for a name that is not ``known``."""
        names = set(known)
        for name in (*self.paths, *self.required):
            if name not in names:
                hint = did_you_mean(name, names, "known")
                raise OptionError(f"unknown configuration {name!r}{hint}")

    def check_readable(self, claims: Iterable[ConfigurationClaim]) -> None:
        """Raise `OptionError` for the name of a configuration that is kept by hand."""
        for claim in claims:
            if claim.is_kept_by_hand and claim.id in (*self.paths, *self.required):
                raise OptionError(f"configuration {claim.id!r} {KEPT_BY_HAND}")


@dataclass(slots=True)
class Configurations:
    """The configurations in ``manual.yaml``, with the paths from options.

    ``documented`` are the branches of the graphs of each; if not ``all_named``, mistakes hide
    some configurations.
    """

    claims: Mapping[str, ConfigurationClaim]
    root: Path
    options: ConfigurationOptions = field(default_factory=ConfigurationOptions)
    documented: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_named: bool = True
    has_tenant_file: bool = field(init=False, default=False)
    _prefixes: dict[str, str] = field(init=False, default_factory=dict)
    _opened: dict[str, ci.Configuration | ci.NotAvailableError] = field(
        init=False, default_factory=dict
    )

    def opened(self, name: str) -> ci.Configuration:
        """Return a configuration.  Raises `NotAvailableError`."""
        if name not in self._opened:
            self._opened[name] = self._open(name)
        opened = self._opened[name]
        if isinstance(opened, ci.NotAvailableError):
            raise opened
        return opened

    def _open(self, name: str) -> ci.Configuration | ci.NotAvailableError:
        claim = self.claims.get(name)
        if claim is None and not self.all_named:
            return ci.NotAvailableError("manual.yaml has mistakes; correct them first")
        if claim is None:
            return ci.NotAvailableError("manual.yaml has no configuration of this name")
        if claim.is_kept_by_hand:
            return ci.NotAvailableError(f"it {KEPT_BY_HAND}")
        try:
            source = source_of(claim, self.root, self.options.paths.get(name))
            self._prefixes[name] = source.prefix
            self.has_tenant_file |= source.tenant is not None
            source = replace(
                source,
                cache=self._cache_for(source),
                documented=self.documented.get(name, ()),
                tenant_name=self.options.tenant or claim.tenant_name,
                hosts={**dict(claim.connections), **self.options.hosts},  # options override
            )
            return ci.read(claim.system, source)
        except ci.NotAvailableError as error:
            return error
        except OSError as error:
            return self._unreadable(name, error)

    @contextmanager
    def _readable(self, name: str) -> Iterator[ci.Configuration]:
        """Open a configuration.  Raises `NotAvailableError`, also while it is read."""
        try:
            yield self.opened(name)
        except OSError as error:
            raise self._unreadable(name, error) from None

    def _unreadable(self, name: str, error: OSError) -> ci.BrokenConfigError:
        """Return an existing but unreadable configuration as an error."""
        message = f"configuration {name!r} cannot be read: {error.strerror}"
        if error.filename:
            message += f": {os.path.relpath(os.fsdecode(error.filename), self.root)}"
        place = self.claims[name].place
        return ci.BrokenConfigError(message, [Diagnostic(place, message, MISSING_CONFIGURATION)])

    def _cache_for(self, source: ConfigSource) -> Path | None:
        """Return the cache, unless it is in the repository, where a change could add it."""
        cache = self.options.cache
        return None if cache is None or is_brought_by(source.folder, cache) else cache

    def real(self, claim: GraphClaim, graphs: Iterable[GraphClaim] = ()) -> RealGraphs:
        """Return the real graphs for a documented graph.

        Raises `NotAvailableError` if they are unknown, `NotFoundError` if there are none.
        """
        with self._readable(claim.configuration) as configuration:
            pipelines = configuration.pipelines(claim.project, claim.branch)
            graphs_found = {
                pipeline: configuration.graph(claim.project, pipeline, claim.branch)
                for pipeline in claim.pipelines
            }
            edition = Revision()
            if self.options.revisions:
                edition = configuration.edition(claim.project, claim.branch)
            unseen = configuration.unseen(claim.project, claim.branch)
        found = graphs_found.items()
        return RealGraphs(
            against=ComparedWith(
                configuration=claim.configuration,
                edition=edition.words,
                commit=edition.commit,
                date=edition.date,
            ),
            graphs={pipeline: graph for pipeline, graph in found if isinstance(graph, JobGraph)},
            refused={pipeline: error for pipeline, error in found if isinstance(error, Diagnostic)},
            pipelines=pipelines,
            unseen=unseen,
            is_run_for=configuration.is_run_for,
            is_defined=partial(self._is_defined, graphs=(claim, *graphs)),
            beyond=cache(partial(self._beyond, claim)),
            projects=partial(configuration.projects, branch=claim.branch),
            semaphore=partial(configuration.semaphore, project=claim.project, branch=claim.branch),
            words=configuration.words,
        )

    def change_rules(self, claim: GraphClaim) -> dict[str, ChangeRules]:
        """Return for which changed files the jobs of each pipeline of a graph run.

        Pipelines of which this is not known are left out.
        """
        configuration = self.opened(claim.configuration)
        rules, project, branch = configuration.change_rules, claim.project, claim.branch
        return {at: known for at in claim.pipelines if (known := rules(project, at, branch))}

    def _beyond(self, claim: GraphClaim, pipeline: str) -> JobGraph | None:
        graph = self.opened(claim.configuration).graph(claim.project, pipeline, claim.branch)
        return graph if isinstance(graph, JobGraph) else None

    def _is_defined(self, name: str, graphs: Iterable[GraphClaim]) -> bool:
        """Return whether any available configuration defines a job of that name."""
        for configuration in self.claims:
            with suppress(ci.NotAvailableError):
                project, branch = self._taken_for(configuration, graphs)
                if self.opened(configuration).is_defined(name, project, branch):
                    return True
        return False

    def definitions(self, name: str, graphs: Iterable[GraphClaim]) -> Definitions:
        """Return all definitions of a configuration.  Raises `NotAvailableError`.

        A repository on its own is read as the project and branch of its documented graph.
        """
        with self._readable(name) as configuration:
            return configuration.definitions(name, *self._taken_for(name, graphs))

    def impact(self, configured: str, kind: str, name: str, graphs: Iterable[GraphClaim]) -> Impact:
        """Return what an object of a configuration touches.

        Raises `NotAvailableError`, and `groundrules.ci.graph_question.AskedError` for a name that
        is not known.
        """
        with self._readable(configured) as configuration:
            return configuration.impact(kind, name, *self._taken_for(configured, graphs))

    def usage(self, configured: str, names: UsageNames, graphs: Iterable[GraphClaim]) -> Usage:
        """Return who uses labels and jobs in a configuration.  Raises `NotAvailableError`."""
        with self._readable(configured) as configuration:
            return configuration.usage(names, *self._taken_for(configured, graphs))

    def _taken_for(self, name: str, graphs: Iterable[GraphClaim]) -> tuple[str, str]:
        """Return the project and branch of a graph; empty means the repository's own."""
        own = (graph for graph in graphs if graph.configuration == name and not graph.damaged)
        project = "" if self.options.alone else name
        return next(((graph.project, graph.branch) for graph in own), (project, ""))

    def homes(self, paths: Iterable[str]) -> dict[str, Location]:
        """Return the places of configurations in ``manual.yaml``, by their paths elsewhere.

        These include files in commits, and projects for findings that are not in a file.
        """
        top = checkout_around(self.root) or self.root
        away = [path for path in paths if not _is_file_of(top, self.root, path)]
        return {path: self._home(path) for path in away if self._prefixes}

    def _home(self, path: str) -> Location:
        """Return the place of the configuration that contains, or may contain, a path."""
        names = sorted(self._prefixes, key=lambda name: (-len(self._prefixes[name]), name))
        holders = (name for name in names if self._holds(name, path))
        return self.claims[next(holders, names[-1])].place

    def _holds(self, name: str, path: str) -> bool:
        prefix, opened = self._prefixes[name], self._opened[name]
        files = () if isinstance(opened, ci.NotAvailableError) else opened.files()
        return bool(prefix and path.startswith(prefix)) or path in files

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes of the paths of each configuration, the longest first."""
        return tuple(sorted(filter(None, self._prefixes.values()), key=len, reverse=True))

    def texts(self, mentioned: set[str] | None = None) -> dict[str, str]:
        """Return the files that were read.

        With ``mentioned`` paths, only these files of other repositories, since tenants have many.
        """
        return {
            path: data.decode("utf-8", "replace")
            for configuration in self._opened.values()
            if not isinstance(configuration, ci.NotAvailableError)
            for path, data in configuration.files().items()
            if mentioned is None or path in mentioned or not path.startswith("../")
        }


def _is_file_of(top: Path, root: Path, path: str) -> bool:
    place = os.path.normpath(root / path)
    return Path(place).is_relative_to(top) and os.path.lexists(place)
