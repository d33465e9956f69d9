"""`import_graph`: a documented graph from a real configuration, new or brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from groundrules import ci
from groundrules.authoring.drafts.draft import GraphDraft, draft_of
from groundrules.authoring.drafts.edited_files import EditedFile, NewFile, edited
from groundrules.authoring.drafts.graph_choice import GraphChoice, choice_of
from groundrules.authoring.drafts.source import ImportSource, UnclearError, source_named
from groundrules.authoring.drafts.update import GraphUpdate, update_of
from groundrules.authoring.insertion import Insertion
from groundrules.authoring.key_order import in_order
from groundrules.checker.check_data import check_data
from groundrules.checker.configurations import ConfigurationOptions, Configurations
from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.checks.phrases import first_few
from groundrules.claims.claims import Claims, GraphClaim
from groundrules.clock import today
from groundrules.diagnostics import Diagnostic, Location, Severity
from groundrules.fixes import FixedFile
from groundrules.nearest import did_you_mean
from groundrules.records.claims import claims_of
from groundrules.records.graph import Coverage, Graph
from groundrules.records.manual import Manual
from groundrules.records.shape import ordered_keys
from groundrules.rules.reading import NO_DATA
from groundrules.text import counted
from groundrules.yamlsource import yaml_text

if TYPE_CHECKING:
    from groundrules.records import Catalogue, LoadedData

SCHEMA = "schemas/graph.json"


class MistakesError(Exception):
    """Data or a configuration with mistakes, which are ``findings``."""

    def __init__(self, message: str, findings: Sequence[Diagnostic]) -> None:
        super().__init__(message)
        self.findings = findings


class ImportSettings(Struct, frozen=True, kw_only=True):
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
    cache: Path | None = None


class Imported(Struct, frozen=True):
    """The files to write, and what to say: ``summary`` on the result, ``notes`` on what is left."""

    files: list[EditedFile]
    summary: str
    notes: list[str] = []
    refused: list[str] = []
    """The edits that are impossible, such as those of shared values."""


def import_graph(settings: ImportSettings) -> Imported:
    """Return what to write; nothing is written.

    Raises `UnclearError` for a request with several answers, `MistakesError` for data or a
    configuration that cannot be used, and `DraftError` for graphs that no record can have.
    """
    loaded = loaded_data(settings.root, settings.data)
    assert loaded.catalogue is not None  # noqa: S101 (`loaded_data` raises)
    return _GraphImport(settings, loaded, loaded.catalogue).run()


def loaded_data(root: Path, data: str) -> LoadedData:
    """Return the data of a manual.  Raises `MistakesError` if there are any."""
    loaded = check_data(root, data, languages=frozenset())
    errors = [
        finding
        for finding in loaded.report.diagnostics
        if finding.rule.severity is Severity.ERROR
        # a manual without records is where the first draft goes
        and (finding.rule, finding.location.path) != (NO_DATA, data)
    ]
    if errors and loaded.catalogue is not None:
        raise MistakesError("the data has mistakes; correct them first", errors)
    if loaded.catalogue is None:
        raise UnclearError(f"there is no manual in {root}; 'groundrules init' makes one")
    return loaded


class _GraphImport(Struct):
    settings: ImportSettings
    loaded: LoadedData
    catalogue: Catalogue

    def run(self) -> Imported:
        settings, claims = self.settings, claims_of(self.catalogue)
        source = self.source(claims)
        configurations = self.configurations(claims, source)
        try:
            configuration = configurations.opened(source.claim.id)
            choice = choice_of(
                self.catalogue.graphs,
                source.claim.id,
                configuration,
                graph=settings.graph,
                project=settings.project,
                branch=settings.branch,
                pipelines=settings.pipelines,
            )
            real = self.real(choice, configurations, claims)
        except ci.BrokenConfigError as error:
            raise MistakesError(str(error), error.diagnostics) from None
        except ci.NotAvailableError as error:
            raise UnclearError(f"configuration {source.claim.id!r}: {error}") from None
        except ci.NotFoundError as error:
            raise UnclearError(str(error)) from None
        draft = draft_of(real, configuration.description, self.catalogue.labels.keys())
        entry = self.entry(source)
        if choice.record is None:
            return self.new(choice, draft, entry)
        return self.updated(choice.record, Comparison(_claim(choice, claims), real), draft, entry)

    def source(self, claims: Claims) -> ImportSource:
        settings = self.settings
        known = {claim.id: claim for claim in claims.configurations}
        word = settings.word
        if word is None and settings.configuration is None and settings.graph is not None:
            documented = (graph for graph in self.catalogue.graphs if graph.id == settings.graph)
            word = next((graph.configuration for graph in documented), None)
        return source_named(word, settings.configuration, known, settings.root)

    def configurations(self, claims: Claims, source: ImportSource) -> Configurations:
        settings, name = self.settings, source.claim.id
        known = {claim.id: claim for claim in claims.configurations}
        options = ConfigurationOptions(
            paths={name: source.path} if source.path else {},
            tenant=settings.tenant,
            hosts=settings.hosts,
            cache=settings.cache,
        )
        branches = [settings.branch] if settings.branch else []
        branches += [
            graph.branch for graph in claims.graphs if graph.configuration == name and graph.branch
        ]
        documented = {name: tuple(dict.fromkeys(branches))}
        return Configurations({**known, name: source.claim}, settings.root, options, documented)

    def real(
        self, choice: GraphChoice, configurations: Configurations, claims: Claims
    ) -> RealGraphs:
        """Return the real graphs.  Raises for one that the CI system refuses, or does not have."""
        real = configurations.real(_claim(choice, claims), claims.graphs)
        if real.refused:
            raise MistakesError(
                f"{choice.project} has no job graph in {', '.join(real.refused)}",
                list(dict.fromkeys(real.refused.values())),
            )
        for pipeline in choice.pipelines:
            if pipeline not in real.graphs and not real.unseen.more:
                hint = did_you_mean(pipeline, real.pipelines, "its pipelines")
                on_branch = f" on {choice.branch!r}" if choice.branch else ""
                raise UnclearError(
                    f"{choice.project} is not in the pipeline {pipeline!r}{on_branch}{hint}"
                )
        return real

    def entry(self, source: ImportSource) -> list[Insertion]:
        """Return the edits of ``manual.yaml`` that name a new configuration."""
        if not source.entry:
            return []
        values = dict(source.entry)
        if self.settings.tenant:
            values["tenant_name"] = self.settings.tenant
        if self.settings.hosts:
            hosts = self.settings.hosts.items()
            values["connections"] = [{"name": name, "host": host} for name, host in hosts]
        manual = self.catalogue.manual
        if "configurations" in manual.model_fields_set:
            return [Insertion(("configurations", len(manual.configurations)), values)]
        return [Insertion(("configurations",), [values], ordered_keys(Manual))]

    def new(self, choice: GraphChoice, draft: GraphDraft, entry: list[Insertion]) -> Imported:
        path = f"{self.settings.data}/graphs/{choice.id}.yaml"
        schema = f"{self.settings.data}/{SCHEMA}"
        head = f"# yaml-language-server: $schema=../{SCHEMA}\n"
        has_schema = (self.settings.root / schema).is_file()
        text = yaml_text(in_order(Graph, _values(choice, draft)))
        file = NewFile(path, f"{head if has_schema else ''}{text}")
        files, refused = self.with_manual([file], entry)
        waits = sum(len(job.get("waits_for", ())) for job in draft.jobs.values())
        summary = (
            f"{path}: {counted(len(draft.jobs), 'job')}, {counted(waits, 'dependency')}"
            f"{' without a reason yet' if waits else ''}"
        )
        return Imported(files, summary, _notes(draft), refused)

    def updated(
        self, record: Graph, comparison: Comparison, draft: GraphDraft, entry: list[Insertion]
    ) -> Imported:
        update = update_of(record, comparison, draft, today())
        before = self.loaded.texts[record.path]
        after, impossible = edited(before, [*update.new, *update.gone], update.back)
        files: list[EditedFile] = [FixedFile(record.path, before, after)]
        files, refused = self.with_manual(files if after != before else [], entry)
        summary = f"{record.path}: {_counts(update)}"
        notes = [
            f"job {old!r} is called {new!r} now; 'groundrules check --fix' renames it"
            for old, new in update.renamed.items()
        ]
        return Imported(files, summary, [*notes, *_notes(draft)], impossible + refused)

    def with_manual(
        self, files: list[EditedFile], entry: list[Insertion]
    ) -> tuple[list[EditedFile], list[str]]:
        """Return files with ``manual.yaml``, which names the configuration, before them."""
        if not entry:
            return files, []
        path = self.catalogue.manual.path
        before = self.loaded.texts[path]
        after, refused = edited(before, entry)
        return [FixedFile(path, before, after), *files], refused


def _claim(choice: GraphChoice, claims: Claims) -> GraphClaim:
    """Return the claims of a graph's record, or those of a new graph: none."""
    if choice.record is not None:
        return next(claim for claim in claims.graphs if claim.id == choice.id)
    place = Location(choice.id)
    return GraphClaim(
        id=choice.id,
        place=place,
        configuration=choice.configuration,
        configuration_place=place,
        project=choice.project,
        project_place=place,
        branch=choice.branch,
        branch_place=place,
        pipelines=choice.pipelines,
        pipeline_places=tuple(place for _ in choice.pipelines),
        jobs=(),
        jobs_place=place,
    )


def _values(choice: GraphChoice, draft: GraphDraft) -> dict[str, Any]:
    return {
        "id": choice.id,
        "title": f"{choice.project}: {', '.join(choice.pipelines)}"[:200],
        "configuration": choice.configuration,
        "project": choice.project,
        **({"branch": choice.branch} if choice.branch else {}),
        "pipelines": list(choice.pipelines),
        "coverage": str(Coverage.COMPLETE if draft.is_complete else Coverage.PARTIAL),
        "jobs": list(draft.jobs.values()),
    }


def _counts(update: GraphUpdate) -> str:
    parts = [
        f"{len(update.new)} new",
        f"{len(update.gone)} marked as gone",
        f"{len(update.back)} there again",
    ]
    changes = [part for part in parts if not part.startswith("0 ")]
    return ", ".join(changes) or "nothing is new"


def _notes(draft: GraphDraft) -> list[str]:
    if not draft.left_out:
        return []
    return [f"left out, since a record cannot have these names: {first_few(draft.left_out)}"]
