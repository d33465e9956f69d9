"""The nodesets and jobs that an object touches by their definitions, with the chains.

A chain starts at the object, and each of its steps names the one before.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from groundrules.ci.impact_question import FILE
from groundrules.ci.zuul.impact.subject import (
    OFFERED,
    ImpactSubject,
    nodesets_named,
    variants_of,
    words_of,
)
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import FileOrigin, Variant
from groundrules.ci.zuul.reading.nodesets import labels_of
from groundrules.ci.zuul.reading.objects import NodesetSpec
from groundrules.graphs.elements import Step

Chain = tuple[Step, ...]


def nodeset_step(spec: NodesetSpec, source: FileOrigin) -> Step:
    """Return a nodeset as a step of a chain."""
    return Step(f"nodeset {spec.name!r}", source.at(spec.place))


class Chains(Struct):
    """The chains from an object to the nodesets and jobs that use it, by name."""

    layout: Layout
    subject: ImpactSubject
    nodesets: dict[str, Chain] = {}
    direct: dict[str, Chain] = {}
    """The jobs of which a definition is it or names it, or a nodeset with it."""

    replaceable: dict[str, str] = {}
    """The jobs that use it only by ``nodeset`` or ``run``, which a child can replace."""

    def __post_init__(self) -> None:
        self._find_nodesets()
        for variant in self.layout.definitions():
            name = variant.spec.name
            chain = self.start(variant) if self.subject.counts(variant.source) else None
            if chain is not None and name not in self.direct:
                self.direct[name] = (*chain, variant.step)
                if chain and (attribute := self._replaceable(variant)):
                    self.replaceable[name] = attribute

    def _find_nodesets(self) -> None:
        containing: dict[str, list[str]] = {}
        for name, (spec, source) in self.layout.nodesets.items():
            for other in {*nodesets_named(spec)}:
                containing.setdefault(other, []).append(name)
            if (start := self._nodeset_start(name, spec, source)) is not None:
                self.nodesets[name] = (*start, nodeset_step(spec, source))
        if self.subject.kind == "nodeset":
            self.nodesets.setdefault(self.subject.name, ())
        for name in (todo := [*self.nodesets]):
            for other in containing.get(name, ()):
                if other not in self.nodesets:
                    step = nodeset_step(*self.layout.nodesets[other])
                    self.nodesets[other] = (*self.nodesets[name], step)
                    todo.append(other)

    def _nodeset_start(self, name: str, spec: NodesetSpec, source: FileOrigin) -> Chain | None:
        """Return the steps before a nodeset that is the object, or contains the label."""
        is_it = self.subject.kind == "nodeset" and name == self.subject.name
        return () if is_it or self.subject.has_file(source) else self._label(spec, source)

    def _label(self, nodeset: str | NodesetSpec | None, source: FileOrigin) -> Chain | None:
        for word in labels_of(nodeset):
            if any(self.subject.means(kind, word.name) for kind in ("label", OFFERED)):
                return (Step(f"label {word.name!r}", source.at(word.place)),)
        return None

    def start(self, variant: Variant) -> Chain | None:
        """Return the steps before a definition or mention that uses the object itself.

        None is for one that does not use it.
        """
        kind, name, spec = self.subject.kind, self.subject.name, variant.spec
        if self.subject.run is not None:
            return self.subject.run.steps(variant.source, spec.playbooks)
        if kind in ("job", "parent"):
            return () if spec.name == name and not spec.is_entry else None
        if kind == FILE and self.subject.has_file(variant.source):
            return ()
        return self._named(variant) or self.nodeset_chain(variant)

    def nodeset_chain(self, variant: Variant) -> Chain | None:
        """Return the steps before a variant whose nodeset has the object, or is it."""
        nodeset = variant.spec.nodeset
        if chain := self._label(nodeset, variant.source):
            return chain
        named = (self.nodesets.get(name) for name in nodesets_named(nodeset))
        return next((chain for chain in named if chain is not None), None)

    def _named(self, variant: Variant) -> Chain | None:
        for kind, word in words_of(variant):
            if self.subject.means(kind, word.name):
                return (Step(f"{kind} {word.name!r}", variant.source.at(word.place)),)
        return None

    def jobs(self) -> dict[str, Chain]:
        """Return the jobs that use it by their definitions, or inherit from one that does.

        A job that replaces the inherited nodeset or playbook is not included.
        """
        jobs = dict(self.direct)
        children = children_of(self.layout, self.subject, surely=True)
        for name in (todo := [*jobs]):
            attribute = self.replaceable.get(name, "")
            for variant in children.get(name, ()):
                child = variant.spec.name
                if child not in jobs and not (attribute and self._sets(child, attribute)):
                    jobs[child] = (*jobs[name], variant.step)
                    self.replaceable[child] = attribute
                    todo.append(child)
        if self.subject.kind == "parent":
            jobs.pop(self.subject.name, None)
        return jobs

    def _replaceable(self, variant: Variant) -> str:
        """Return the only attribute by which a definition uses it, if a child can replace that."""
        spec, run = variant.spec, self.subject.run
        around = (*spec.pre_run, *spec.post_run, *spec.cleanup_run)
        if run is not None:
            return "run" if run.steps(variant.source, around) is None else ""
        kinds = {kind for kind, word in words_of(variant) if self.subject.means(kind, word.name)}
        has_nodeset = self.nodeset_chain(variant) is not None
        if kinds == {"secret"} and not around and not has_nodeset:
            return "run"  # Zuul passes a secret to the playbooks of the same definition
        return "nodeset" if has_nodeset and not kinds else ""

    def _sets(self, job: str, attribute: str) -> bool:
        return any(getattr(variant.spec, attribute) for variant in self.layout.jobs[job])

    def candidates(self) -> set[str]:
        """Return all jobs that may use it in a graph, or change without it."""
        children = children_of(self.layout, self.subject, surely=False)
        names = {*self.direct, *self._mentions_and_dependents()}
        for name in (todo := [*names]):
            new = {variant.spec.name for variant in children.get(name, ())} - names
            names |= new
            todo += new
        return names

    def _mentions_and_dependents(self) -> Iterator[str]:
        """Yield jobs with a mention that uses it, or with a dependency on it."""
        is_job = self.subject.kind in ("job", "parent")
        for variant in variants_of(self.layout):
            spec = variant.spec
            waits = is_job and any(
                each.name == self.subject.name for each in spec.dependencies or ()
            )
            if waits or (spec.is_entry and self.start(variant) is not None):
                yield spec.name


def children_of(
    layout: Layout, subject: ImpactSubject, *, surely: bool
) -> dict[str, list[Variant]]:
    """Return the definitions that inherit from each job.

    Zuul takes the default parent for the first definition that matches a branch, which
    ``surely`` the first one of all can be.
    """
    children: dict[str, list[Variant]] = {}
    for variants in layout.jobs.values():
        for index, variant in enumerate(variants):
            parent = variant.spec.parent
            if parent is None and not variant.spec.is_base and not (surely and index):
                parent = layout.tenant.default_parent
            if parent and parent != variant.spec.name and subject.counts(variant.source):
                children.setdefault(parent, []).append(variant)
    return children
