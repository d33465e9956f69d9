"""`ZuulInventory`: what ``zuul-info/inventory.yaml`` says; Zuul's executor writes it for a build.

The shape is that of Zuul 14.3: ``make_inventory_dict`` and ``getHostList`` of
``zuul/executor/server.py``, and ``construct_build_params`` of ``zuul/executor/common.py``.  Texts
can have the tag ``!unsafe``.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import pairwise
from typing import Any

from msgspec import Struct

from groundrules.verify.node_facts import KIND, NodeKind, origin_name
from groundrules.yamlsource import Limits, Problem, part_of, read, untagged

LARGEST_INVENTORY = 4 * 2**20  # bytes
_BUILD = re.compile("[0-9a-f]{32}")  # as ``uuid4().hex``
_PATH_OF_BUILD = ("all", "vars", "zuul", "build")


class ZuulInventory(Struct, frozen=True):
    """The kinds of the nodes of a build, by name, and the build's id; empty if it is not known."""

    kinds: dict[str, NodeKind] = {}
    build: str = ""


class InventoryError(Exception):
    """An inventory cannot be read; the message says why."""


def read_inventory(data: bytes) -> ZuulInventory:
    """Return what an inventory says.  Raises `InventoryError`."""
    part = _part(data) if len(data) <= LARGEST_INVENTORY else None
    if part:
        with suppress(InventoryError):  # the whole inventory says it with the right line
            return _inventory(_read(part), "build")
    return _inventory(_read(data), *_PATH_OF_BUILD)


def _inventory(value: Any, *path_of_build: str) -> ZuulInventory:
    build = _below(value, *path_of_build)
    is_known = isinstance(build, str) and _BUILD.fullmatch(build)
    return ZuulInventory(_kinds(value), build if is_known else "")


def _part(data: bytes) -> bytes | None:
    """Return the nodes, and the key ``build`` beside ``all``, without Zuul's other variables.

    ``None`` if only parsing all can tell.
    """
    hosts = part_of(data, "all", (b"hosts",))
    build = _part_at(data, *_PATH_OF_BUILD) if hosts else None
    return None if hosts is None or build is None else b"all:\n" + hosts + build.lstrip(b" ")


def _part_at(data: bytes, *path: str) -> bytes | None:
    """Return the lines of the last key of a path of mappings; ``None`` if not known."""
    for above, key in pairwise(path):
        indent = len(data) - len(data.lstrip(b" "))
        part = part_of(data, " " * indent + above, (key.encode(),))
        if not part:
            return part
        data = part
    return data


def _read(data: bytes) -> Any:
    try:
        inventory = read(data, Limits(size=LARGEST_INVENTORY))
    except Problem as problem:
        raise InventoryError(f"line {problem.place.line}: {problem.message}") from None
    for repeated in inventory.duplicates:
        raise InventoryError(f"line {repeated.place.line}: {repeated.message}")
    return inventory.value


def _kinds(inventory: Any) -> dict[str, NodeKind]:
    hosts = _below(inventory, "all", "hosts")
    if not isinstance(hosts, dict):
        raise InventoryError("it has no all.hosts")
    return {str(host): _kind(_below(variables, "nodepool")) for host, variables in hosts.items()}


def _kind(nodepool: Any) -> NodeKind:
    return NodeKind(*(origin_name(_below(nodepool, key)) for key in KIND))


def _below(value: Any, *path: str) -> Any:
    value = untagged(value)
    for key in path:
        value = untagged(value.get(key)) if isinstance(value, dict) else None
    return value
