"""`ImportRequest`: what to import into which manual; and what an import comes to."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from groundrules import ci
from groundrules.authoring.drafts.edited_files import EditedFile, edited
from groundrules.authoring.drafts.source import ImportSource, UnclearError, source_named
from groundrules.authoring.insertion import appended
from groundrules.checker.check_data import check_data
from groundrules.checker.configurations import ConfigurationOptions, Configurations
from groundrules.diagnostics import Diagnostic, Severity
from groundrules.fixes import FixedFile
from groundrules.manual_search import instead_of
from groundrules.records.claims import claims_of
from groundrules.rules.reading import NO_DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from groundrules.claims.claims import Claims, ConfigurationClaim
    from groundrules.records import Catalogue


class MistakesError(Exception):
    """Data or a configuration with mistakes, which are ``findings``."""

    def __init__(self, message: str, findings: Sequence[Diagnostic]) -> None:
        super().__init__(message)
        self.findings = findings


class ImportRequest(Struct, frozen=True, kw_only=True):
    """What to import: ``word`` names a configuration or its path; see the command's options."""

    root: Path
    data: str = "data"
    word: str | None = None
    configuration: str | None = None
    tenant: str | None = None
    hosts: dict[str, str] = {}
    project: str | None = None
    pipelines: tuple[str, ...] = ()
    branch: str | None = None
    graph: str | None = None
    platform: str | None = None
    cache: Path | None = None


class Imported(Struct, frozen=True):
    """The files to write, and what to say: ``summary`` is the result, ``notes`` what is left.

    ``refused`` are the edits that are impossible, such as those of shared values.
    """

    files: list[EditedFile]
    summary: str
    notes: list[str] = []
    refused: list[str] = []


class ManualData(Struct, frozen=True):
    """The data of a manual without mistakes."""

    catalogue: Catalogue
    claims: Claims
    texts: Mapping[str, str]

    @property
    def configurations(self) -> dict[str, ConfigurationClaim]:
        """The configurations that the manual names."""
        return {claim.id: claim for claim in self.claims.configurations}


def manual_data(root: Path, data: str) -> ManualData:
    """Return the data of a manual.  Raises `MistakesError` or `UnclearError`."""
    loaded = check_data(root, data, languages=frozenset())
    errors = [
        finding
        for finding in loaded.report.diagnostics
        if finding.rule.severity is Severity.ERROR
        # a manual without records is where the first draft goes
        and (finding.rule, finding.location.path) != (NO_DATA, data)
    ]
    if loaded.catalogue is None:
        instead = instead_of(root, "'groundrules init' makes one")
        raise UnclearError(f"there is no manual in {root}; {instead}")
    if errors:
        raise MistakesError("the data has mistakes; correct them first", errors)
    return ManualData(loaded.catalogue, claims_of(loaded.catalogue), loaded.texts)


class ImportSession(Struct, frozen=True):
    """A request, the data of its manual, and the configuration that it is about."""

    request: ImportRequest
    data: ManualData
    source: ImportSource
    configurations: Configurations
    """Those of the manual with the requested one, which are not read yet."""

    @classmethod
    def of(cls, request: ImportRequest, data: ManualData) -> ImportSession:
        """Choose the configuration.  Raises `UnclearError`."""
        source = _source(request, data)
        name = source.claim.id
        options = ConfigurationOptions(
            paths={name: source.path} if source.path else {},
            tenant=request.tenant,
            hosts=request.hosts,
            cache=request.cache,
        )
        branches = (graph.branch for graph in data.claims.graphs if graph.configuration == name)
        documented = {name: tuple(dict.fromkeys(filter(None, (request.branch, *branches))))}
        known = {**data.configurations, name: source.claim}
        return cls(request, data, source, Configurations(known, request.root, options, documented))

    def opened(self) -> ci.Configuration:
        """Return the configuration.

        Raises `NotAvailableError`, or `UnclearError` for its options.
        """
        configuration = self.configurations.opened(self.source.claim.id)
        if (self.request.tenant or self.request.hosts) and not self.configurations.has_tenant_file:
            raise UnclearError("--tenant and --connection need a tenant file as SOURCE")
        return configuration

    def with_configuration(self, imported: Imported) -> Imported:
        """Return an import with the change of ``manual.yaml`` that names a new configuration."""
        imported = replace(imported, notes=[*imported.notes, *self.source.notes])
        if not self.source.entry:
            return imported
        values = dict(self.source.entry)
        if self.request.tenant:
            values["tenant_name"] = self.request.tenant
        if self.request.hosts:
            hosts = self.request.hosts.items()
            values["connections"] = [{"name": name, "host": host} for name, host in hosts]
        manual = self.data.catalogue.manual
        before = self.data.texts[manual.path]
        after, refused = edited(before, list(appended(manual, "configurations", [values])))
        return replace(
            imported,
            files=[FixedFile(manual.path, before, after), *imported.files],
            refused=[*imported.refused, *refused],
        )


def _source(request: ImportRequest, data: ManualData) -> ImportSource:
    """Return the configuration; without a word, that of the requested graph or the only one."""
    word = request.word
    if word is None and request.configuration is None and request.graph is not None:
        documented = (graph for graph in data.claims.graphs if graph.id == request.graph)
        word = next((graph.configuration for graph in documented), None)
    return source_named(word, request.configuration, data.configurations, request.root)


@contextmanager
def readable_configuration(about: str = "") -> Iterator[None]:
    """Raise `MistakesError` or `UnclearError` for a configuration that cannot be used.

    ``about`` is the beginning of the message about one that cannot be read.
    """
    try:
        yield
    except ci.BrokenConfigError as error:
        raise MistakesError(str(error), error.diagnostics) from None
    except ci.NotAvailableError as error:
        raise UnclearError(f"{about}{error}") from None
    except ci.NotFoundError as error:
        raise UnclearError(str(error)) from None
