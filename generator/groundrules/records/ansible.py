"""The names of the facts that Ansible reports about a node, and of the values in them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

PREFIX = "ansible_"
# facts that are named after a network interface of Linux or a BSD
_INTERFACE = re.compile(
    r"(?:lo|eth|en|em|wl|bond|br|docker|dummy|ifb|tun|tap|team|veth|virbr|vlan|vxlan|vmbr|vtnet|wg|"
    r"ovs|p\d+p|ib|hv|re|ix|igb|bge|bce|xn|vmx)[a-z]*[0-9][\w-]*|lo|(?:br|docker|ovs)[-_]\w+"
)
# facts of other programs in Ansible's setup module
_OTHERS = ("facter_", "ohai_")

# facts that are lists on every node; those of nested values have dots
_LISTS = (
    "all_ipv4_addresses", "all_ipv6_addresses", "dns.nameservers", "dns.search",
    "fibre_channel_wwn", "interfaces", "mounts", "processor", "python.version_info",
    "system_capabilities",
)  # fmt: skip

# the values in facts that are mappings with the same keys on every node: as ansible-core 2.19
# collects them on Linux, in module_utils/facts
_NETWORK = ("mtu", "address", "gateway", "interface", "macaddress", "prefix", "type")
_VALUES = {
    "date_time": (
        "date", "day", "epoch", "epoch_int", "hour", "iso8601", "iso8601_basic",
        "iso8601_basic_short", "iso8601_micro", "minute", "month", "second", "time", "tz", "tz_dst",
        "tz_offset", "weekday", "weekday_number", "weeknumber", "year",
    ),
    "default_ipv4": (*_NETWORK, "alias", "broadcast", "netmask", "network"),
    "default_ipv6": (*_NETWORK, "scope"),
    "memory_mb": (
        "real.total", "real.free", "real.used", "nocache.free", "nocache.used", "swap.total",
        "swap.cached", "swap.free", "swap.used",
    ),
    "python": (
        "version.major", "version.micro", "version.minor", "version.releaselevel", "version.serial",
        "executable", "has_sslcontext", "type",
    ),
}  # fmt: skip


@cache
def fact_names() -> frozenset[str]:
    """Return the names of the facts of ansible-core, without the prefix."""
    text = files("groundrules.records").joinpath("ansible_facts.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def meant_fact(fact: str, *, is_costly: bool = False) -> str | None:
    """Return the nearest name for a fact that Ansible does not have, or ``""``.

    Return ``None`` for a fact of Ansible, and for a name without Ansible's prefix, since anybody
    can define such facts.  With ``is_costly``, no nearest name is searched.
    """
    first = fact.removeprefix("ansible_facts.").partition(".")[0]
    name = first.removeprefix(PREFIX)
    if name in fact_names():
        is_whole = first != name or fact.startswith("ansible_facts.")
        return None if is_whole or "_" not in name else PREFIX + fact
    from difflib import get_close_matches

    if first == name and not fact.startswith("ansible_facts."):
        if is_costly:
            return None
        known = sorted(PREFIX + fact for fact in fact_names())
        return next(iter(get_close_matches(first, known, n=1, cutoff=0.9)), None)
    if _INTERFACE.fullmatch(name) or name.startswith(_OTHERS):
        return None
    near = [] if is_costly else get_close_matches(name, sorted(fact_names()), n=1, cutoff=0.7)
    return PREFIX + near[0] if near else ""


def list_in(fact: str) -> str:
    """Return the list that a fact is, or that it is an item of; empty if it is neither.

    >>> list_in("ansible_mounts.0.size_total"), list_in("ansible_processor_vcpus")
    ('ansible_mounts', '')
    """
    name = fact.removeprefix("ansible_facts.").removeprefix(PREFIX)
    if name == fact:  # anybody can define such facts
        return ""
    inside = (known for known in _LISTS if re.match(re.escape(known) + r"(?:[.\[]|\Z)", name))
    return next((PREFIX + known for known in inside), "")


def mistaken_value(fact: str) -> str:
    """Return what is wrong with the part of a fact's name after the first dot; empty if nothing.

    Only what is near a known value is wrong: other systems than Linux have others.

    >>> mistaken_value("ansible_default_ipv4.mtuu")
    "'ansible_default_ipv4' has no value 'mtuu'; did you mean 'mtu'?"
    """
    name = fact.removeprefix("ansible_facts.").removeprefix(PREFIX)
    first, _, inside = name.partition(".")
    values = _VALUES.get(first, ())
    if name == fact or inside in values:
        return ""
    whole = fact[: len(fact) - len(inside)].rstrip(".")
    if within := [value for value in values if not inside or value.startswith(f"{inside}.")]:
        return f"{fact!r} has several values; name one of them, such as '{whole}.{within[0]}'"
    from difflib import get_close_matches

    near = get_close_matches(inside, values, n=1, cutoff=0.8)
    return f"{whole!r} has no value {inside!r}; did you mean {near[0]!r}?" if near else ""
