"""The mentions of jobs in a project's pipeline on a branch, and their templates.

https://zuul-ci.org/docs/zuul/latest/config/project.html
"""

from __future__ import annotations

from contextlib import suppress

from msgspec import Struct

from groundrules.ci.zuul.freezing.merged import FreezeError
from groundrules.ci.zuul.layout.layout import Layout, near
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza, TagRef, Variant, matches

Part = tuple[Stanza, ...]
"""A project stanza, or a template and the project stanza that names it."""


class JobMention(Struct, frozen=True):
    """A mention of a job, and the stanza or template that contains it."""

    variant: Variant
    part: Part


Mentions = dict[str, list[JobMention]]


def applied(mentions: Mentions) -> Mentions:
    """Return the mentions that Zuul applies, without repeated ones."""
    return {
        name: [mention for mention in listed if not mention.variant.spec.is_repeated]
        for name, listed in mentions.items()
    }


class MentionFinder(Struct):
    """Finds the mentions of jobs; stanzas of a project on a branch are collected once."""

    layout: Layout
    _parts: dict[tuple[str, str | TagRef], list[Part]] = {}

    def pipelines(self, project: TenantProject, branch: str | TagRef) -> list[str]:
        """Return the pipelines that can have jobs of a project on a branch.

        These are the pipelines in its stanzas for the branch, and undefined pipelines in any of
        its stanzas, which Zuul refuses on every branch.  For a repository on its own, it is
        unknown which exist.  If a template is missing, every graph is an error, so these are all
        pipelines of the tenant.
        """
        known = self.layout.pipelines
        named = set() if self.layout.tenant.is_alone else self._named(project) - known.keys()
        try:
            parts = self.parts(project, branch)
        except FreezeError:
            return [*known, *sorted(named)]
        named |= {name for part in parts for name in part[0].pipelines}
        return [name for name in known if name in named] + sorted(named - known.keys())

    def mentions(
        self, project: TenantProject, pipeline: str, branch: str | TagRef
    ) -> Mentions | None:
        """Return the mentions by job; None when the project is not in the pipeline.

        The templates of a stanza come first; a repeated mention is included once.  Raises
        `FreezeError` for an undefined template.
        """
        mentions_by_job: Mentions = {}
        taken: set[int] = set()
        in_pipeline = False
        for part in self.parts(project, branch):
            variants = part[0].pipelines.get(pipeline)
            if variants is None:
                continue
            in_pipeline = True
            for variant in variants:
                mentions = mentions_by_job.setdefault(variant.spec.name, [])
                if id(variant) not in taken:
                    taken.add(id(variant))
                    mentions.append(JobMention(variant, part))
        return mentions_by_job if in_pipeline else None

    def naming(self, project: TenantProject, pipeline: str, branch: str | TagRef) -> Stanza | None:
        """Return the first stanza or template that names a pipeline, if one does.

        Those for the branch come first.
        """
        parts: list[Stanza] = []
        with suppress(FreezeError):
            parts += [part[0] for part in self.parts(project, branch)]
        for stanza in self.layout.projects.get(project.canonical_name, []):
            parts += (stanza, *self.layout.templates_of(stanza))
        return next((part for part in parts if pipeline in part.pipelines), None)

    def parts(self, project: TenantProject, branch: str | TagRef) -> list[Part]:
        """Return the stanzas and templates that match a branch, in the order they apply.

        Raises `FreezeError` for an undefined template.
        """
        key = (project.canonical_name, branch)
        if key not in self._parts:
            parts: list[Part] = []
            for stanza in self.layout.projects.get(project.canonical_name, []):
                if matches(stanza.matchers(project), branch):
                    parts += [
                        (template, stanza)
                        for template in self._templates(stanza)
                        if matches(template.matchers(project), branch)
                    ]
                    parts.append((stanza,))
            self._parts[key] = parts
        return self._parts[key]

    def _templates(self, stanza: Stanza) -> list[Stanza]:
        stanzas: list[Stanza] = []
        for word in stanza.spec.templates:
            templates = self.layout.templates.get(word.name, [])
            if not templates and self.layout.tenant.lacks("project-template", word.name):
                end = near(word.name, self.layout.templates)
                message = f"no project-template {word.name!r} is defined{end}"
                raise FreezeError(message, stanza.source.at(word.place))
            stanzas += templates
        return stanzas

    def _named(self, project: TenantProject) -> set[str]:
        named: set[str] = set()
        for stanza in self.layout.projects.get(project.canonical_name, []):
            for part in (stanza, *self.layout.templates_of(stanza)):
                named.update(part.pipelines)
        return named
