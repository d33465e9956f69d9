"""`KnownBuilds`: build records from files and from a running Zuul."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from groundrules.confined import NotPlainError, read_named
from groundrules.plan.planned_graph import PlanError, PlannedGraph
from groundrules.text import counted
from groundrules.zuul_api.api import ZuulApi
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.build import Build, BuildQuery, BuildRecordsError, builds_of
from groundrules.zuul_api.http_client import HttpClient

LARGEST = 200_000_000
"""Bytes of build records in a file; Zuul returns about 1.5 kB for a build."""
NEWEST = 1_000
"""Builds of a project and pipeline that a running Zuul is asked for."""

Key = tuple[str | None, str, str]
"""A tenant, a project and a pipeline; without a tenant, it is the only one of that Zuul."""


class KnownBuilds:
    """Build records, read once; those of a running Zuul when a graph needs them.

    ``tenant`` is the tenant of the running Zuul.  Without it, it is the one that the manual names
    for a graph, or the only one of that Zuul.
    """

    def __init__(
        self, files: Iterable[Path], root: Path, url: str | None = None, tenant: str | None = None
    ) -> None:
        self._read = _read(files, root)
        self._url, self._tenant = url, tenant
        self._only: str | None = None
        self._listed: dict[Key, list[Build]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether no source of builds was given."""
        return not self._read and self._url is None

    def of(self, case: PlannedGraph) -> list[Build]:
        """Return the builds that may be of a graph.

        Raises `PlanError`, and `ImportError` without the library that asks a running Zuul.
        """
        keys = self._keys(case)
        if self._url is not None:
            self._list([key for key in keys if key not in self._listed], self._url)
        listed = (build for key in keys for build in self._listed.get(key, ()))
        return [*self._read, *listed]

    def notes(self, case: PlannedGraph) -> tuple[str, ...]:
        """Return what a running Zuul listed for a graph, in a sentence for each pipeline."""
        if self._url is None:
            return ()
        return tuple(map(self._note, self._keys(case)))

    def _keys(self, case: PlannedGraph) -> list[Key]:
        tenant = self._tenant or case.tenant
        return [(tenant, case.project, pipeline) for pipeline in case.pipelines]

    def _note(self, key: Key) -> str:
        number = len(self._listed[key])
        _, project, pipeline = key
        where = f"{project} in {pipeline}"
        if number == 0:
            return f"{self._url} lists no build of {where}."
        if number >= NEWEST:
            return f"Of {where}, {self._url} was asked for the newest {NEWEST} builds."
        return f"Of {where}, {self._url} lists {counted(number, 'build')}."

    def _list(self, keys: list[Key], url: str) -> None:
        if not keys:
            return
        try:
            with HttpClient() as client:
                zuul = ZuulApi(url, client)
                for key in keys:
                    tenant, project, pipeline = key
                    query = BuildQuery(projects=(project,), pipelines=(pipeline,), most=NEWEST)
                    if tenant is None:
                        tenant = self._only = zuul.tenant(self._only)
                    self._listed[key] = list(zuul.builds(tenant, query))
        except ZuulApiError as error:
            raise PlanError(f"--zuul-url: {error}") from None


def _read(files: Iterable[Path], root: Path) -> list[Build]:
    builds: list[Build] = []
    for path in files:
        try:
            builds += builds_of(read_named(path, root, LARGEST))
        except (BuildRecordsError, NotPlainError) as error:
            raise PlanError(f"{path}: {error}") from None
        except OSError as error:
            raise PlanError(f"{path}: {error.strerror or error}") from None
    return builds
