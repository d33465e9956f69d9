"""``groundrules impact`` in random worlds: the same as removing the text and freezing it all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bundles import rows, unpack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.ci.zuul.freezing.freeze import Frozen
from groundrules.ci.zuul.impact.answer import ZuulImpact
from groundrules.ci.zuul.impact.subject import ImpactSubject, names_of
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.diagnostics import Report
from groundrules.graphs.impact import Impact

WORLDS = sorted(
    {
        found.group()
        for path, _ in rows("fuzz3.jsonl")
        if (found := re.search(r"w\d\d\d(?=-)", path))
    }
)
DEFINED = {"job": "job", "nodeset": "nodeset", "template": "project-template"}
Key = tuple[str, str, str]
PARSED = FileCache()
"""All worlds have the files of the config projects."""


class AnyTag(yaml.SafeLoader):
    """Reads Zuul's tags as the plain values after them."""


AnyTag.add_multi_constructor(
    "!",
    lambda loader, _, node: loader.construct_object(
        type(node)(
            tag=loader.resolve(
                type(node), node.value if isinstance(node.value, str) else "", (True, False)
            ),
            value=node.value,
        )
    ),
)


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack("fuzz3", tmp_path_factory.mktemp("worlds"))


def is_of(world: str, entry: Any) -> bool:
    names = entry.get("projects", list(entry)) if isinstance(entry, dict) else [entry]
    return any(world in str(name) for name in names)


def tenant_of(folder: Path, world: str) -> Gathered:
    """Return the files of one world."""
    [tenant] = yaml.safe_load((folder / "main.yaml").read_text("utf-8"))
    for source in tenant["tenant"]["source"].values():
        projects = source["untrusted-projects"]
        source["untrusted-projects"] = [entry for entry in projects if is_of(world, entry)]
    file = folder / f"{world}.yaml"
    file.write_text(yaml.safe_dump([tenant]), "utf-8")
    gathered = gather_tenant(file, folder)
    gathered.files = [raw for raw in gathered.files if is_for(world, raw)]
    return gathered


def is_for(world: str, raw: Raw) -> bool:
    """Return whether a file is for a world: the config projects have files for all of them."""
    if not isinstance(raw.content, bytes):
        return True
    return world.encode() in raw.content or not re.search(rb"w\d\d\d-", raw.content)


def without(gathered: Gathered, kind: str, name: str) -> Gathered | None:
    """Return the files without the text of an object; None if it has an anchor."""
    files = []
    for raw in gathered.files:
        if not isinstance(raw.content, bytes) or name.encode() not in raw.content:
            files.append(raw)
            continue
        items = re.split(r"^(?=- )", raw.content.decode(), flags=re.MULTILINE)
        kept = [item for item in items if not defines(item, kind, name)]
        if any("&" in item for item in items if item not in kept):
            return None
        text = "".join(kept).encode() if len(kept) != len(items) else raw.content
        files.append(Raw(raw.source, text))
    return Gathered(gathered.tenant, files, Report())


def defines(item: str, kind: str, name: str) -> bool:
    try:
        value = yaml.load(item, AnyTag)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, TypeError):  # an alias of another item
        return bool(re.match(rf"- \W*{kind}\W", item)) and name in item
    entry = value[0] if isinstance(value, list) and isinstance(value[0], dict) else {}
    defined = entry.get(kind)
    return isinstance(defined, dict) and defined.get("name") == name


def graphs_of(resolver: Resolver) -> dict[Key, Frozen]:
    return {(each.project, each.pipeline, each.branch): each for each in resolver.graphs()}


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


def uses(impact: Impact) -> set[tuple[Key, str]]:
    return {
        ((project.name, *graph), use.job)
        for project in impact.projects
        for use in project.uses
        for graph in use.graphs
    }


def impact_of(gathered: Gathered, resolver: Resolver, kind: str, name: str) -> Impact:
    return ZuulImpact(ImpactSubject(kind, name), gathered, resolver, PARSED.parse).impact()


@given(world=st.sampled_from(WORLDS), choose=st.randoms(use_true_random=False))
@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_lost_is_what_a_tenant_without_the_text_lacks(
    world: str, choose: Any, unpacked: Path
):
    gathered = tenant_of(unpacked, world)
    resolver = resolve(gathered, PARSED.parse)
    before = graphs_of(resolver)
    for kind, key in DEFINED.items():
        names = sorted(name for name in names_of(resolver.layout, kind) if world in name)
        if not names:
            continue
        name = choose.choice(names)
        rest = without(tenant_of(unpacked, world), key, name)
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


@given(world=st.sampled_from(WORLDS), choose=st.randoms(use_true_random=False))
@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_users_are_the_jobs_of_all_graphs_that_have_it(world: str, choose: Any, unpacked: Path):
    gathered = tenant_of(unpacked, world)
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
