"""A resolved tenant → `groundrules.graphs.definitions.Definitions`, which checks read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from msgspec import structs

from groundrules.ci.zuul.branch_choices import branch_choices
from groundrules.ci.zuul.defined_variants import defined_variant, labels
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gaps import BEARING
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.sharing import shared_projects
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.trees import TenantTrees
from groundrules.ci.zuul.layout.variants import FileOrigin, Stanza
from groundrules.ci.zuul.placing import placed
from groundrules.ci.zuul.resolver import Resolver
from groundrules.ci.zuul.system import WORDS
from groundrules.graphs.definitions import (
    DefinedVariant,
    Definitions,
    Nodeset,
    PipelineUse,
    Semaphore,
    SourceFile,
)
from groundrules.graphs.trees import Branch, Tree, Trees
from groundrules.rules.zuul import ONLY_WITH_GRAPHS, ORDINARY

ANY_BRANCH = "any branch"
"""A branch that only general expressions match: git accepts no space in a name."""


def definitions_of(
    resolver: Resolver,
    trees: TenantTrees | None = None,
    name: str = "",
    branch: str = "",
    sources: Iterable[FileOrigin] = (),
) -> Definitions:
    """Return everything that a tenant defines, with all its graphs.

    ``trees`` lists the files of the repositories; without it no file matcher can be checked.  Of
    one ``branch`` only its own graphs, definitions and mistakes are returned.  ``sources`` are
    the files that were read.
    """
    layout, tenant = resolver.layout, resolver.layout.tenant
    shared, findings = shared_projects(layout), resolver.findings(branch)
    return replace(
        shared_objects(layout),
        name=name or tenant.name,
        definitions=MappingProxyType(dict(_definitions(layout, branch))),
        mentions=tuple(mention for mention in _mentions(layout) if branch in ("", mention.branch)),
        nodesets=MappingProxyType(dict(_nodesets(layout))),
        graphs=tuple(
            placed(resolver, frozen)
            for frozen in resolver.graphs(branch)
            if _is_known(resolver, frozen)
        ),
        trees=_trees(layout, trees) if trees else MappingProxyType({}),
        shared=shared,
        missing=frozenset(tenant.missing),
        unread=frozenset(project.name for project in tenant.projects if not project.classes),
        lost=frozenset(
            source.path for source in layout.unread if source.path and branch in ("", source.branch)
        ),
        lost_mentions=frozenset(layout.lost_mentions),
        broken=frozenset(_broken(layout)),
        words=WORDS,
        mistakes=tuple(one for one in findings if one.rule.id not in ONLY_WITH_GRAPHS),
        names_elsewhere=sum(one.rule.id in ORDINARY for one in findings),
        unsure_branches=resolver.unsure_branches,
        pipeline_uses=tuple(_pipeline_uses(layout, shared)),
        branch_choices=tuple(branch_choices(layout, shared, branch)),
        files=source_files(sources),
        default_branches=default_branches(tenant.projects),
        configured=tuple(each.name for each in tenant.projects[1:]) if tenant.is_alone else (),
        unchecked=tuple(layout.other_projects(branch)),
        name_expressions=tuple(layout.name_expressions(branch)),
    )


def _is_known(resolver: Resolver, frozen: Frozen) -> bool:
    """Return whether a graph that Zuul refuses is refused for every branch.

    A project whose repository is not here may not have the branch that is assumed for it.
    """
    project = resolver.project(frozen.project) if frozen.error else None
    if project is None or not project.assumes_branch:
        return True
    other = resolver.frozen(project, frozen.pipeline, ANY_BRANCH)
    return other is not None and other.error == frozen.error


def shared_objects(layout: Layout) -> Definitions:
    """Return the pipelines and semaphores, which no project and branch has for itself."""
    pipelines = layout.pipelines.values()
    known = ((name, semaphore_of(layout, name)) for name in layout.semaphores)
    return Definitions(
        semaphores=MappingProxyType({name: semaphore for name, semaphore in known if semaphore}),
        pipelines=frozenset(layout.pipelines),
        is_complete=layout.tenant.is_complete,
        timers=MappingProxyType({pipeline.name: pipeline.timers for pipeline in pipelines}),
        serial_pipelines=frozenset(pipeline.name for pipeline in pipelines if pipeline.is_serial),
    )


def source_files(sources: Iterable[FileOrigin]) -> Mapping[str, SourceFile]:
    """Return the files of a configuration by the paths that findings have."""
    return MappingProxyType(
        {
            source.path: SourceFile(source.project.name, source.branch, source.file)
            for source in sources
            if source.path
        }
    )


def default_branches(projects: Iterable[TenantProject]) -> Mapping[str, str]:
    """Return the default branches that are known, by project."""
    return MappingProxyType(
        {project.name: project.default_branch for project in projects if project.default_branch}
    )


def _definitions(layout: Layout, branch: str) -> Iterator[tuple[str, tuple[DefinedVariant, ...]]]:
    for name, variants in layout.jobs.items():
        defined = tuple(
            defined_variant(variant, variant.location, variant.source.project.name)
            for variant in variants
            if variant.location and branch in ("", variant.source.branch)
        )
        if defined:
            yield name, defined


def _mentions(layout: Layout) -> Iterator[DefinedVariant]:
    for_unknown = {id(stanza) for stanza in layout.expressions}
    for stanza, project in _stanzas(layout):
        for variant in stanza.mentions:
            if variant.location:
                mention = defined_variant(variant, variant.location, project)
                yield structs.replace(mention, is_for_unknown=id(stanza) in for_unknown)


def _stanzas(layout: Layout) -> Iterator[tuple[Stanza, str]]:
    """Yield each stanza and template, one for many projects once, with the first project."""
    seen: set[int] = set()
    for target, stanzas in (*layout.projects.items(), *layout.templates.items()):
        project = layout.tenant.project(target) if target in layout.projects else None
        for stanza in stanzas:
            if id(stanza) not in seen:
                seen.add(id(stanza))
                yield stanza, project.name if project else stanza.source.project.name


def _pipeline_uses(layout: Layout, shared: Collection[str]) -> Iterator[PipelineUse]:
    """Yield the pipelines of each project, without those in templates of ``shared`` projects."""
    for target, stanzas in layout.projects.items():
        project = layout.tenant.project(target)
        name = project.name if project else target
        for stanza in stanzas:
            for part in (stanza, *layout.templates_of(stanza)):
                if part.spec.is_template and part.source.project.name in shared:
                    continue
                for pipeline in part.pipelines:
                    if location := part.source.at(part.spec.place_of(pipeline)):
                        yield PipelineUse(pipeline, name, location)


def _nodesets(layout: Layout) -> Iterator[tuple[str, Nodeset]]:
    for name, (spec, source) in layout.nodesets.items():
        if location := source.at(spec.place):
            nodeset = Nodeset(
                name=name,
                project=source.project.name,
                location=location,
                labels=labels(spec, source),
                is_empty=not spec.labels and not spec.alternatives,
            )
            yield name, nodeset


def semaphore_of(layout: Layout, name: str) -> Semaphore | None:
    """Return a semaphore, which has limit 1 without a definition; None if it is not known."""
    if name not in layout.semaphores:
        is_lost = ("semaphore", name) in layout.lost_names
        return None if is_lost or not layout.tenant.is_complete else Semaphore(name=name)
    spec, source = layout.semaphores[name]
    location = source.at(spec.place)
    places = [(source.branch, location), *layout.semaphores_again.get(name, ())]
    return Semaphore(
        name=name,
        limit=int(spec.identity) if spec.identity.isdigit() else 1,
        location=location,
        by_branch={branch: place for branch, place in places if place},
    )


def _broken(layout: Layout) -> Iterator[str]:
    """Yield the projects of which a broken object may name jobs; those of all for a trusted one."""
    for source, kind in layout.broken:
        if not kind or kind in BEARING:
            projects = layout.tenant.projects if source.project.trusted else [source.project]
            yield from (project.name for project in projects)


def _trees(layout: Layout, trees: TenantTrees) -> Trees:
    """Return the trees of the projects that configuration is read of, none of them read yet."""
    tenant = layout.tenant
    here = tenant.projects[:1] if tenant.is_alone else tenant.projects
    projects = {project.name: project for project in here if project.classes}
    playbooks: dict[Branch, set[str]] = {}
    for variant in layout.definitions():
        branch = variant.source.project.name, variant.source.branch
        names = (playbook.name for playbook in variant.spec.playbooks)
        playbooks.setdefault(branch, set()).update(names)

    def read(name: str, branch: str) -> Tree | None:
        return trees.tree(projects[name], branch, frozenset(playbooks.get((name, branch), ())))

    branches = (
        (project.name, branch) for project in projects.values() for branch in project.all_branches
    )
    return Trees(branches, read)
