"""Facts that Ansible does not report or that cannot be compared, and units they cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.ansible import list_in, meant_fact, mistaken_value
from groundrules.records.architecture import DEFAULT
from groundrules.records.expectation import Measure
from groundrules.records.fact_units import UnitError, factor_for, unit_of
from groundrules.records.measured import RecordedMeasure
from groundrules.records.parts import RecordPart
from groundrules.rules import records as rules

_ARCHITECTURES = ("ansible_architecture", "ansible_machine", "ansible_userspace_architecture")
MOST_HINTS = 200  # finding the nearest name of one fact takes a millisecond


def check(_: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield each measure by a fact, or in a unit, that no node can have or that nothing compares.

    That of a measurement is a copy: the expectation is corrected, and compared again.
    """
    said: dict[str, str] = {}
    for part in content.parts:
        fact = part.said.get("fact") if part.kind is Measure and not _is_copy(part) else None
        if not isinstance(fact, str):
            continue
        if fact not in said:
            said[fact] = _mistake(fact, is_costly=len(said) >= MOST_HINTS)
        if said[fact]:
            yield Diagnostic(part.location("fact"), said[fact], rules.UNKNOWN_FACT)
        for key in ("equals", "one_of") if fact in _ARCHITECTURES else ():
            for value, place in part.values(key) if key in part.said else ():
                if value == DEFAULT:
                    message = "Ansible calls this architecture 'x86_64'; write that"
                    yield Diagnostic(place, message, rules.UNKNOWN_FACT)
        if wrong := _wrong_unit(fact, part.said.get("unit")):
            yield Diagnostic(part.location("unit"), wrong, rules.CONTRADICTION)


def _mistake(fact: str, *, is_costly: bool) -> str:
    """Return what is wrong with the name of a fact; empty if nothing is."""
    if known := list_in(fact):
        what = f"{fact!r} is a list" if fact == known else f"{fact!r} is in the list {known!r}"
        return f"{what}, which cannot be compared; use another fact, such as one of ansible_local"
    near = meant_fact(fact, is_costly=is_costly)
    if near is None:
        return mistaken_value(fact)
    hint = f"did you mean {near!r}?" if near else "use a fact of Ansible's setup module"
    return f"unknown Ansible fact {fact!r}; {hint}"


def _wrong_unit(fact: str, unit: object) -> str:
    try:
        factor_for(fact, unit if isinstance(unit, str) else "")
    except UnitError as error:
        return f"{error}; write the numbers in {unit_of(fact)}, and 'unit: {unit_of(fact)}'"
    return ""


def _is_copy(part: RecordPart) -> bool:
    return part.holder is not None and part.holder.kind is RecordedMeasure
