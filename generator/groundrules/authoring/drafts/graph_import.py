"""`import_graph`: a documented graph from a real configuration, new or brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from groundrules.authoring.drafts.draft import GraphDraft, draft_of, left_out_notes
from groundrules.authoring.drafts.edited_files import EditedFile, NewFile, edited
from groundrules.authoring.drafts.graph_choice import choice_of
from groundrules.authoring.drafts.request import (
    Imported,
    ImportRequest,
    ImportSession,
    MistakesError,
    manual_data,
    readable_configuration,
)
from groundrules.authoring.drafts.source import UnclearError
from groundrules.authoring.drafts.update import limits_of, update_of
from groundrules.authoring.record_file import record_file
from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.claims import GraphClaim
from groundrules.clock import today
from groundrules.fixes import FixedFile
from groundrules.nearest import did_you_mean, nearest
from groundrules.records.graph import Coverage, Graph
from groundrules.records.kinds import kind_of
from groundrules.text import counted

LONGEST_TITLE = 200


def import_graph(request: ImportRequest) -> Imported:
    """Return what to write; nothing is written.

    Raises `UnclearError` for a request with several answers, `MistakesError` for data or a
    configuration that cannot be used, and `DraftError` for graphs that no record can have.
    """
    session = ImportSession.of(request, manual_data(request.root, request.data))
    with readable_configuration(f"configuration {session.source.claim.id!r}: "):
        return session.with_configuration(_GraphImport(session).run())


class _GraphImport(Struct, frozen=True):
    session: ImportSession

    def run(self) -> Imported:
        configuration = self.session.opened()
        claim, record = choice_of(self.session, configuration)
        real = self.real(claim)
        labels = self.session.data.catalogue.labels.keys()
        draft = draft_of(real, configuration.description, labels)
        if record is None:
            return self.new(claim, draft)
        return self.updated(record, Comparison(claim, real), draft)

    def real(self, claim: GraphClaim) -> RealGraphs:
        """Return the real graphs.  Raises for one that the CI system refuses, or does not have."""
        real = self.session.configurations.real(claim, self.session.data.claims.graphs)
        if real.refused:
            pipelines = ", ".join(real.refused)
            message = f"{claim.project} has no job graph in {pipelines}"
            raise MistakesError(message, list(dict.fromkeys(real.refused.values())))
        for pipeline in claim.pipelines:
            if pipeline in real.graphs:
                continue
            if not real.unseen.more or _is_mistyped(pipeline, real.pipelines):
                hint = did_you_mean(pipeline, real.pipelines, "its pipelines")
                on_branch = f" on {claim.branch!r}" if claim.branch else ""
                raise UnclearError(
                    f"{claim.project} is not in the pipeline {pipeline!r}{on_branch}{hint}"
                )
        return real

    def new(self, claim: GraphClaim, draft: GraphDraft) -> Imported:
        """Return a new record."""
        request, values = self.session.request, _values(claim, draft)
        path, text = record_file(request.root, request.data, kind_of("graphs"), claim.id, values)
        waits = sum(len(job.get("waits_for", ())) for job in draft.jobs.values())
        questions = " without a reason yet" if waits else ""
        summary = (
            f"{path}: {counted(len(draft.jobs), 'job')}, {counted(waits, 'dependency')}{questions}"
        )
        coverage = [f"the coverage is partial: {draft.unknown}"] if draft.unknown else []
        notes = [*coverage, *left_out_notes(draft.left_out)]
        return Imported([NewFile(path, text)], summary, notes)

    def updated(self, record: Graph, comparison: Comparison, draft: GraphDraft) -> Imported:
        """Return a record with what is new and what is gone."""
        update = update_of(record, comparison, draft, today())
        before = after = self.session.data.texts[record.path]
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
        return Imported(files, summary, [*notes, *left_out_notes(draft.left_out)], impossible)


def _is_mistyped(pipeline: str, known: Iterable[str]) -> bool:
    """Return whether a pipeline that only a missing template could have is a slip of the pen."""
    near = nearest(pipeline, known)
    # 'check' beside 'check-arm64' is another pipeline
    return near is not None and not near.startswith(f"{pipeline}-")


def _values(claim: GraphClaim, draft: GraphDraft) -> dict[str, Any]:
    on_branch = f" on {claim.branch}" if claim.branch else ""
    title = f"{claim.project}{on_branch}: {', '.join(claim.pipelines)}"
    return {
        "id": claim.id,
        "title": title[:LONGEST_TITLE],
        "configuration": claim.configuration,
        "project": claim.project,
        **({"branch": claim.branch} if claim.branch else {}),
        "pipelines": list(claim.pipelines),
        "coverage": str(Coverage.COMPLETE if draft.is_complete else Coverage.PARTIAL),
        **({"limits": limits_of(draft.limits)} if draft.limits else {}),
        "jobs": list(draft.jobs.values()),
    }
