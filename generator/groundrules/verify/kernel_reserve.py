"""`reserve_note`: why a node reports a little less memory than it has."""

from __future__ import annotations

from groundrules.verify.node_facts import FactValue

_MEMORY = "ansible_memtotal_mb"
_RESERVED = 0.05  # the largest part of the memory that a kernel usually keeps
_ROUND = 512  # a size of memory is a multiple of this, in MiB


def reserve_note(fact: str, promised: float, value: FactValue) -> str:
    """Return why a node has a little less memory than a round size; empty if that is not so.

    >>> reserve_note("ansible_memtotal_mb", 8192, 7964)
    '8 GB is not 8192 MB of ansible_memtotal_mb: the kernel keeps some for itself'
    """
    if fact.replace("_facts.", "_") != _MEMORY or promised % _ROUND or isinstance(value, str):
        return ""
    if not promised * (1 - _RESERVED) <= value < promised:
        return ""
    return (
        f"{promised / 1024:g} GB is not {promised:.0f} MB of {_MEMORY}: "
        "the kernel keeps some for itself"
    )
