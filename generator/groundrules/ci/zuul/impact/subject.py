"""`ImpactSubject`: the object whose users are requested, and the names of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from groundrules.ci.graph_question import AskedError
from groundrules.ci.impact_question import FILE, KINDS
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import FileOrigin, PlacedNodeObject, Stanza, Variant
from groundrules.ci.zuul.reading.nodesets import labels_of
from groundrules.ci.zuul.reading.objects import (
    JobSpec,
    NodeObject,
    NodesetSpec,
    PlaybookSpec,
    Word,
)
from groundrules.graphs.elements import Step
from groundrules.nearest import did_you_mean
from groundrules.yamlsource import Place


def root_of(source: FileOrigin) -> str:
    """Return what diagnostics have before the paths of a repository's branch."""
    return (source.path or "").removesuffix(source.file)


class PlaybookAt(Struct, frozen=True):
    """A playbook by its path in a repository: the project's canonical name and the branch.

    Zuul takes a playbook from the repository and branch of the definition that names it
    (``PlaybookContext`` in zuul/model.py).
    """

    project: str
    branch: str
    path: str

    @classmethod
    def of(cls, source: FileOrigin, playbook: PlaybookSpec) -> PlaybookAt:
        """Return the playbook that a definition in a file names."""
        return cls(source.project.canonical_name, source.branch, playbook.name)


class RunFile(Struct, frozen=True):
    """The playbooks that a file is, or that use it, each with the steps from the file to it."""

    playbooks: Mapping[PlaybookAt, tuple[Step, ...]]
    unknown: tuple[str, ...] = ()
    """What is not known of the playbooks that use it, in sentences."""

    def steps(
        self, source: FileOrigin, playbooks: Iterable[PlaybookSpec]
    ) -> tuple[Step, ...] | None:
        """Return the steps to the first of some playbooks that uses it; None if none does."""
        for playbook in playbooks:
            before = self.playbooks.get(PlaybookAt.of(source, playbook))
            if before is not None:
                step = Step(f"playbook {playbook.name!r}", source.at(playbook.place))
                return (*before, step)
        return None


OBJECTS = {"job": "job", "parent": "job", "nodeset": "nodeset", "template": "project-template"}
"""Zuul's own word for each kind whose definitions graphs depend on."""


OFFERED = "offered label"
"""The kind of a label that a provider or section of a file offers."""


class ImpactSubject(Struct, frozen=True):
    """An object by its kind and name; for the kind ``file``, the objects of a path.

    With a ``branch``, only the definitions and graphs of that branch count: those of a repository
    on its own.  A file that jobs run has the playbooks of ``run`` that are it or use it.
    ``named`` are the kinds and names of what another file defines, and the labels that it offers.
    """

    kind: str
    name: str
    branch: str = ""
    run: RunFile | None = None
    named: frozenset[tuple[str, str]] = frozenset()

    def means(self, kind: str, name: str) -> bool:
        """Return whether a name is that of the object, or of one in the file."""
        return (kind, name) in (self.named or ((self.kind, self.name),))

    def counts(self, source: FileOrigin) -> bool:
        """Return whether the objects of a file count: those of other branches may not."""
        return not source.is_here or self.branch in ("", source.branch)

    def has_file(self, source: FileOrigin) -> bool:
        """Return whether the path is that of a file, in the folder or in its repository."""
        is_it = self.kind == FILE and self.name in (source.path, source.file)
        return is_it and self.counts(source)


def variants_of(layout: Layout) -> Iterator[Variant]:
    """Yield the definitions of all jobs, then all mentions."""
    yield from layout.definitions()
    for stanza in layout.written_stanzas():
        yield from stanza.mentions


def words_of(variant: Variant) -> Iterator[tuple[str, Word]]:
    """Yield the semaphores, the secrets and the image that a job names, with their kinds."""
    spec = variant.spec
    yield from (("semaphore", word) for word in spec.all_semaphores)
    yield from (("secret", word) for word in spec.secrets)
    if spec.image_build_name:
        place = spec.place_of("image-build-name")
        yield "image", Word(name=spec.image_build_name, place=place)


def nodesets_named(nodeset: str | NodesetSpec | None) -> Iterator[str]:
    """Yield the names of nodesets in a ``nodeset``: itself, or its alternatives."""
    if isinstance(nodeset, str):
        yield nodeset
    elif nodeset:
        for alternative in nodeset.alternatives:
            yield from nodesets_named(alternative)


