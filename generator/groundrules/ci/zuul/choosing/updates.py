"""`Updates`: the jobs whose configuration a change edits, so that file matchers do not count.

``QueueItem.updatesJobConfig`` of zuul/model.py: a playbook or a file of variables is in the
change, or the job was not in the pipeline before, or its definition was another one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from groundrules.ci.zuul.choosing.changed_files import ChangedFiles
from groundrules.ci.zuul.choosing.definition import DefinitionParts, definition_of
from groundrules.ci.zuul.choosing.written_values import Written
from groundrules.ci.zuul.freezing.freeze import Freezer
from groundrules.ci.zuul.freezing.frozen import Frozen, Shape
from groundrules.ci.zuul.freezing.mentions import JobMention
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza, TagRef, Variant, matches
from groundrules.ci.zuul.reading.objects import VariablesFile


class Edited(Struct, frozen=True):
    """The configuration before a change, which edits it, and what both files say."""

    freezer: Freezer
    before: Callable[[], Frozen | None]
    written: Written
    written_before: Written


class Updates(Struct, dict=True):
    """The jobs of one pipeline that a change updates; ``edited`` is None without configuration."""

    project: TenantProject
    pipeline: str
    branch: str | TagRef
    files: ChangedFiles
    freezer: Freezer
    edited: Edited | None = None
    is_asked: bool = False

    def reason(self, job: Merged, mentions: Sequence[JobMention]) -> str:
        """Return why the change updates a job; empty if it does not."""
        if not job.match_on_config_updates:
            return ""
        paths = set(self.files.paths)
        for path in own_files(job, self.project, self.freezer.layout):
            if path in paths:
                return f"the change edits its file {path}"
        return self._edited(job, mentions, self.edited) if self.edited else ""

    def _edited(self, job: Merged, mentions: Sequence[JobMention], edited: Edited) -> str:
        before = edited.before()
        if before and before.error and not self._passes_again(before):
            return ""
        shape = (before.merged or before.shape) if before else Shape()
        jobs = {job.name: job for job in shape.jobs}
        if before is None or job.name not in jobs:
            return "the change adds it to the pipeline"
        old = self._parts(edited.freezer, jobs[job.name], before.mentions[job.name])
        new = self._parts(self.freezer, job, mentions)
        if old.sources == new.sources and old.job.nodeset == new.job.nodeset:
            return ""
        layout = edited.freezer.layout
        was = definition_of(old, edited.written_before, layout)
        now = definition_of(new, edited.written, layout)
        return "the change edits its definition" if was != now else ""

    def _passes_again(self, before: Frozen) -> bool:
        """Return whether Zuul compares a job with those of a graph that was an error.

        It builds the graph for each job that it asks about.  If all jobs could be merged, they
        are still there at the second time, and replace the equal new ones, whose dependencies
        and permissions are then not checked (``JobGraph.deduplicateJobs``).
        """
        is_first, self.is_asked = not self.is_asked, True
        return before.merged is not None and not is_first

    def _parts(
        self, freezer: Freezer, job: Merged, mentions: Sequence[JobMention]
    ) -> DefinitionParts:
        applied = (
            mention.variant
            for mention in mentions
            if matches(mention.variant.matchers, self.branch)
            and not mention.variant.spec.is_repeated
        )
        return DefinitionParts(job, tuple(applied), tuple(self._stanzas(freezer)))

    def _stanzas(self, freezer: Freezer) -> list[Stanza]:
        """Return the stanzas and templates that add variables to the jobs."""
        parts = freezer.finder.parts(self.project, self.branch)
        return [part[0] for part in parts if len(part) == 1 or self.pipeline in part[0].pipelines]


def own_files(job: Merged, project: TenantProject, layout: Layout) -> list[str]:
    """Return the files of variables and the playbooks of a job that are in a project."""
    own = project.canonical_name
    files = [
        file.name
        for file, variant in job.variables_files
        if _is_own(file, variant, project, layout)
    ]
    return files + [
        playbook.name
        for playbooks in job.playbooks
        if playbooks.variant.source.project.canonical_name == own
        for playbook in playbooks.specs
    ]


def _is_own(file: VariablesFile, variant: Variant, project: TenantProject, layout: Layout) -> bool:
    if file.project is None:
        return True
    tenant = layout.tenant
    named = tenant.project(file.project) if file.project else variant.source.project
    return named is not None and named.canonical_name == project.canonical_name
