"""Units of measures and of facts: bounds are converted into the unit that the fact has.

Ansible's facts that end with ``_mb`` are divided by 1024 twice
(``module_utils/facts/hardware/linux.py`` of ansible-core 2.19), so in measures of them MB means
MiB too, and GB is 1024 of these.
"""

from __future__ import annotations

_SIZES = {
    **dict.fromkeys(("b", "byte", "bytes", "octet", "octets"), 1),
    **dict.fromkeys(("kb", "kib", "kilobyte", "kilobytes", "kibibyte", "kibibytes"), 1024),
    **dict.fromkeys(("mb", "mib", "megabyte", "megabytes", "mebibyte", "mebibytes"), 1024**2),
    **dict.fromkeys(("gb", "gib", "gigabyte", "gigabytes", "gibibyte", "gibibytes"), 1024**3),
    **dict.fromkeys(("tb", "tib", "terabyte", "terabytes", "tebibyte", "tebibytes"), 1024**4),
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
    """A measure is in a unit that cannot be converted into that of its fact."""


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

    It is 1 if the unit of the fact is not known, or the measure has none.  Raises `UnitError` if
    the unit cannot be converted into that of the fact.
    """
    own = unit_of(fact)
    if not (unit and own):
        return 1
    quantity = next(known for known in _QUANTITIES if own.lower() in known)
    if unit.lower() not in quantity:
        raise UnitError(f"the measure is in {unit}, and {fact} is in {own}")
    return quantity[unit.lower()] / quantity[own.lower()]
