"""The values inside those of Ansible's facts that are mappings with the same keys on every node."""

from __future__ import annotations

from groundrules.records.ansible import PREFIX

# as ansible-core 2.19 collects them on Linux, in module_utils/facts
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
