"""Names of the facts that Ansible reports of a node."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

PREFIX = "ansible_"
# facts whose name is that of a network interface, as Linux and the BSDs call them
_INTERFACE = re.compile(
    r"(?:lo|eth|en|em|wl|bond|br|docker|dummy|ifb|tun|tap|team|veth|virbr|vlan|vxlan|vmbr|vtnet|wg|"
    r"ovs|p\d+p|ib|hv|re|ix|igb|bge|bce|xn|vmx)[a-z]*[0-9][\w-]*|lo|(?:br|docker|ovs)[-_]\w+"
)
# what other programs report through Ansible's setup module
_OTHERS = ("facter_", "ohai_")


@cache
def fact_names() -> frozenset[str]:
    """Return the names of the facts of ansible-core, without the prefix."""
    text = files("groundrules.records").joinpath("ansible_facts.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def meant_fact(fact: str, *, is_costly: bool = False) -> str | None:
    """Return the nearest name for a fact that Ansible does not have; ``""`` where none is near.

    ``None`` is returned for a fact of Ansible, and for one whose name does not say that it is:
    anybody can define such facts.  Where it ``is_costly``, no nearest name is looked for.
    """
    first = fact.removeprefix("ansible_facts.").partition(".")[0]
    name = first.removeprefix(PREFIX)
    if name in fact_names():
        is_whole = first != name or fact.startswith("ansible_facts.")
        return None if is_whole or "_" not in name else PREFIX + fact
    if first == name and not fact.startswith("ansible_facts."):
        if is_costly:
            return None
        known = sorted(PREFIX + fact for fact in fact_names())
        return next(iter(get_close_matches(first, known, n=1, cutoff=0.9)), None)
    if _INTERFACE.fullmatch(name) or name.startswith(_OTHERS):
        return None
    near = [] if is_costly else get_close_matches(name, sorted(fact_names()), n=1, cutoff=0.7)
    return PREFIX + near[0] if near else ""
