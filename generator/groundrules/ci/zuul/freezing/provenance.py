"""A `Merged` job → `groundrules.graphs.elements.Job` and edges with their origin."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.elsewhere import defined_elsewhere
from groundrules.ci.zuul.freezing.mentions import JobMention, Mentions
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.variants import Variant
from groundrules.ci.zuul.reading.objects import NodesetSpec, Word
from groundrules.diagnostics import Location
from groundrules.graphs.elements import Absent, Edge, Elsewhere, FilePattern, Job, NameAt, Step
from groundrules.graphs.job_graph import JobGraph


def graph_of(
    jobs: list[Merged],
    absent: dict[str, VanishedError],
    mentions: Mentions,
    elsewhere: tuple[Elsewhere, ...] = (),
    possible: frozenset[str] = frozenset(),
) -> JobGraph:
    """Return the graph of some jobs.

    ``absent`` are the missing jobs with the reasons; ``possible`` those of which it is not known
    whether they are missing.
    """
    edges = [edge for job in jobs for edge in edges_of(job, mentions[job.name])]
    return JobGraph(
        tuple(job_of(job, mentions[job.name]) for job in jobs),
        tuple(edges + implicit_edges(jobs, mentions)),
        tuple(
            Absent(
                name=name,
                reason=vanished.reason,
                location=mentions[name][0].variant.location,
                is_sure=vanished.is_sure,
                cause=vanished.cause,
                undefined=vanished.job,
            )
            for name, vanished in absent.items()
        ),
        elsewhere,
        possible,
    )


def implicit_edges(jobs: list[Merged], mentions: Mentions) -> list[Edge]:
    """Return the edges to initializer jobs, on which every regular job depends."""
    first = [job for job in jobs if job.type == "initializer"]
    regular = [job for job in jobs if job.type == "regular"] if first else []
    return [
        _initializer_edge(job, initializer, mentions) for job in regular for initializer in first
    ]


def job_of(merged: Merged, mentions: Sequence[JobMention]) -> Job:
    """Return the job as an element of a graph."""
    applied = merged.applied
    names = dict.fromkeys(variant.spec.name for variant in reversed(applied))
    return Job(
        name=merged.name,
        location=_location(applied[-1], mentions),
        chain=chain_of(merged, applied[0], mentions),
        labels=tuple(_labels(merged, mentions)),
        semaphores=tuple(_semaphores(merged, mentions)),
        tags=tuple(sorted(merged.tags)),
        parents=tuple(name for name in names if name != merged.name),
        files=tuple(FilePattern(*pattern) for pattern in merged.files or ()),
        has_empty_files=merged.files == {},
        irrelevant_files=tuple(FilePattern(*pattern) for pattern in merged.irrelevant_files),
        voting=merged.voting,
        inherits_dependencies=not merged.replaces_dependencies,
        timeout=merged.timeout,
        elsewhere=defined_elsewhere(merged),
        doubt=merged.doubt,
    )


def _location(last: Variant, mentions: Sequence[JobMention]) -> Location | None:
    """Return the location of a job, or of its mention if another repository defines it."""
    return last.location if last.source.is_here else mentions[0].variant.location


def _semaphores(merged: Merged, mentions: Sequence[JobMention]) -> list[NameAt]:
    """Return the semaphores of a job, with those of its playbooks."""
    held_by_name = {name: (*held, False) for name, held in merged.semaphores.items()}
    for playbooks in merged.playbooks:
        for word in playbooks.semaphores:
            held_by_name.setdefault(word.name, (word, playbooks.variant, True))
    return [
        structs.replace(_named(word, variant, merged, mentions), partial=partial)
        for _, (word, variant, partial) in sorted(held_by_name.items())
    ]


def edges_of(merged: Merged, mentions: Sequence[JobMention]) -> list[Edge]:
    """Return the edges that a job declares, in the order they were written."""
    return [
        Edge(
            job=merged.name,
            dependency=name,
            soft=soft,
            location=variant.source.at(dependency.place),
            chain=chain_of(merged, variant, mentions),
        )
        for (name, soft), (dependency, variant) in merged.dependencies.items()
    ]


def _initializer_edge(job: Merged, initializer: Merged, mentions: Mentions) -> Edge:
    typed = [variant for variant in initializer.applied if variant.spec.type is not None]
    location = _location((typed or initializer.applied)[-1], mentions[initializer.name])
    return Edge(
        job=job.name,
        dependency=initializer.name,
        soft=True,
        declared=False,
        why="every regular job waits for the initializer jobs",
        location=location,
        chain=(Step(f"{initializer.name!r} is an initializer job", location),),
    )


def _named(word: Word, variant: Variant, merged: Merged, mentions: Sequence[JobMention]) -> NameAt:
    location = variant.source.at(word.place)
    return NameAt(name=word.name, location=location, chain=chain_of(merged, variant, mentions))


def _labels(merged: Merged, mentions: Sequence[JobMention]) -> list[NameAt]:
    variant, layout = merged.nodeset_variant, merged.layout
    if variant is None:
        return []
    chain = chain_of(merged, variant, mentions)
    labels: dict[str, NameAt] = {}
    todo = [variant.spec.nodeset]
    visited: set[str] = set()
    while todo:
        nodeset = todo.pop(0)
        source = variant.source
        if isinstance(nodeset, str):
            if nodeset in visited or nodeset not in layout.nodesets:
                continue
            visited.add(nodeset)
            nodeset, source = layout.nodesets[nodeset]
        if isinstance(nodeset, NodesetSpec):
            todo[:0] = nodeset.alternatives
            for word in nodeset.labels:
                label = NameAt(name=word.name, location=source.at(word.place), chain=chain)
                labels.setdefault(word.name, label)
    return list(labels.values())


def chain_of(merged: Merged, start: Variant, mentions: Sequence[JobMention]) -> tuple[Step, ...]:
    """Return the chain from a variant to the graph.

    It contains the later definitions, the mentions, and their templates and projects.
    """
    applied = merged.applied
    at = next((index for index, variant in enumerate(applied) if variant is start), len(applied))
    steps = [variant.step for variant in applied[at:] if variant.source.is_here]
    for mention in mentions:
        steps += (mention.variant.step, *(stanza.step for stanza in mention.part))
    return tuple(dict.fromkeys(steps)) if len(mentions) > 1 else tuple(steps)
