"""The libraries of a tenant: projects whose objects other projects use."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from groundrules.ci.zuul.layout.layout import NOOP, Layout
from groundrules.ci.zuul.layout.variants import Stanza


def shared_projects(layout: Layout) -> frozenset[str]:
    """Return the projects whose jobs, templates or roles other projects use or may use.

    These are all config projects, projects with a template that they do not use themselves,
    projects with a job named after a sibling whose configuration the tenant does not read, and
    projects for which the tenant runs no job but 'noop'.  If no project here uses their objects,
    another tenant may.
    """
    # the users of a repository on its own are unknown, so only its own stanzas count
    shared = {
        project.name
        for project in layout.tenant.projects
        if project.trusted and not project.is_alone
    }
    shared.update(_offering(layout))
    for user, owner in (*_uses(layout), *_roles(layout)):
        if user != owner:
            shared.add(owner)
    return frozenset(shared)


def _offering(layout: Layout) -> Iterator[str]:
    """Yield the projects with a template that their own stanzas do not use."""
    used = {
        (target, word.name)
        for target, stanzas in layout.projects.items()
        for stanza in stanzas
        for word in stanza.spec.templates
    }
    for name, templates in layout.templates.items():
        definer = templates[0].source.project
        if (definer.canonical_name, name) not in used:
            yield definer.name
    for project in layout.tenant.projects:
        stanzas = layout.projects.get(project.canonical_name, ())
        if not project.is_alone and not any(_runs_jobs(layout, stanza) for stanza in stanzas):
            yield project.name
    unread = {project.name for project in layout.tenant.projects if not project.classes}
    for name, variants in layout.jobs.items():
        owner = variants[0].source.project.name
        team = owner.rpartition("/")[0]
        if any(f"{team}/{part}" in unread and part not in owner for part in _parts(name)):
            yield owner


def _runs_jobs(layout: Layout, stanza: Stanza) -> bool:
    """Return whether a stanza or its templates run a job other than 'noop'."""
    parts = (stanza, *layout.templates_of(stanza))
    return any(entry.name != NOOP.name for part in parts for entry in part.spec.mentions)


def _parts(name: str) -> Iterator[str]:
    """Yield each sequence of words in a name: 'a-b' has 'a', 'a-b' and 'b'."""
    words = name.split("-")
    for start in range(len(words)):
        for end in range(start, len(words)):
            yield "-".join(words[start : end + 1])


def _uses(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the user and the owner of each used job and template."""
    owners = {
        name: variants[0].source.project.name
        for name, variants in layout.jobs.items()
        if variants[0].source.project.canonical_name  # Zuul's built-in jobs have no owner
    }
    for variant in layout.definitions():
        user = variant.source.project.name
        yield from ((user, owners[name]) for name in variant.spec.named_jobs if name in owners)
    for target, stanzas in layout.projects.items():
        project = layout.tenant.project(target)
        if layout.tenant.is_alone and project is not layout.tenant.projects[0]:
            continue
        user = project.name if project else target
        for stanza in stanzas:
            for template in layout.templates_of(stanza):
                yield user, template.source.project.name
            yield from _mentioned(user, stanza, owners)
    for template in chain.from_iterable(layout.templates.values()):
        yield from _mentioned(template.source.project.name, template, owners)


def _roles(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the user and the owner of each used project with roles."""
    for variant in layout.definitions():
        for name in variant.spec.role_projects:
            if owner := layout.tenant.project(name):
                yield variant.source.project.name, owner.name


def _mentioned(user: str, stanza: Stanza, owners: dict[str, str]) -> Iterator[tuple[str, str]]:
    for entry in stanza.spec.mentions:
        for name in (entry.name, *entry.named_jobs):
            if name in owners:
                yield user, owners[name]
