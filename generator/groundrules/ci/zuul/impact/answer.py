"""Zuul's part of ``groundrules impact``: what an object touches, and what is lost without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.impact_question import FILE, ImpactQuestion
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.graphs import graphs
from groundrules.ci.zuul.impact.file_users import Opened
from groundrules.ci.zuul.impact.graph_uses import GraphUses, UsedNames
from groundrules.ci.zuul.impact.named_files import subject_of_file
from groundrules.ci.zuul.impact.selected_graphs import may_use_it, selected_graphs
from groundrules.ci.zuul.impact.subject import (
    ImpactSubject,
    check_known,
    definitions_of_subject,
    places_in,
)
from groundrules.ci.zuul.impact.unknown_uses import unknown_uses
from groundrules.ci.zuul.impact.usage_chains import Chains
from groundrules.ci.zuul.impact.without import without
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Parse
from groundrules.ci.zuul.layout.trees import trees_of_tenant
from groundrules.ci.zuul.layout.variants import FileOrigin, PlacedNodeObject, Stanza
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.diagnostics import Diagnostic
from groundrules.garbage import collection_paused
from groundrules.graphs.elements import Step
from groundrules.graphs.impact import Impact, LostGraph, Touched

AT_RUN_TIME = {
    "label": "Zuul builds the same graphs, but a job that requests the label gets no node",
    "semaphore": "Zuul builds the same graphs, and gives the semaphore the limit 1",
    "playbook": "Zuul builds the same graphs, but a job that runs the playbook fails",
    "role file": "Zuul builds the same graphs, but a playbook that uses the role may fail",
    "included file": "Zuul builds the same graphs, but a playbook that includes the file fails",
}


def impact(question: ImpactQuestion) -> Impact:
    """Return what an object touches.  Raises `AskedError` for a name that is not known."""
    read = graphs(question)
    alone, gathered, parsed = read.alone, read.gathered, read.parsed
    # all branches count where the name of the only one is a guess
    branch = read.scope if alone and alone.knows_branches else ""
    subject = ImpactSubject(question.kind, question.name, branch)
    with collection_paused():
        resolver = resolve(gathered, parsed.parse)
        parsed.save()
        root = question.root  # of a tenant: its index is read
        opened = (lambda _: alone.repository) if alone else trees_of_tenant(root).repository
        impact = ZuulImpact(subject, gathered, resolver, parsed.parse, opened).impact()
        return replace(impact, unknown=(*impact.unknown, *read.notes))


class ZuulImpact(Struct, dict=True):
    """An object of a tenant, or of one repository on its own."""

    subject: ImpactSubject
    gathered: Gathered
    resolver: Resolver
    parse: Parse
    opened: Opened

    @cached_property
    def chains(self) -> Chains:
        """The chains to the definitions that use it."""
        return Chains(self.resolver.layout, self.subject)

    def impact(self) -> Impact:
        """Return what it touches.  Raises `AskedError` for an unknown name or path."""
        with collection_paused():
            layout, files = self.resolver.layout, self.gathered.files
            if self.subject.kind == FILE:
                subject = subject_of_file(layout, files, self.subject, self.opened)
                return replace(self, subject=subject)._impact()
            check_known(layout, self.subject)
            return self._impact()

    def _impact(self) -> Impact:
        changed = self.chains.candidates()
        before = list(selected_graphs(self.resolver, self.subject, changed))
        uses = GraphUses(self.chains, UsedNames(self.resolver.layout))
        for frozen in before:
            uses.add(frozen)
        layout = self.resolver.layout
        may_use = may_use_it(layout, self.subject, changed)
        rest = without(self.resolver, self.gathered, self.parse, self.subject, changed)
        is_file = self.subject.kind == FILE
        refused = [each for each in before if each.error and not each.merged and not is_file]
        defined = [*definitions_of_subject(layout, self.subject)]
        return Impact(
            kind=self.subject.kind,
            name=self.subject.name,
            definitions=tuple(step for step, _ in defined),
            nodesets=tuple(self._nodesets()),
            jobs=tuple(self._jobs()),
            stanzas=tuple(dict.fromkeys(step for step, _ in self._stanzas)),
            projects=uses.by_project(),
            owners=tuple(sorted({*self._owners([source for _, source in defined])})),
            losses=tuple(losses_of(before, rest)) if rest else (),
            reported=tuple(dict.fromkeys(self._reported(rest))) if rest else (),
            without=AT_RUN_TIME.get(self.subject.kind, ""),
            unknown=(
                *unknown_uses(layout, refused, self.subject.branch, may_use),
                *(self.subject.run.unknown if self.subject.run else ()),
            ),
        )

    def _nodesets(self) -> Iterator[Touched]:
        for name, chain in self.chains.nodesets.items():
            if (self.subject.kind, self.subject.name) == ("nodeset", name):
                continue
            spec, source = self.resolver.layout.nodesets[name]
            location = source.at(spec.place)
            yield Touched(name=name, locations=(location,) if location else (), chain=chain)

    def _jobs(self) -> Iterator[Touched]:
        for name, chain in self._touched_jobs.items():
            variants = self.resolver.layout.jobs[name]
            places = (each.location for each in variants if self.subject.counts(each.source))
            locations = tuple(filter(None, places))
            yield Touched(name=name, locations=locations, chain=chain)

    @cached_property
    def _touched_jobs(self) -> dict[str, tuple]:  # type: ignore[type-arg]
        jobs = self.chains.jobs()
        if self.subject.kind == "job":
            jobs.pop(self.subject.name, None)
        return {
            name: chain
            for name, chain in jobs.items()
            if not (self.subject.kind == FILE and len(chain) == 1)
        }

    @cached_property
    def _stanzas(self) -> list[tuple[Step, Stanza | PlacedNodeObject]]:
        """The project stanzas, templates and objects of nodes that name the object, where they do.

        Where stanzas name the jobs that a file defines is not listed: the graphs have them.
        """
        layout, subject = self.resolver.layout, self.subject
        placed: list[Stanza | PlacedNodeObject] = [*layout.written_stanzas(), *layout.node_objects]
        return [
            (Step(each.title, each.source.at(place)), each)
            for each in placed
            if subject.counts(each.source) and not subject.has_file(each.source)
            for place in places_in(each, subject)
        ]

    def _owners(self, defined: list[FileOrigin]) -> Iterator[str]:
        layout = self.resolver.layout
        sources = [*defined]
        sources += [
            layout.nodesets[name][1] for name in self.chains.nodesets if name in layout.nodesets
        ]
        sources += [each.source for name in self._touched_jobs for each in layout.jobs[name]]
        sources += [stanza.source for _, stanza in self._stanzas]
        tenant = layout.tenant
        known = {id(project) for project in tenant.projects}
        for source in sources:
            if source.is_here and id(source.project) in known:
                yield tenant.unique_name(source.project)
        yield from self._configured()

    def _configured(self) -> Iterator[str]:
        """Yield the projects that the stanzas are for."""
        layout, stanzas = self.resolver.layout, {id(stanza) for _, stanza in self._stanzas}
        for project in layout.tenant.projects:
            configured = layout.projects.get(project.canonical_name, ())
            if any(id(stanza) in stanzas for stanza in configured):
                yield layout.tenant.unique_name(project)

    def _reported(self, rest: Resolver) -> Iterator[Diagnostic]:
        """Yield the mistakes that only the configuration without the object has.

        Pipelines that share a list by an anchor have the same mistake.
        """
        before = {(each.location, each.message) for each in self.resolver.layout.refusals}
        for each in rest.layout.refusals:
            is_here = self.subject.branch in ("", rest.branches.get(each.location.path, ""))
            if is_here and (each.location, each.message) not in before:
                yield each


def losses_of(before: Iterable[Frozen], rest: Resolver) -> Iterator[LostGraph]:
    """Yield what each graph loses in ``rest``, the tenant without the object.

    A graph that Zuul refuses already loses nothing.
    """
    for frozen in before:
        project = rest.project(frozen.project)
        if frozen.error or project is None:
            continue
        after = rest.frozen(project, frozen.pipeline, frozen.branch)
        names = {job.name for job in after.shape.jobs} if after else set()
        jobs = tuple(job.name for job in frozen.shape.jobs if job.name not in names)
        is_whole = after is None or after.error is not None
        if is_whole or jobs:
            yield LostGraph(
                project=frozen.project,
                pipeline=frozen.pipeline,
                branch=frozen.branch,
                error=after.error if after else None,
                jobs=() if is_whole else jobs,
            )
