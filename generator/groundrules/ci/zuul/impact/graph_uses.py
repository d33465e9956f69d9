"""The jobs of frozen graphs that use an object, with the chain from it to the project."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from groundrules.ci.impact_question import FILE
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.mentions import JobMention
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.freezing.provenance import chain_of
from groundrules.ci.zuul.impact.subject import RunFile, nodesets_named, words_of
from groundrules.ci.zuul.impact.usage_chains import Chain, Chains
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import Variant
from groundrules.ci.zuul.reading.nodesets import labels_of
from groundrules.ci.zuul.reading.objects import NodesetSpec
from groundrules.graphs.elements import Step
from groundrules.graphs.impact import ProjectUses, Use


class UsedNames(Struct):
    """Answers of which labels and jobs a job uses; the labels of a nodeset are collected once."""

    layout: Layout
    _labels: dict[str, frozenset[str]] = {}

    def labels(self, job: Merged) -> frozenset[str]:
        """Return the labels of the nodeset that a job has, and of all alternatives in it."""
        written = job.nodeset_variant.spec.nodeset if job.nodeset_variant else None
        if not isinstance(written, str):
            return self._of_nodeset(written)
        if written not in self._labels:
            self._labels[written] = self._of_nodeset(written)
        return self._labels[written]

    def _of_nodeset(self, written: str | NodesetSpec | None) -> frozenset[str]:
        labels: set[str] = set()
        visited: set[str] = set()
        todo = [written]
        while todo:
            nodeset = todo.pop()
            labels.update(word.name for word in labels_of(nodeset))
            names = {*nodesets_named(nodeset)} - visited
            visited |= names
            todo += [self.layout.nodesets[name][0] for name in names & self.layout.nodesets.keys()]
        return frozenset(labels)

    @staticmethod
    def jobs(job: Merged) -> set[str]:
        """Return the jobs whose definitions a job is made of: its own name and its parents'."""
        return {variant.spec.name for variant in job.applied}


Key = tuple[str, str, int, tuple[int, ...]]


class GraphUses(Struct):
    """Collects the uses; the chain of graphs with the same job and mentions is made once."""

    chains: Chains
    used: UsedNames
    _chains: dict[Key, Chain | None] = {}
    _graphs: dict[tuple[str, str, Chain], list[tuple[str, str]]] = {}
    _kept: list[Merged] = []

    def add(self, frozen: Frozen) -> None:
        """Add the jobs of a graph; of a refused one, those that are known."""
        for job in (frozen.merged or frozen.shape).jobs:
            mentions = frozen.mentions[job.name]
            if chain := self._chain(frozen.project, job, mentions):
                key = frozen.project, job.name, chain
                self._graphs.setdefault(key, []).append((frozen.pipeline, frozen.branch))

    def _chain(self, project: str, job: Merged, mentions: Sequence[JobMention]) -> Chain | None:
        parts = tuple(id(part) for mention in mentions for part in (mention.variant, *mention.part))
        key = project, job.name, id(job), parts
        if key not in self._chains:
            self._chains[key] = self._found(job, mentions)
            self._kept.append(job)  # else another one could have its id
        return self._chains[key]

    def _found(self, job: Merged, mentions: Sequence[JobMention]) -> Chain | None:
        """Return the chain from the object to the graph; None if the job does not use it."""
        kind, name = self.chains.subject.kind, self.chains.subject.name
        if self.chains.subject.run is not None:
            return self._from_playbooks(job, mentions, self.chains.subject.run)
        if kind == "template":
            return self._from_template(mentions)
        if kind == "parent" and job.name == name:
            return None
        if kind == "label" and name not in self.used.labels(job):
            return None
        if kind in ("job", "parent") and name not in self.used.jobs(job):
            return None
        if kind in ("label", "nodeset"):
            return self._from_nodeset(job, mentions)
        if kind == "semaphore":
            return self._from_words(job, mentions)
        return self._from_variant(job, mentions)

    def _from_template(self, mentions: Sequence[JobMention]) -> Chain | None:
        for mention in mentions:
            template = mention.part[0]
            if template.spec.is_template and template.spec.name == self.chains.subject.name:
                return tuple(stanza.step for stanza in mention.part)
        return None

    def _from_nodeset(self, job: Merged, mentions: Sequence[JobMention]) -> Chain | None:
        if job.nodeset_variant is None:
            return None
        start = self.chains.nodeset_chain(job.nodeset_variant)
        return None if start is None else self._joined(start, job, job.nodeset_variant, mentions)

    def _from_playbooks(
        self, job: Merged, mentions: Sequence[JobMention], run: RunFile
    ) -> Chain | None:
        """Return the chain from the file that one of the playbooks is or uses."""
        for playbooks in job.playbooks:
            start = run.steps(playbooks.variant.source, playbooks.specs)
            if start is not None:
                return self._joined(start, job, playbooks.variant, mentions)
        return None

    def _from_words(self, job: Merged, mentions: Sequence[JobMention]) -> Chain | None:
        """Return the chain from a semaphore, secret or image of the job or its playbooks."""
        held = [("semaphore", word, variant) for word, variant in job.semaphores.values()]
        for playbooks in job.playbooks:
            variant = playbooks.variant
            held += [("semaphore", word, variant) for word in playbooks.semaphores]
            held += [("secret", word, variant) for word in variant.spec.secrets]
        for variant in job.applied:
            held += [("secret", word, variant) for word in variant.spec.passed_secrets]
            held += [(kind, word, variant) for kind, word in words_of(variant) if kind == "image"]
        for kind, word, variant in held:
            if self.chains.subject.means(kind, word.name):
                start = (Step(f"{kind} {word.name!r}", variant.source.at(word.place)),)
                return self._joined(start, job, variant, mentions)
        return None

    def _from_variant(self, job: Merged, mentions: Sequence[JobMention]) -> Chain | None:
        """Return the chain from the first definition that is the object, or is in its file."""
        subject = self.chains.subject
        for variant in job.applied:
            is_it = subject.kind != FILE and variant.spec.name == subject.name
            if is_it or subject.has_file(variant.source):
                return self._joined((), job, variant, mentions)
        if subject.kind != FILE:
            return None
        for mention in mentions:
            for stanza in mention.part:
                if subject.has_file(stanza.source):
                    return (mention.variant.step, *(part.step for part in mention.part))
        return self._from_words(job, mentions) or self._from_nodeset(job, mentions)

    @staticmethod
    def _joined(
        start: Chain, job: Merged, variant: Variant, mentions: Sequence[JobMention]
    ) -> Chain:
        return tuple(dict.fromkeys((*start, *chain_of(job, variant, mentions))))

    def by_project(self) -> tuple[ProjectUses, ...]:
        """Return the uses of each project."""
        uses: dict[str, list[Use]] = {}
        for (project, job, chain), graphs in self._graphs.items():
            use = Use(job=job, chain=chain, graphs=tuple(graphs))
            uses.setdefault(project, []).append(use)
        return tuple(ProjectUses(name=name, uses=tuple(uses[name])) for name in sorted(uses))
