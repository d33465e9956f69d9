"""The real configurations of one run: each read once, when the first graph asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from groundrules import ci
from groundrules.cache_folder import is_brought_by
from groundrules.checkout import checkout_around
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.ci.config_source import source_of
from groundrules.ci.revisions import Revision
from groundrules.claims.claims import ConfigurationClaim, GraphClaim
from groundrules.claims.verdicts import ComparedWith
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.job_graph import JobGraph


@dataclass(slots=True)
class Configurations:
    """The configurations that ``manual.yaml`` names; ``given`` are paths of the command line.

    ``documented`` are the branches that graphs of each are about; where not ``all_named``,
    mistakes hide some configurations.
    """

    claims: Mapping[str, ConfigurationClaim]
    root: Path
    given: Mapping[str, Path] = field(default_factory=dict)
    editions: bool = False
    cache: Path | None = None
    documented: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_named: bool = True
    _prefixes: dict[str, str] = field(init=False, default_factory=dict)
    _opened: dict[str, ci.Configuration | ci.NotAvailableError] = field(
        init=False, default_factory=dict
    )

    def opened(self, name: str) -> ci.Configuration:
        """Return a configuration.  Raises `NotAvailableError`."""
        if name not in self._opened:
            self._opened[name] = self._open(name)
        found = self._opened[name]
        if isinstance(found, ci.NotAvailableError):
            raise found
        return found

    def _open(self, name: str) -> ci.Configuration | ci.NotAvailableError:
        claim = self.claims.get(name)
        if claim is None and not self.all_named:
            return ci.NotAvailableError("mistakes in manual.yaml hide where it is")
        if claim is None:
            return ci.NotAvailableError(f"manual.yaml names no configuration {name!r}")
        try:
            source = source_of(claim, self.root, self.given.get(name))
            self._prefixes[name] = source.prefix
            own = self.cache is None or is_brought_by(source.folder, self.cache)
            documented = self.documented.get(name, ())
            source = replace(source, cache=None if own else self.cache, documented=documented)
            return ci.read(claim.system, source)
        except ci.NotAvailableError as error:
            return error

    def real(self, claim: GraphClaim, graphs: Iterable[GraphClaim] = ()) -> RealGraphs:
        """Return the real side of one of the documented graphs.

        Raises `NotAvailableError` where it cannot be known, `NotFoundError` where there is none.
        """
        configuration = self.opened(claim.configuration)
        pipelines = configuration.pipelines(claim.project, claim.branch)
        found = {
            each: configuration.graph(claim.project, each, claim.branch) for each in claim.pipelines
        }
        edition = Revision()
        if self.editions:
            edition = configuration.edition(claim.project, claim.branch)
        return RealGraphs(
            against=ComparedWith(
                configuration=claim.configuration,
                edition=edition.words,
                commit=edition.commit,
                date=edition.date,
            ),
            graphs={name: each for name, each in found.items() if isinstance(each, JobGraph)},
            refused={name: each for name, each in found.items() if isinstance(each, Diagnostic)},
            pipelines=pipelines,
            unseen=configuration.unseen(claim.project, claim.branch),
            is_run_for=configuration.is_run_for,
            is_defined=partial(self._is_defined, graphs=(claim, *graphs)),
            beyond=cache(partial(self._beyond, claim)),
            projects=partial(configuration.projects, branch=claim.branch),
            words=configuration.words,
        )

    def _beyond(self, claim: GraphClaim, pipeline: str) -> JobGraph | None:
        found = self.opened(claim.configuration).graph(claim.project, pipeline, claim.branch)
        return found if isinstance(found, JobGraph) else None

    def _is_defined(self, name: str, graphs: Iterable[GraphClaim]) -> bool:
        """Return whether any configuration at hand defines a job of that name."""
        for each in self.claims:
            with suppress(ci.NotAvailableError):
                project, branch = _taken_for(each, graphs)
                if self.opened(each).is_defined(name, project, branch):
                    return True
        return False

    def definitions(self, name: str, graphs: Iterable[GraphClaim]) -> Definitions:
        """Return all that a configuration defines.  Raises `NotAvailableError`.

        A repository on its own is the project and branch that a documented graph of it names.
        """
        return self.opened(name).definitions(name, *_taken_for(name, graphs))

    def homes(self, paths: Iterable[str]) -> dict[str, Location]:
        """Return where ``manual.yaml`` names a configuration, for the paths in it that are away.

        Those are files of other repositories and of commits, or a project where no file has the
        reason: nobody finds them in this repository.
        """
        top = checkout_around(self.root) or self.root
        away = [path for path in paths if not _is_file_of(top, self.root, path)]
        return {path: self._home(path) for path in away if self._prefixes}

    def _home(self, path: str) -> Location:
        """Return the place of the configuration that a path is in, or may be in."""
        names = sorted(self._prefixes, key=lambda each: (-len(self._prefixes[each]), each))
        holds = (each for each in names if self._holds(each, path))
        return self.claims[next(holds, names[-1])].place

    def _holds(self, name: str, path: str) -> bool:
        prefix, opened = self._prefixes[name], self._opened[name]
        files = () if isinstance(opened, ci.NotAvailableError) else opened.files()
        return bool(prefix and path.startswith(prefix)) or path in files

    def texts(self, mentioned: set[str]) -> dict[str, str]:
        """Return the files of this repository that were read, and of others those mentioned."""
        return {
            path: data.decode("utf-8", "replace")
            for each in self._opened.values()
            if not isinstance(each, ci.NotAvailableError)
            for path, data in each.files().items()
            if path in mentioned or not path.startswith("../")
        }


def _taken_for(name: str, graphs: Iterable[GraphClaim]) -> tuple[str, str]:
    """Return the project and branch that a repository on its own is, as a graph says it."""
    found = (each for each in graphs if each.configuration == name and not each.damaged)
    return next(((each.project, each.branch) for each in found), (name, ""))


def _is_file_of(top: Path, root: Path, path: str) -> bool:
    place = os.path.normpath(root / path)
    return Path(place).is_relative_to(top) and os.path.lexists(place)
