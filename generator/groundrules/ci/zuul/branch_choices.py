"""``branches`` of jobs, mentions and stanzas, with the branches that each can be for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from groundrules.ci.zuul.layout.any_tag import AnyTag
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza, Variant
from groundrules.ci.zuul.reading.expressions import expression
from groundrules.graphs.definitions import BranchChoice
from groundrules.graphs.elements import FilePattern

ANY_TAG = AnyTag(branches=())
"""A tag of which neither the name nor a branch with it is known."""


def branch_choices(
    layout: Layout, shared: Collection[str], branch: str = ""
) -> Iterator[BranchChoice]:
    """Yield each ``branches`` whose possible branches are all known.

    Other tenants may use the templates and jobs of ``shared`` projects for theirs.  With
    ``branch``, only those in its files are yielded.
    """
    sets: dict[tuple[str, ...], frozenset[str]] = {}  # one for the stanzas of all branches
    for stanza, projects in _targets(layout, shared):
        if branch in ("", stanza.source.branch) and all(
            _is_known(project, layout) for project in projects
        ):
            names = tuple(layout.tenant.unique_name(project) for project in projects)
            if names not in sets:
                sets[names] = _branches(projects)
            yield from _of_stanza(stanza, names, sets[names], layout)
    projects = [project for project in layout.tenant.projects if project.classes]
    if layout.tenant.is_complete and all(_is_known(project, layout) for project in projects):
        every = _branches(projects)
        for variant in layout.definitions():
            if variant.source.project.name not in shared:
                yield from _choice(variant, (), every)


def _branches(projects: Iterable[TenantProject]) -> frozenset[str]:
    return frozenset(name for project in projects for name in project.all_branches)


def _is_known(project: TenantProject, layout: Layout) -> bool:
    return project.has_all_branches and project.name not in layout.tenant.missing


def _targets(
    layout: Layout, shared: Collection[str]
) -> Iterator[tuple[Stanza, list[TenantProject]]]:
    """Yield each stanza and template once, with the projects that it configures."""
    by_name = {project.canonical_name: project for project in layout.tenant.projects}
    targets: dict[int, tuple[Stanza, dict[str, TenantProject]]] = {}
    for name, stanzas in layout.projects.items():
        for stanza in stanzas if name in by_name else ():
            for part in (stanza, *_own_templates(stanza, layout, shared)):
                targets.setdefault(id(part), (part, {}))[1][name] = by_name[name]
    for stanza, projects in targets.values():
        yield stanza, [*projects.values()]


def _own_templates(stanza: Stanza, layout: Layout, shared: Collection[str]) -> Iterator[Stanza]:
    for template in layout.templates_of(stanza) if layout.tenant.is_complete else ():
        if template.source.project.name not in shared:
            yield template


def _of_stanza(
    stanza: Stanza, names: tuple[str, ...], branches: frozenset[str], layout: Layout
) -> Iterator[BranchChoice]:
    yield from _choice(stanza, names, branches)
    for pipeline, variants in stanza.pipelines.items():
        for_tags = layout.may_run_for_tags(pipeline)
        for variant in variants:
            yield from _choice(variant, names, branches, for_tags=for_tags)


def _choice(
    placed: Variant | Stanza,
    projects: tuple[str, ...],
    branches: frozenset[str],
    *,
    for_tags: bool = True,
) -> Iterator[BranchChoice]:
    """Yield the choice of an object, unless it may be for a tag or is for Python's engine."""
    spec = placed.spec
    compiled = [expression(*pattern) for pattern in spec.branches or ()]
    location = placed.source.at(spec.branch_places[0]) if compiled else None
    is_stanza = isinstance(placed, Stanza) and not placed.spec.is_template
    is_known = all(each.is_run and not (for_tags and ANY_TAG.is_for(each)) for each in compiled)
    if location and branches and is_known:
        yield BranchChoice(
            what=f"stanza of the {placed.title}" if is_stanza else placed.title,
            expressions=tuple(FilePattern(*pattern) for pattern in spec.branches or ()),
            location=location,
            projects=projects,
            branches=branches,
            matches=lambda branch: any(each.matches(branch) for each in compiled),
        )
