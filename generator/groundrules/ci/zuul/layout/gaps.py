"""What mistakes hide, and other reasons why pipelines may run jobs that no file here mentions.

A job is certainly missing from a graph only if there is no such reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject, is_same_project
from groundrules.ci.zuul.layout.variants import FileOrigin, Stanza, TagRef, matches
from groundrules.diagnostics import Location
from groundrules.text import listed

BEARING = frozenset(("pipeline", "job", "semaphore", "project-template", "project"))
"""The kinds of object that affect jobs, dependencies and semaphores."""


def lost_files(layout: Layout, project: TenantProject, branch: str) -> Iterator[str]:
    """Yield the paths of unreadable files that could configure these jobs.

    These are the project's own files on the branch, all files of config projects, and files of
    projects that can configure this one or that define a job or template of it, because only the
    owner of a job can add a variant.  If an owner shadows a project, and both define a job, the
    definition in the shadowed project applies.  Files of untrusted projects apply to changes of
    the same branch, or of all branches if they have only one.
    """
    lost = [file for file in layout.unread if file.path and BEARING & file.project.classes]
    owners = _owners(layout, project) if lost else ()
    names = {name for owner in owners for name in (owner.canonical_name, *owner.shadows)}
    for file in lost:
        owner = file.project
        has_say = owner.may_configure(project) or bool(names & {owner.canonical_name, owner.name})
        if owner.trusted or (has_say and _is_for(file, branch, project)):
            yield file.path or ""


def lost_stanzas(
    layout: Layout, project: TenantProject, branch: str | TagRef
) -> Iterator[Location]:
    """Yield the places of a branch where a mistake loses what can be a stanza for a project."""
    kinds = ("", "project")
    paths = {
        source.path for source, kind in layout.broken if source.branch == branch and kind in kinds
    }
    for (kind, name), place in layout.lost_names.items() if paths else ():
        is_unclear = not (name and project.has_sure_name) or name.startswith("^")
        is_for_it = is_unclear or is_same_project(name, project.canonical_name)
        if place and kind in kinds and place.path in paths and is_for_it:
            yield place


def has_unread_file(layout: Layout, branch: str | TagRef) -> bool:
    """Return whether a file of a branch cannot be read."""
    return any(source.branch == branch for source in layout.unread)


def _is_for(lost: FileOrigin, branch: str, project: TenantProject) -> bool:
    """Return whether the branch of a file means that its objects can apply to a branch.

    The branch is ignored if the tenant makes the jobs of a branch match all branches.
    """
    is_own = lost.project.canonical_name == project.canonical_name
    is_only = not is_own and len(lost.project.branches) == 1
    return lost.branch == branch or is_only or lost.project.implied_matchers is False


def _owners(layout: Layout, project: TenantProject) -> Iterator[TenantProject]:
    """Yield the project, and the projects that define its jobs or templates."""
    yield project
    stanzas = layout.projects.get(project.canonical_name, [])
    templates = [template for stanza in stanzas for template in layout.templates_of(stanza)]
    yield from (template.source.project for template in templates)
    parts = (*stanzas, *templates)
    names = dict.fromkeys(variant.spec.name for part in parts for variant in part.mentions)
    for name in (todo := [*names]):
        for variant in layout.jobs.get(name, ()):
            yield variant.source.project
            parent = variant.spec.parent or layout.tenant.default_parent
            if not variant.spec.is_base and parent not in names:
                names[parent] = None
                todo.append(parent)


class Gaps(Struct, dict=True):
    """The reasons by project and branch, each computed once."""

    layout: Layout
    _known: dict[tuple[str, str | TagRef], str] = {}

    def of(self, project: TenantProject, branch: str | TagRef) -> str:
        """Return the first reason why there may be more jobs; empty if there is none."""
        key = project.canonical_name, branch
        if key not in self._known:
            self._known[key] = next(self._reasons(project, branch), "")
        return self._known[key]

    def _reasons(self, project: TenantProject, branch: str | TagRef) -> Iterator[str]:
        tenant = self.layout.tenant
        for other in self._missing:
            if other.may_configure(project):
                yield f"{other.name} may add jobs, and is not here"
        if not project.owns_nameless_stanza:
            yield f"the repository of {project.name} may add jobs, and is not here"
        if len(project.hosts) > 1:
            yield f"a stanza may be for {project.name} on {listed(project.hosts, 'or')}"
        stanzas = self.layout.projects.get(project.canonical_name, ())
        if tenant.is_alone and not any(
            matches(stanza.matchers(project), branch) for stanza in stanzas
        ):
            loss = self._loss(project, branch)
            yield f"no stanza for the project {project.name} is in this repository{loss}"
        for stanza in stanzas:
            if matches(stanza.matchers(project), branch):
                for word in stanza.spec.templates:
                    yield from self._lost(word.name, project, branch)
            elif stanza.may_be_for_all(project):
                yield _depends("a stanza for the project", stanza)

    def _loss(self, project: TenantProject, branch: str | TagRef) -> str:
        if has_unread_file(self.layout, branch):
            return ""  # the file is named elsewhere
        place = next(lost_stanzas(self.layout, project, branch), None)
        return f"; the one at {place} is lost, because it has a mistake" if place else ""

    @cached_property
    def _missing(self) -> list[TenantProject]:
        names = {*self.layout.tenant.missing}
        return [project for project in self.layout.tenant.projects if project.name in names]

    def _lost(self, name: str, project: TenantProject, branch: str | TagRef) -> Iterator[str]:
        templates = self.layout.templates.get(name)
        if not templates:
            if lost := self.layout.lost("project-template", name):
                yield f"the template {name!r} is unknown: {lost}"
            elif not self.layout.tenant.lacks("project-template", name):
                yield f"the template {name!r} is defined in another repository"
            return
        for template in templates:
            if not matches(template.matchers(project), branch) and template.may_be_for_all(project):
                yield _depends(f"the template {name!r}", template)


def _depends(what: str, stanza: Stanza) -> str:
    owner = stanza.source.project.name
    return (
        f"{what} is for the branch {stanza.source.branch!r} only if Zuul loads more than one "
        f"branch of {owner} (which are protected is not known)"
    )
