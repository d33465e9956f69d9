"""Zuul's labels, sections and providers → `Supply`.

https://zuul-ci.org/docs/zuul/latest/config/provider.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from groundrules import yamlsource
from groundrules.ci.supply import SuppliedLabel, Supplier, Supply

KINDS = ("label", "section", "provider")
_WORDS = tuple(f"{kind}:".encode() for kind in KINDS)


def supply_of(files: Iterable[bytes], requested: Iterable[str]) -> Supply:
    """Return the supply that files define; ``requested`` are the labels of nodesets and jobs."""
    objects: dict[str, dict[str, Mapping[str, Any]]] = {kind: {} for kind in KINDS}
    for data in files:
        for kind, conf in _objects(data):
            objects[kind].setdefault(conf["name"], conf)
    return Supply(
        labels=tuple(SuppliedLabel(name=name) for name in objects["label"]),
        suppliers=tuple(
            _supplier(conf, objects["section"]) for conf in objects["provider"].values()
        ),
        requested=tuple(sorted(requested)),
    )


def _objects(data: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the named objects of the kinds in a file; nothing for one that cannot be read."""
    if not any(word in data for word in _WORDS):
        return
    try:
        items = yamlsource.read(data).value
    except yamlsource.Problem:
        return
    for item in items if isinstance(items, list) else ():
        for kind in KINDS:
            conf = item.get(kind) if isinstance(item, Mapping) else None
            if isinstance(conf, Mapping) and isinstance(conf.get("name"), str):
                yield kind, conf


def _supplier(conf: Mapping[str, Any], sections: Mapping[str, Mapping[str, Any]]) -> Supplier:
    """Return a provider, whose section has what it does not say itself."""
    chain = [conf, *_sections(conf, sections)]
    labels = [name for part in chain for name in _names(part.get("labels"))]
    regions = (part.get("region") for part in chain)
    limits = (part.get("resource-limits") for part in chain)
    numbers = (limit.get("instances") for limit in limits if isinstance(limit, Mapping))
    return Supplier(
        name=conf["name"],
        region=next((region for region in regions if isinstance(region, str)), ""),
        capacity=next((number for number in numbers if type(number) is int), None),
        labels=tuple(dict.fromkeys(labels)),
    )


def _sections(
    conf: Mapping[str, Any], sections: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    seen: set[str] = set()
    name = conf.get("section")
    while isinstance(name, str) and name in sections and name not in seen:
        seen.add(name)
        yield sections[name]
        name = sections[name].get("parent")


def _names(items: Any) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        name = item.get("name") if isinstance(item, Mapping) else item
        if isinstance(name, str):
            yield name
