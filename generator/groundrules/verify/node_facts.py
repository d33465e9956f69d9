"""`NodeFacts`: what Ansible reported of one node in one build."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import Struct

FactValue = bool | int | float | str
"""A fact that can be compared; lists and empty values are left out."""


LONGEST_NAME = 200
"""Characters of a label, provider or region; a name in the data has at most 120."""


def origin_name(value: object) -> str:
    """Return a label, provider or region as an inventory has it, shortened; empty for no text.

    >>> origin_name("small"), origin_name(None), len(origin_name("x" * 5000))
    ('small', '', 200)
    """
    if not isinstance(value, str) or len(value) <= LONGEST_NAME:
        return value if isinstance(value, str) else ""
    return value[: LONGEST_NAME - 1] + "…"


class NodeKind(Struct, frozen=True, order=True):
    """The nodes to which the same promises apply: a label, from one provider and region.

    ``""`` where it is not known.
    """

    label: str = ""
    provider: str = ""
    region: str = ""


KIND = NodeKind.__struct_fields__
"""The columns of a kind, and what inventories call it."""


class NodeFacts(Struct, frozen=True):
    """The facts of one node at one time.

    ``source`` says where they were read: ``host-info.node-1.yaml`` in a folder, a member of an
    archive, or a URL.  ``build`` is the id of Zuul's build; empty if no inventory says it.
    ``facts`` are by their full names with Ansible's prefix and dots for nested values, as measures
    name them: ``ansible_memtotal_mb``, ``ansible_default_ipv4.mtu``.  ``time`` is in UTC; ``None``
    if neither the facts nor the log says it.
    """

    source: str
    node: str
    kind: NodeKind
    time: datetime.datetime | None
    facts: Mapping[str, FactValue]
    build: str = ""


class SkippedFacts(Struct, frozen=True):
    """An input that could not be used, and why; it is counted, never as kept."""

    source: str
    reason: str