def names_of(layout: Layout, kind: str) -> set[str]:
    """Return the names of a kind that are defined or used."""
    if kind in ("job", "parent"):
        return set(layout.jobs)
    if kind == "template":
        used = (word.name for stanza in layout.written_stanzas() for word in stanza.spec.templates)
        return {name for name in layout.templates if name} | set(used)
    nodesets = [
        *(spec for spec, _ in layout.nodesets.values()),
        *(variant.spec.nodeset for variant in variants_of(layout)),
    ]
    if kind == "label":
        requested = {word.name for nodeset in nodesets for word in labels_of(nodeset)}
        objects = [each.spec for each in layout.node_objects]
        offered = {word.name for spec in objects for word in spec.names.get(kind, ())}
        return requested | offered | {spec.name for spec in objects if spec.kind == kind}
    if kind == "nodeset":
        named = {name for nodeset in nodesets for name in nodesets_named(nodeset)}
        return named | set(layout.nodesets)
    words = (word for variant in variants_of(layout) for word in variant.spec.all_semaphores)
    return {word.name for word in words} | set(layout.semaphores)


def places_in(placed: Stanza | PlacedNodeObject, subject: ImpactSubject) -> list[Place]:
    """Return where a stanza, template or object of nodes names the object, or one of a file."""
    spec = placed.spec
    words: list[tuple[str, Word | JobSpec]] = []
    if isinstance(spec, NodeObject):
        words += ((kind, word) for kind, named in spec.names.items() for word in named)
    else:
        words += (("template", word) for word in spec.templates)
        words += (("job", mention) for mention in spec.mentions)
        words += (("queue", queue) for queue in (spec.queue,) if queue)
        pipelines = [Word(name=name, place=spec.place_of(name)) for name in spec.pipelines]
        words += (("pipeline", word) for word in pipelines)
    return [word.place for kind, word in words if subject.means(kind, word.name)]


def check_known(layout: Layout, subject: ImpactSubject) -> None:
    """Raise `AskedError` for a name that is not known, with what is meant instead."""
    names = names_of(layout, subject.kind)
    if subject.name in names:
        return
    others = [kind for kind in KINDS if kind != "parent" and subject.name in names_of(layout, kind)]
    if others:
        raise AskedError(f"{subject.name!r} is not a {subject.kind} but a {' and a '.join(others)}")
    kind = OBJECTS.get(subject.kind, subject.kind)
    if lost := layout.lost_names.get((kind, subject.name)):
        reasons = (each.message for each in layout.refusals if each.location == lost)
        why = "".join(f": {reason}" for reason in islice(reasons, 1))
        raise AskedError(f"the definition of {subject.name!r} at {lost} is refused{why}")
    end = did_you_mean(subject.name, names, f"{subject.kind}s")
    raise AskedError(f"no {subject.kind} {subject.name!r} is defined or used{end}")


def definitions_of_subject(
    layout: Layout, subject: ImpactSubject
) -> Iterator[tuple[Step, FileOrigin]]:
    """Yield the definitions of the object with their files, or the objects of a file."""
    if subject.kind == FILE:
        yield from _in_files(layout, subject)
    elif subject.run is not None:
        return
    elif subject.kind in ("job", "parent"):
        for variant in layout.jobs[subject.name]:
            if variant.source.is_here and subject.counts(variant.source):
                yield variant.step, variant.source
    elif subject.kind == "template":
        for stanza in layout.templates.get(subject.name, ()):
            if subject.counts(stanza.source):
                yield stanza.step, stanza.source
    else:
        for kind, name, place, source in layout.named_objects():
            if (kind, name) == (subject.kind, subject.name) and (
                kind != "label" or subject.counts(source)
            ):
                yield Step(f"{kind} {name!r}", source.at(place)), source


def _in_files(layout: Layout, subject: ImpactSubject) -> Iterator[tuple[Step, FileOrigin]]:
    for kind, name, place, source in layout.named_objects():
        if subject.has_file(source):
            yield Step(f"{kind} {name!r}", source.at(place)), source
    placed: list[Variant | Stanza] = [*layout.definitions(), *layout.written_stanzas()]
    yield from ((part.step, part.source) for part in placed if subject.has_file(part.source))
