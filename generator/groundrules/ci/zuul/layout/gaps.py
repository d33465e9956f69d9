"""Reasons why a project's pipelines may run jobs that no available file mentions.

A job is certainly missing from a graph only if there is no such reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.lost import has_unread_file, lost_stanzas
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza, TagRef, matches
from groundrules.text import listed


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
            loss = self._loss(branch)
            yield f"no stanza for the project {project.name} is in this repository{loss}"
        for stanza in stanzas:
            if matches(stanza.matchers(project), branch):
                for word in stanza.spec.templates:
                    yield from self._lost(word.name, project, branch)
            elif stanza.may_be_for_all(project):
                yield _depends("a stanza for the project", stanza)

    def _loss(self, branch: str | TagRef) -> str:
        if has_unread_file(self.layout, branch):
            return ""  # the file is named elsewhere
        place = next(lost_stanzas(self.layout, branch), None)
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
