"""A resolved tenant → `groundrules.graphs.definitions.Definitions`, which checks read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.lost import BEARING
from groundrules.ci.zuul.layout.sharing import shared_projects
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.trees import TenantTrees
from groundrules.ci.zuul.layout.variants import FileOrigin, Variant
from groundrules.ci.zuul.placing import Placing
from groundrules.ci.zuul.reading.expressions import expression
from groundrules.ci.zuul.reading.objects import JobSpec, NodesetSpec, Word
from groundrules.ci.zuul.resolver import Resolver
from groundrules.ci.zuul.words import WORDS
from groundrules.diagnostics import Location
from groundrules.graphs.definitions import (
    DefinedVariant,
    Definitions,
    FileMatcher,
    Nodeset,
    PipelineUse,
    Semaphore,
    SourceFile,
)
from groundrules.graphs.elements import NameAt
from groundrules.graphs.trees import Branch, Tree, Trees
from groundrules.rules.zuul import ONLY_WITH_GRAPHS


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
    layout = resolver.layout
    definitions = {job: _definitions(variants, branch) for job, variants in layout.jobs.items()}
    mentions = tuple(each for each in _mentions(layout) if branch in ("", each.branch))
    return Definitions(
        name=name or layout.tenant.name,
        definitions=MappingProxyType(
            {job: variants for job, variants in definitions.items() if variants}
        ),
        mentions=mentions,
        nodesets=MappingProxyType(dict(_nodesets(layout))),
        semaphores=MappingProxyType(dict(_semaphores(layout))),
        graphs=tuple(map(Placing(resolver).placed, resolver.graphs(branch))),
        trees=_trees(layout, trees) if trees else MappingProxyType({}),
        shared=shared_projects(layout),
        missing=frozenset(layout.tenant.missing),
        unread=frozenset(each.name for each in layout.tenant.projects if not each.classes),
        lost=frozenset(
            source.path for source in layout.unread if source.path and branch in ("", source.branch)
        ),
        lost_mentions=frozenset(layout.lost_mentions),
        broken=frozenset(_broken(layout)),
        is_complete=layout.tenant.is_complete,
        words=WORDS,
        mistakes=tuple(
            mistake
            for mistake in resolver.findings(branch)
            if mistake.rule.id not in ONLY_WITH_GRAPHS
        ),
        unsure_branches=resolver.unsure_branches,
        pipelines=frozenset(layout.pipelines),
        pipeline_uses=tuple(_pipeline_uses(layout)),
        files=source_files(sources),
        default_branches=default_branches(layout.tenant.projects),
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


def _broken(layout: Layout) -> Iterator[str]:
    """Yield the projects of which a broken object may name jobs; those of all for a trusted one."""
    for source, kind in layout.broken:
        if kind and kind not in BEARING:
            continue
        projects = layout.tenant.projects if source.project.trusted else [source.project]
        yield from (each.name for each in projects)


def _pipeline_uses(layout: Layout) -> Iterator[PipelineUse]:
    """Yield each pipeline that a stanza or template names; one for many projects comes once."""
    stanzas = {
        id(stanza): stanza
        for listed in (*layout.projects.values(), *layout.templates.values())
        for stanza in listed
    }
    for stanza in stanzas.values():
        for pipeline, variants in stanza.pipelines.items():
            first = next((each.location for each in variants if each.location), stanza.location)
            if first:
                project = stanza.source.project.name
                yield PipelineUse(pipeline, project, first, stanza.spec.is_template)


def _definitions(variants: Iterable[Variant], branch: str) -> tuple[DefinedVariant, ...]:
    return tuple(
        _variant(variant, variant.location, variant.source.project.name)
        for variant in variants
        if variant.location and branch in ("", variant.source.branch)
    )


def _mentions(layout: Layout) -> Iterator[DefinedVariant]:
    """Yield the mentions of all stanzas and templates; one for many projects comes once."""
    seen: set[int] = set()
    for target, stanzas in (*layout.projects.items(), *layout.templates.items()):
        project = layout.tenant.project(target) if target in layout.projects else None
        for stanza in stanzas:
            if id(stanza) in seen:
                continue
            seen.add(id(stanza))
            name = project.name if project else stanza.source.project.name
            for variants in stanza.pipelines.values():
                yield from (
                    _variant(each, each.location, name) for each in variants if each.location
                )


def _variant(placed: Variant, location: Location, project: str) -> DefinedVariant:
    spec, source = placed.spec, placed.source
    return DefinedVariant(
        job=spec.name,
        project=project,
        branch=source.branch,
        location=location,
        is_mention=spec.is_entry,
        is_abstract=spec.abstract,
        is_voting=spec.voting,
        parent=spec.parent,
        dependencies=tuple(each.name for each in spec.dependencies or ()),
        matchers=tuple(_matchers(spec, source)),
        semaphores=_written(spec.semaphores, source),
        nodeset=_nodeset_name(spec, source),
        labels=_labels(spec.nodeset, source),
    )


def _matchers(spec: JobSpec, source: FileOrigin) -> Iterator[FileMatcher]:
    for words, irrelevant in ((spec.file_words, False), (spec.irrelevant_file_words, True)):
        for word in words:
            if not (found := expression(word.name)).is_run:
                continue  # nobody knows what it matches
            if location := source.at(word.place):
                yield FileMatcher(
                    pattern=word.name,
                    location=location,
                    irrelevant=irrelevant,
                    matches=found.matches,
                )


def _written(words: Sequence[Word], source: FileOrigin) -> tuple[NameAt, ...]:
    return tuple(
        NameAt(word.name, location) for word in words if (location := source.at(word.place))
    )


def _nodeset_name(spec: JobSpec, source: FileOrigin) -> NameAt | None:
    if not isinstance(spec.nodeset, str):
        return None
    location = source.at(spec.nodeset_place or spec.place)
    return NameAt(spec.nodeset, location) if location else None


def _labels(nodeset: str | NodesetSpec | None, source: FileOrigin) -> tuple[NameAt, ...]:
    if not isinstance(nodeset, NodesetSpec):
        return ()
    inner = (label for each in nodeset.alternatives for label in _labels(each, source))
    return (*_written(nodeset.labels, source), *inner)


def _nodesets(layout: Layout) -> Iterator[tuple[str, Nodeset]]:
    for name, (spec, source) in layout.nodesets.items():
        if location := source.at(spec.place):
            nodeset = Nodeset(
                name=name,
                project=source.project.name,
                location=location,
                labels=_labels(spec, source),
                is_empty=not spec.labels and not spec.alternatives,
            )
            yield name, nodeset


def _semaphores(layout: Layout) -> Iterator[tuple[str, Semaphore]]:
    for name, (spec, source) in layout.semaphores.items():
        limit = int(spec.identity) if spec.identity.isdigit() else 1
        yield name, Semaphore(name=name, limit=limit, location=source.at(spec.place))


def _trees(layout: Layout, trees: TenantTrees) -> Trees:
    """Return the trees of the projects that configuration is read of, none of them read yet."""
    projects = {each.name: each for each in layout.tenant.projects if each.classes}
    playbooks: dict[Branch, set[str]] = {}
    for variants in layout.jobs.values():
        for each in variants:
            names = (playbook.name for playbook in each.spec.playbooks)
            playbooks.setdefault((each.source.project.name, each.source.branch), set()).update(
                names
            )

    def read(name: str, branch: str) -> Tree | None:
        return trees.tree(projects[name], branch, frozenset(playbooks.get((name, branch), ())))

    branches = ((each.name, branch) for each in projects.values() for branch in each.all_branches)
    return Trees(branches, read)
