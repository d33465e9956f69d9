"""Units of measures and of facts: bounds are converted into the unit that the fact has.

Ansible's facts that end with ``_mb`` are divided by 1024 twice
(``module_utils/facts/hardware/linux.py`` of ansible-core 2.19), so in measures of them MB means
MiB too, and GB is 1024 of these.
"""

from __future__ import annotations

_SIZES = {"b": 1, "byte": 1, "bytes": 1} | {
    f"{prefix}{ending}": 1024**power
    for power, prefix in enumerate("kmgt", 1)
    for ending in ("b", "ib")
}
_TIMES = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("min", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hour", "hours"), 3_600),
    **dict.fromkeys(("d", "day", "days"), 86_400),
}
_QUANTITIES = (_SIZES, _TIMES)
# the end of a fact's name → its unit
_ENDINGS = {"_mb": "MB", "_seconds": "s"}


class UnitError(ValueError):
    """A measure is in a unit of another quantity than its fact."""


def unit_of(fact: str) -> str:
    """Return the unit of a fact of Ansible; empty if it is not known.

    >>> unit_of("ansible_memory_mb.real.total"), unit_of("ansible_processor_vcpus")
    ('MB', '')
    """
    if fact.endswith(".mtu"):
        return "bytes"
    name = fact.removeprefix("ansible_facts.").partition(".")[0]
    return next((unit for ending, unit in _ENDINGS.items() if name.endswith(ending)), "")


def factor_for(fact: str, unit: str) -> float:
    """Return by which a number in a unit is multiplied to be in that of a fact.

    It is 1 if one of the two units is not known.  Raises `UnitError` if one is a size and the
    other a time.
    """
    own = unit_of(fact)
    known = [quantity for quantity in _QUANTITIES if {unit.lower(), own.lower()} & quantity.keys()]
    if len(known) > 1:
        raise UnitError(f"the measure is in {unit}, and {fact} is in {own}")
    if not known or not {unit.lower(), own.lower()} <= known[0].keys():
        return 1
    return known[0][unit.lower()] / known[0][own.lower()]
