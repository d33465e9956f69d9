"""`import_graph`: a documented graph from a real configuration, new or brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from groundrules import ci
from groundrules.authoring.drafts.draft import GraphDraft, draft_of
from groundrules.authoring.drafts.edited_files import EditedFile, NewFile, edited
from groundrules.authoring.drafts.graph_choice import GraphChoice, choice_of
from groundrules.authoring.drafts.request import (
    Imported,
    ImportRequest,
    ManualData,
    MistakesError,
    configurations_of_request,
    manual_data,
    opened_for_request,
    source_of_request,
    with_configuration,
)
from groundrules.authoring.drafts.source import ImportSource, UnclearError
from groundrules.authoring.drafts.update import limits_of, update_of
from groundrules.authoring.key_order import in_order
from groundrules.authoring.schema_comment import schema_comment
from groundrules.checker.configurations import Configurations
from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.checks.phrases import first_few
from groundrules.claims.claims import Claims, GraphClaim
from groundrules.clock import today
from groundrules.diagnostics import Location
from groundrules.fixes import FixedFile
from groundrules.nearest import did_you_mean, nearest
from groundrules.records.graph import Coverage, Graph
from groundrules.text import counted
from groundrules.yamlsource import yaml_text

LONGEST_TITLE = 200


def import_graph(request: ImportRequest) -> Imported:
    """Return what to write; nothing is written.

    Raises `UnclearError` for a request with several answers, `MistakesError` for data or a
    configuration that cannot be used, and `DraftError` for graphs that no record can have.
    """
    data = manual_data(request.root, request.data)
    source = source_of_request(request, data)
    configurations = configurations_of_request(request, data, source)
    try:
        imported = _GraphImport(request, data, configurations).run(source)
    except ci.BrokenConfigError as error:
        raise MistakesError(str(error), error.diagnostics) from None
    except ci.NotAvailableError as error:
        raise UnclearError(f"configuration {source.claim.id!r}: {error}") from None
    except ci.NotFoundError as error:
        raise UnclearError(str(error)) from None
    return with_configuration(imported, request, data, source)


class _GraphImport(Struct, frozen=True):
    request: ImportRequest
    data: ManualData
    configurations: Configurations

    def run(self, source: ImportSource) -> Imported:
        request, name = self.request, source.claim.id
        configuration = opened_for_request(request, self.configurations, source)
        choice = choice_of(request, self.data.catalogue.graphs, name, configuration)
        claim = _claim(choice, self.data.claims)
        real = self.real(choice, claim)
        draft = draft_of(real, configuration.description, self.data.catalogue.labels.keys())
        if choice.record is None:
            return self.new(choice, draft)
        return self.updated(choice.record, Comparison(claim, real), draft)

    def real(self, choice: GraphChoice, claim: GraphClaim) -> RealGraphs:
        """Return the real graphs.  Raises for one that the CI system refuses, or does not have."""
        real = self.configurations.real(claim, self.data.claims.graphs)
        if real.refused:
            pipelines = ", ".join(real.refused)
            message = f"{choice.project} has no job graph in {pipelines}"
            raise MistakesError(message, list(dict.fromkeys(real.refused.values())))
        for pipeline in choice.pipelines:
            if pipeline in real.graphs:
                continue
            if not real.unseen.more or _is_mistyped(pipeline, real.pipelines):
                hint = did_you_mean(pipeline, real.pipelines, "its pipelines")
                on_branch = f" on {choice.branch!r}" if choice.branch else ""
                raise UnclearError(
                    f"{choice.project} is not in the pipeline {pipeline!r}{on_branch}{hint}"
                )
        return real

    def new(self, choice: GraphChoice, draft: GraphDraft) -> Imported:
        """Return a new record."""
        folder = self.request.data
        path = f"{folder}/graphs/{choice.id}.yaml"
        head = schema_comment(self.request.root, folder, "graph")
        text = yaml_text(in_order(Graph, _values(choice, draft)))
        waits = sum(len(job.get("waits_for", ())) for job in draft.jobs.values())
        questions = " without a reason yet" if waits else ""
        summary = (
            f"{path}: {counted(len(draft.jobs), 'job')}, {counted(waits, 'dependency')}{questions}"
        )
        notes = [*_coverage_notes(draft), *_notes(draft)]
        return Imported([NewFile(path, f"{head}{text}")], summary, notes)

    def updated(self, record: Graph, comparison: Comparison, draft: GraphDraft) -> Imported:
        """Return a record with what is new and what is gone."""
        update = update_of(record, comparison, draft, today())
        before = after = self.data.texts[record.path]
        counts, impossible = [], []
        for edits, what in (
            (update.new, "new"),
            (update.gone, "marked as gone"),
            (update.back, "there again"),
        ):
            after, refused = edited(after, edits)
            impossible += refused
            if made := len(edits) - len(refused):
                counts.append(f"{made} {what}")
        summary = f"{record.path}: {', '.join(counts) or 'nothing is new'}"
        notes = [
            f"job {old!r} is called {new!r} now; 'groundrules check --fix' renames it"
            for old, new in update.renamed.items()
        ]
        files: list[EditedFile] = [FixedFile(record.path, before, after)] if counts else []
        return Imported(files, summary, [*notes, *_notes(draft)], impossible)


def _is_mistyped(pipeline: str, known: Iterable[str]) -> bool:
    """Return whether a pipeline that only a missing template could have is a slip of the pen."""
    near = nearest(pipeline, known)
    # 'check' beside 'check-arm64' is another pipeline
    return near is not None and not near.startswith(f"{pipeline}-")


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
    on_branch = f" on {choice.branch}" if choice.branch else ""
    title = f"{choice.project}{on_branch}: {', '.join(choice.pipelines)}"
    return {
        "id": choice.id,
        "title": title[:LONGEST_TITLE],
        "configuration": choice.configuration,
        "project": choice.project,
        **({"branch": choice.branch} if choice.branch else {}),
        "pipelines": list(choice.pipelines),
        "coverage": str(Coverage.COMPLETE if draft.is_complete else Coverage.PARTIAL),
        **({"limits": limits_of(draft.limits)} if draft.limits else {}),
        "jobs": list(draft.jobs.values()),
    }


def _coverage_notes(draft: GraphDraft) -> list[str]:
    """Return why the coverage of a new graph is partial."""
    return [f"the coverage is partial: {draft.unknown}"] if draft.unknown else []


def _notes(draft: GraphDraft) -> list[str]:
    if not draft.left_out:
        return []
    return [f"left out, since a record cannot have these names: {first_few(draft.left_out)}"]
