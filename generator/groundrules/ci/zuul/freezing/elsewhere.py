"""The names in a graph that may be defined elsewhere: templates, jobs, parents and nodesets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from groundrules.ci.zuul.freezing.mentions import Mentions
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import Stanza
from groundrules.diagnostics import Location
from groundrules.graphs.elements import Elsewhere
from groundrules.grouping import grouped


def defined_elsewhere(job: Merged) -> tuple[str, ...]:
    """Return which of the job and its parents another repository defines."""
    unknown = job.layout.elsewhere
    if not unknown:
        return ()
    names = dict.fromkeys(variant.spec.name for variant in reversed(job.applied))
    if job.name != job.layout.tenant.default_parent:
        names.pop(job.layout.tenant.default_parent, None)
    return tuple(name for name in names if name in unknown)


def elsewhere_of(
    layout: Layout, stanzas: Iterable[Stanza], jobs: Sequence[Merged], mentions: Mentions
) -> tuple[Elsewhere, ...]:
    """Return the names in stanzas and jobs that another repository defines, without duplicates."""
    if layout.tenant.is_complete:
        return ()
    return (
        *_templates(layout, stanzas),
        *_jobs(layout, jobs, mentions),
        *_parents(layout, jobs),
        *_nodesets(jobs),
    )


def _templates(layout: Layout, stanzas: Iterable[Stanza]) -> Iterator[Elsewhere]:
    places = {
        word.name: stanza.source.at(word.place)
        for stanza in stanzas
        for word in reversed(stanza.spec.templates)
        if word.name not in layout.templates
    }
    for name, location in reversed(places.items()):
        lost = layout.lost("project-template", name)
        yield Elsewhere(kind="template", name=name, location=location, lost=lost)


def _jobs(layout: Layout, jobs: Iterable[Merged], mentions: Mentions) -> Iterator[Elsewhere]:
    """Yield the jobs that a file here may define that cannot be read."""
    for name in (job.name for job in jobs if job.name in layout.elsewhere):
        if lost := layout.lost("job", name):
            location = next((each.variant.location for each in mentions.get(name, ())), None)
            yield Elsewhere(kind="job", name=name, location=location, jobs=(name,), lost=lost)


def _parents(layout: Layout, jobs: Iterable[Merged]) -> Iterator[Elsewhere]:
    children: dict[str, list[Merged]] = {}
    for job in jobs:
        for name in defined_elsewhere(job):
            if name != job.name:
                children.setdefault(name, []).append(job)
    for name, of_parent in children.items():
        names, lost = tuple(job.name for job in of_parent), layout.lost("job", name)
        location = min(filter(None, (_place(job, name) for job in of_parent)), default=None)
        yield Elsewhere(kind="parent", name=name, location=location, jobs=names, lost=lost)


def _place(job: Merged, parent: str) -> Location | None:
    """Return where the definition is that inherits from ``parent``."""
    for variant, child in pairwise(job.applied):
        if variant.spec.name == parent != child.spec.name:
            return child.source.at(child.spec.place_of("parent"))
    return None


def _nodesets(jobs: Iterable[Merged]) -> Iterator[Elsewhere]:
    users = grouped((job.nodeset, job) for job in jobs if isinstance(job.nodeset, str))
    for name, using in users.items():
        variant = using[0].nodeset_variant or using[0].applied[-1]
        location = variant.source.at(variant.spec.place_of("nodeset"))
        names, lost = tuple(job.name for job in using), using[0].layout.lost("nodeset", name)
        yield Elsewhere(kind="nodeset", name=name, location=location, jobs=names, lost=lost)
