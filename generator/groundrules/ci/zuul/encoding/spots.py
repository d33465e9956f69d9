"""`spots`: the places where the dependencies of a job in a graph can be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.wish import Level
from groundrules.ci.zuul.freezing.freeze import Freezer
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.mentions import JobMention
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import Stanza, Variant, matches
from groundrules.yamlsource import Place

KINDS = {Level.PROJECT: "project", Level.TEMPLATE: "project-template", Level.JOB: "job"}


class Spot(Struct, frozen=True, kw_only=True):
    """A definition of a job, or a mention in a stanza or template, or a new mention.

    ``place`` is that of the object in its file.  Without a ``mention``, a pipeline gets a new one,
    which with ``branch`` is for this branch only.  With ``project``, the mention is in a new
    stanza of this project.
    """

    path: str
    level: Level
    place: Place
    job: str
    pipeline: str = ""
    mention: Place | None = None
    branch: str = ""
    project: str | None = None
    drops: bool = False
    """Whether the key is removed, not only its content."""


class JobInGraph(Struct, frozen=True, kw_only=True):
    """A job of a graph, and the graph's project and branch."""

    frozen: Frozen
    merged: Merged
    project: TenantProject
    freezer: Freezer

    @property
    def mentions(self) -> list[JobMention]:
        """The mentions that apply, the last first."""
        return [
            mention
            for mention in reversed(self.frozen.mentions[self.merged.name])
            if matches(mention.variant.matchers, self.frozen.item) and _is_here(mention.variant)
        ]

    @property
    def stanzas(self) -> list[Stanza]:
        """The project's stanzas on the branch, the last first; those with the pipeline before."""
        stanzas = [stanza for stanza in reversed(self.frozen.stanzas) if _is_here(stanza)]
        return sorted(stanzas, key=lambda stanza: self.frozen.pipeline not in stanza.pipelines)


def spots(job: JobInGraph, at: Level | None, *, is_empty: bool) -> list[Spot]:
    """Return the places for the dependencies of a job, those that change the least first.

    What the configuration itself uses comes first: the place of the present dependencies.  If
    the list of dependencies becomes empty (``is_empty``), its key can be removed.
    """
    declaring = [variant for _, variant in job.merged.dependencies.values()]
    every = [*_mentioned(job), *_defined(job)]
    first = [spot for variant, spot in every if any(variant is other for other in declaring)]
    dropping = [replace(spot, drops=True) for spot in first] if is_empty else []
    mentioned = [spot for _, spot in every if spot.level is not Level.JOB]
    mentioned.sort(key=lambda spot: spot.level is Level.TEMPLATE)
    defined = [spot for _, spot in every if spot.level is Level.JOB]
    candidates = [*dropping, *first, *mentioned, *_new(job), *defined]
    if at is Level.JOB:
        candidates = [*dropping, *defined]
    ordered = dict.fromkeys(candidates)
    return [spot for spot in ordered if at is None or spot.level is at]


def _is_here(placed: Variant | Stanza) -> bool:
    return bool(placed.source.path)


def _spot(job: JobInGraph, placed: Variant | Stanza, level: Level, **more: Any) -> Spot:
    path, place = placed.source.path or "", placed.spec.place
    return Spot(path=path, level=level, place=place, job=job.merged.name, **more)


def _mentioned(job: JobInGraph) -> Iterator[tuple[Variant, Spot]]:
    for mention in job.mentions:
        variant = mention.variant
        level = Level.PROJECT if len(mention.part) == 1 else Level.TEMPLATE
        at = {"pipeline": job.frozen.pipeline, "mention": variant.spec.place}
        yield variant, _spot(job, mention.part[0], level, **at)


def _defined(job: JobInGraph) -> Iterator[tuple[Variant, Spot]]:
    for variant in reversed(job.merged.applied):
        if variant.spec.name == job.merged.name and _is_here(variant):
            yield variant, _spot(job, variant, Level.JOB)


def _new(job: JobInGraph) -> Iterator[Spot]:
    """Yield new mentions: in an existing stanza, for one branch only, in a stanza of its own."""
    stanzas: Sequence[Stanza] = job.stanzas
    for branch in ("", job.frozen.branch):
        for stanza in stanzas:
            yield _new_mention(job, stanza, branch, None)
    last = [stanza for stanza in job.frozen.stanzas if _is_here(stanza)][-1:]
    for branch in ("", job.frozen.branch):
        for stanza in last:
            yield _new_mention(job, stanza, branch, _new_name(job.project, stanza))


def _new_name(project: TenantProject, last: Stanza) -> str:
    """Return the name of a new stanza, which has to apply after the last one.

    The stanzas whose name is an expression apply after all others.
    """
    if (last.spec.name or "").startswith("^"):
        return f"^{re.escape(project.name)}$"
    is_own = last.source.project is project and not project.trusted
    return "" if is_own else project.name


def _new_mention(job: JobInGraph, stanza: Stanza, branch: str, project: str | None) -> Spot:
    at = {"pipeline": job.frozen.pipeline, "branch": branch, "project": project}
    return _spot(job, stanza, Level.PROJECT, **at)
