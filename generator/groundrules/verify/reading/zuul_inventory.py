"""The labels of nodes in ``zuul-info/inventory.yaml``, which Zuul's executor writes for a build.

The shape is that of Zuul 14.3: ``make_inventory_dict`` and ``getHostList`` of
``zuul/executor/server.py``.  Texts can have the tag ``!unsafe``.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from groundrules.verify.node_facts import NodeKind, origin_name
from groundrules.yamlsource import Limits, Problem, part_of, read, untagged

LARGEST_INVENTORY = 4 * 2**20  # bytes


class InventoryError(Exception):
    """An inventory cannot be read; the message says why."""


def inventory_kinds(data: bytes) -> dict[str, NodeKind]:
    """Return the kinds of the nodes in an inventory, by name; empty if it cannot be read."""
    try:
        return read_inventory(data)
    except InventoryError:
        return {}


def read_inventory(data: bytes) -> dict[str, NodeKind]:
    """Return the same.  Raises `InventoryError`."""
    part = part_of(data, "all", (b"hosts",)) if len(data) <= LARGEST_INVENTORY else None
    if part:  # most of an inventory are Zuul's variables, which need not be parsed
        with suppress(InventoryError):
            return _kinds(b"all:\n" + part)
    return _kinds(data)


def _kinds(data: bytes) -> dict[str, NodeKind]:
    try:
        inventory = read(data, Limits(size=LARGEST_INVENTORY))
    except Problem as problem:
        raise InventoryError(f"line {problem.place.line}: {problem.message}") from None
    for repeated in inventory.duplicates:
        raise InventoryError(f"line {repeated.place.line}: {repeated.message}")
    hosts = _below(_below(inventory.value, "all"), "hosts")
    if not isinstance(hosts, dict):
        raise InventoryError("it has no all.hosts")
    return {str(host): _kind(_below(variables, "nodepool")) for host, variables in hosts.items()}


def _kind(nodepool: Any) -> NodeKind:
    return NodeKind(
        *(origin_name(_below(nodepool, key)) for key in ("label", "provider", "region"))
    )


def _below(value: Any, key: str) -> Any:
    value = untagged(value)
    return untagged(value.get(key)) if isinstance(value, dict) else None
