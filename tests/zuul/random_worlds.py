"""Random worlds: the tenants of ``golden/fuzz3.jsonl``, with and without the text of an object."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from bundles import rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.layout.loading import Raw
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver
from groundrules.ci.zuul.sources.repositories import Nowhere
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


def in_random_worlds(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test with the names of worlds, and what chooses an object in each."""
    arguments = {"world": st.sampled_from(WORLDS), "choose": st.randoms(use_true_random=False)}
    fixtures = [HealthCheck.function_scoped_fixture]
    few = settings(deadline=None, max_examples=10, suppress_health_check=fixtures)
    return given(**arguments)(few(test))


class AnyTag(yaml.CSafeLoader):
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


def is_of(world: str, entry: Any) -> bool:
    names = entry.get("projects", list(entry)) if isinstance(entry, dict) else [entry]
    return any(world in str(name) for name in names)


def tenant_of(folder: Path, world: str) -> Gathered:
    """Return the files of one world; the report of mistakes is the caller's own."""
    known = _read(folder, world)
    return Gathered(known.tenant, [*known.files], Report([*known.report.found]))


@cache
def _read(folder: Path, world: str) -> Gathered:
    text = (folder / "main.yaml").read_text("utf-8")
    [tenant] = yaml.load(text, yaml.CSafeLoader)
    for source in tenant["tenant"]["source"].values():
        projects = source["untrusted-projects"]
        source["untrusted-projects"] = [entry for entry in projects if is_of(world, entry)]
    file = folder.parent / f"{world}.yaml"
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
    """Return the files without the text of an object; None if it has an anchor or is an alias."""
    files = []
    for raw in gathered.files:
        if not isinstance(raw.content, bytes) or name.encode() not in raw.content:
            files.append(raw)
            continue
        items = re.split(r"^(?=- )", raw.content.decode(), flags=re.MULTILINE)
        kept = [item for item in items if not defines(item, kind, name)]
        if any("&" in item for item in items if item not in kept):
            return None
        if any(re.match(rf"- \W*{kind}\W*:\s*\*", item) for item in items):
            return None
        text = "".join(kept).encode() if len(kept) != len(items) else raw.content
        files.append(Raw(raw.source, text))
    return Gathered(gathered.tenant, files, Report())


def defines(item: str, kind: str, name: str) -> bool:
    try:
        value = yaml.load(item, AnyTag)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, TypeError):  # an alias of another item
        value = rf"\W?name\W?: *\W?{re.escape(name)}(?![\w.-])"
        own = rf"^    {value}|^- \W*{kind}\W*: *\{{(?:[^{{}}]*, *)?{value}"  # not a dependency's
        return bool(re.search(own, item, re.MULTILINE) and re.match(rf"- \W*{kind}\W", item))
    entry = value[0] if isinstance(value, list) and isinstance(value[0], dict) else {}
    defined = entry.get(kind)
    return isinstance(defined, dict) and defined.get("name") == name


def graphs_of(resolver: Resolver) -> dict[Key, Frozen]:
    return {(each.project, each.pipeline, each.branch): each for each in resolver.graphs()}


def uses(impact: Impact) -> set[tuple[Key, str]]:
    """Return the graphs that use an object, each with a job that does."""
    return {
        ((project.name, *graph), use.job)
        for project in impact.projects
        for use in project.uses
        for graph in use.graphs
    }


def nowhere(project: TenantProject) -> Nowhere:
    """Return no repository: only the files of the configuration are known."""
    return Nowhere(project.name)
