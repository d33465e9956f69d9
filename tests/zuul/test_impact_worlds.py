"""``groundrules impact`` in random worlds: the same as removing the text and freezing it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from random_worlds import (
    DEFINED,
    PARSED,
    Key,
    graphs_of,
    in_random_worlds,
    nowhere,
    tenant_of,
    uses,
    without,
)

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.subject import ImpactSubject, names_of
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.graphs.impact import Impact


def names_in(frozen: Frozen | None) -> list[str] | str:
    """Return the jobs of a graph, or why there is none."""
    if frozen is None:
        return "gone"
    return "refused" if frozen.error else [job.name for job in frozen.shape.jobs]


def lost(before: dict[Key, Frozen], after: dict[Key, Frozen]) -> dict[Key, Any]:
    losses: dict[Key, Any] = {}
    for key, frozen in before.items():
        old, new = names_in(frozen), names_in(after.get(key))
        if isinstance(old, list) and old != new:
            losses[key] = new if isinstance(new, str) else [job for job in old if job not in new]
    return losses


def reported(impact: Impact) -> dict[Key, Any]:
    return {
        (loss.project, loss.pipeline, loss.branch): ("refused" if loss.error else "gone")
        if loss.is_whole
        else list(loss.jobs)
        for loss in impact.losses
    }


def impact_of(gathered: Gathered, resolver: Resolver, kind: str, name: str) -> Impact:
    return ZuulImpact(ImpactSubject(kind, name), gathered, resolver, PARSED.parse, nowhere).impact()


@in_random_worlds
def test_what_is_lost_is_what_a_tenant_without_the_text_lacks(
    world: str, choose: Any, worlds: Path
):
    gathered = tenant_of(worlds, world)
    resolver = resolve(gathered, PARSED.parse)
    before = graphs_of(resolver)
    for kind, key in DEFINED.items():
        names = sorted(name for name in names_of(resolver.layout, kind) if world in name)
        if not names:
            continue
        name = choose.choice(names)
        rest = without(tenant_of(worlds, world), key, name)
        if rest is None:
            continue
        losses = lost(before, graphs_of(resolve(rest, PARSED.parse)))
        impact = impact_of(gathered, resolver, kind, name)
        assert reported(impact) == losses, (kind, name)
        if kind == "job":
            check_uses_of_job(impact, before, losses)


def check_uses_of_job(impact: Impact, before: dict[Key, Frozen], losses: dict[Key, Any]) -> None:
    """A job of a graph that is still built uses the removed one exactly if it is lost."""
    built = {key for key, frozen in before.items() if not frozen.error}
    built -= {key for key, loss in losses.items() if isinstance(loss, str)}
    used = {(key, job) for key, job in uses(impact) if key in built}
    assert used == {(key, job) for key in built for job in losses.get(key, ())}


ATTRIBUTES: dict[str, Callable[[Any], Iterator[str]]] = {
    "label": lambda job: (label.name for label in job.labels),
    "semaphore": lambda job: (semaphore.name for semaphore in job.semaphores),
    "parent": lambda job: iter(job.parents),
}


@in_random_worlds
def test_the_users_are_the_jobs_of_all_graphs_that_have_it(world: str, choose: Any, worlds: Path):
    gathered = tenant_of(worlds, world)
    resolver = resolve(gathered, PARSED.parse)
    built = {key: each for key, each in graphs_of(resolver).items() if not each.error}
    for kind, names_of_job in ATTRIBUTES.items():
        names = sorted(names_of(resolver.layout, kind))
        name = choose.choice(names) if names else ""
        expected = {
            (key, job.name)
            for key, frozen in built.items()
            for job in frozen.graph.jobs
            if name in names_of_job(job)
        }
        impact = impact_of(gathered, resolver, kind, name) if names else None
        used = {pair for pair in uses(impact) if pair[0] in built} if impact else set()
        assert used == expected, (kind, name)
