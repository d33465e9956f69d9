"""`ChangeAnswers`: the jobs that one configuration runs for changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache, cached_property

from msgspec import Struct

from groundrules.ci.zuul.choosing.change_item import ChangeItem, is_loaded
from groundrules.ci.zuul.choosing.changed_files import ChangedFiles
from groundrules.ci.zuul.choosing.job_choice import JobChoice
from groundrules.ci.zuul.choosing.patching import PatchedFiles, patched
from groundrules.ci.zuul.choosing.updates import Edited, Updates
from groundrules.ci.zuul.choosing.written_values import Written
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.sources.repositories import Repository
from groundrules.diagnostics import Diagnostic
from groundrules.garbage import collection_paused
from groundrules.graphs.decisions import Decision

Opened = Callable[[TenantProject], Repository]
PLACE = re.compile(r"\S+:\d+:\d+")


class ChosenJobs(Struct, frozen=True):
    """The graph of the jobs that run, and the decision on every job of the pipeline.

    ``frozen`` is None if the project is not in the pipeline.  ``refusals`` are mistakes in the
    configuration for which Zuul runs no job of the change.  ``unstable`` is the reason if Zuul
    refuses the graph or not, which changes with each start of its scheduler.
    """

    frozen: Frozen | None = None
    decisions: tuple[Decision, ...] = ()
    refusals: tuple[Diagnostic, ...] = ()
    unstable: str = ""


class _Loaded(Struct, dict=True):
    """A configuration: its files and its graphs."""

    gathered: Gathered
    resolver: Resolver

    @cached_property
    def written(self) -> Written:
        """The values in the files."""
        return Written.of(self.gathered.files)


class ChangeAnswers(Struct, dict=True):
    """Answers questions about changes; ``opened`` returns the repository of a project."""

    gathered: Gathered
    resolver: Resolver
    parsed: FileCache
    opened: Opened

    @cached_property
    def _base(self) -> _Loaded:
        return _Loaded(self.gathered, self.resolver)

    def answer(self, item: ChangeItem, project: TenantProject) -> ChosenJobs:
        """Return the jobs that Zuul runs for a change of a project."""
        with collection_paused():
            is_edit = item.updates_configuration(project)
            is_read = is_edit and is_loaded(project, str(item.branch))
            loaded = self._with_change(item, project) if is_read else self._base
            if is_edit and (refusals := tuple(self._refusals(loaded, item, project))):
                return ChosenJobs(refusals=refusals)
            # Zuul checks the files of a config project, but uses those that are there
            edited = None if project.trusted or not is_read else self._edited(loaded, item, project)
            resolver = loaded.resolver if edited else self.resolver
            return _chosen(item, project, resolver, edited)

    def _with_change(self, item: ChangeItem, project: TenantProject) -> _Loaded:
        branch = str(item.branch)
        with closing(self.opened(project)) as repository:
            files = PatchedFiles(repository, branch, item.patch)
            gathered = patched(self.gathered, project, files, branch)
        return _Loaded(gathered, resolve(gathered, self.parsed.parse))

    def _edited(self, loaded: _Loaded, item: ChangeItem, project: TenantProject) -> Edited:
        freezer = self.resolver.freezer
        before = cache(lambda: freezer.freeze(project, item.pipeline, item.branch))
        return Edited(freezer, before, loaded.written, self._base.written)

    def _refusals(
        self, loaded: _Loaded, item: ChangeItem, project: TenantProject
    ) -> Iterator[Diagnostic]:
        """Yield the mistakes that are new, or in the files of the project and branch.

        ``PipelineManager._findRelevantErrors`` of zuul/manager/__init__.py.  A nodeset that has
        only alternatives is false to Python, so the error of an undefined one has no place, and
        Zuul's recorded answers have it for every change.
        """
        before = {_key(diagnostic) for diagnostic in self.resolver.layout.refusals}
        own = {
            raw.source.path
            for raw in loaded.gathered.files
            if raw.source.project.name == project.name and raw.source.branch == item.branch
        }
        layout = loaded.resolver.layout
        placeless = {
            source.at(place)
            for spec, source in layout.nodesets.values()
            for place in spec.places.values()
        }
        for diagnostic in layout.refusals:
            location = diagnostic.location
            is_own = location.path in own or location in placeless
            if is_own or _key(diagnostic) not in before:
                yield diagnostic


def _key(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return what identifies a mistake when the lines of other files have moved."""
    return diagnostic.location.path, PLACE.sub("", diagnostic.message)


def _chosen(
    item: ChangeItem, project: TenantProject, resolver: Resolver, edited: Edited | None
) -> ChosenJobs:
    freezer, files = resolver.freezer, ChangedFiles.of(item.files)
    updates = Updates(project, item.pipeline, item.branch, files, freezer, edited)
    choice = JobChoice(files, updates.reason)
    frozen = freezer.freeze(project, item.pipeline, item.branch, choice.choose)
    unstable = choice.whole.unstable if choice.whole else None
    decisions = tuple(choice.decisions.values())
    return ChosenJobs(frozen, decisions, unstable=unstable.message if unstable else "")
