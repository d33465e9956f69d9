"""Which jobs a project mentions in a pipeline, on a branch, and through which templates.

https://zuul-ci.org/docs/zuul/latest/config/project.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

from groundrules.ci.zuul.freezing.merged import FreezeError
from groundrules.ci.zuul.layout.layout import Layout, near
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza, Variant, matches

Part = tuple[Stanza, ...]
"""A project stanza, or a template and the project stanza that names it."""


@dataclass(frozen=True, slots=True)
class JobMention:
    """One mention of a job and the stanzas that brought it."""

    variant: Variant
    part: Part


Mentions = dict[str, list[JobMention]]


@dataclass(slots=True)
class MentionFinder:
    """Finds the mentions of jobs; those of a project on a branch are gathered once."""

    layout: Layout
    _parts: dict[tuple[str, str], list[Part]] = field(default_factory=dict)

    def pipelines(self, project: TenantProject, branch: str) -> list[str]:
        """Return the pipelines that can have jobs of a project on a branch.

        They are those its stanzas for the branch name, and any it names that do not exist: Zuul
        refuses these on every branch.  A repository on its own does not know which exist.  Where a
        template is missing, which spoils every graph, they are all of the tenant's.
        """
        known = self.layout.pipelines
        named = set() if self.layout.tenant.is_alone else self._named(project) - known.keys()
        try:
            parts = self.parts(project, branch)
        except FreezeError:
            return [*known, *sorted(named)]
        named |= {name for part in parts for name in part[0].pipelines}
        return [name for name in known if name in named] + sorted(named - known.keys())

    def mentions(self, project: TenantProject, pipeline: str, branch: str) -> Mentions | None:
        """Return the mentions by job; None when the project is not in the pipeline.

        Of each stanza its templates come first; a mention that comes twice counts once.  Raises
        `FreezeError` for a template that is not defined.
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

    def parts(self, project: TenantProject, branch: str) -> list[Part]:
        """Return the stanzas and templates for a branch, in the order they apply.

        Raises `FreezeError` for a template that is not defined.
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
            if not templates and self.layout.tenant.is_complete:
                end = near(word.name, self.layout.templates)
                message = f"no project-template {word.name!r} is defined{end}"
                raise FreezeError(message, stanza.source.at(word.place))
            stanzas += templates
        return stanzas

    def _named(self, project: TenantProject) -> set[str]:
        named: set[str] = set()
        for stanza in self.layout.projects.get(project.canonical_name, []):
            named.update(stanza.pipelines)
            for word in stanza.spec.templates:
                for template in self.layout.templates.get(word.name, []):
                    named.update(template.pipelines)
        return named
