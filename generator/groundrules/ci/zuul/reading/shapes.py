"""The shapes of values: functions that return the faults of a value.

A `Shape` takes a value and its place, and returns each `Fault`.  One of them loses an object in
Zuul, so the shapes reject the same values as Zuul's own schemas, which name only the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from types import MappingProxyType
from typing import Any, NamedTuple

from groundrules.nearest import did_you_mean
from groundrules.text import verbatim
from groundrules.yamlsource import Mapping, Place, Sequence, Tagged, untagged


class Fault(NamedTuple):
    """An invalid value: its place and a message."""

    place: Place
    message: str


Faults = tuple[Fault, ...] | list[Fault]
Shape = Callable[[Any, Place], Faults]


def listed(value: Any) -> list[Any]:
    """Return a value, a list or None as a list, as Zuul does."""
    if not value:
        return []
    return value if isinstance(value, list) else [value]


def named_table(item: Any) -> Any:
    """Return an item that can be a name or a mapping as a mapping, a name under ``name``."""
    return Mapping(name=item) if isinstance(item, str) else item


def instance_of(what: str, *kinds: type) -> Shape:
    """Accept a value of some types, which messages call ``what``."""

    def check(value: Any, place: Place) -> Faults:
        return () if isinstance(value, kinds) else _expected(what, value, place)

    return check


text = instance_of("text", str)
flag = instance_of("true or false", bool)
whole = instance_of("a whole number", int)  # and so true and false, as Zuul does
table = instance_of("a mapping", Mapping)
text_or_table = instance_of("text or a mapping", str, Mapping)
version = instance_of("text or a number", str, int, float)


def anything(value: Any, place: Place) -> Faults:
    """Accept every value."""
    return ()


def nothing_or(shape: Shape) -> Shape:
    """Accept ``shape`` or null."""

    def check(value: Any, place: Place) -> Faults:
        return () if value is None else shape(value, place)

    return check


def one_of(*allowed: Any) -> Shape:
    """Accept one of a few values."""

    def check(value: Any, place: Place) -> Faults:
        if any(value == known for known in allowed if not isinstance(value, list | dict)):
            return ()
        words = [str(known) for known in allowed]
        return (Fault(place, f"unknown value {_shown(value)}{did_you_mean(str(value), words)}"),)

    return check


def items(shape: Shape) -> Shape:
    """Accept a list whose items have ``shape``."""

    def check(value: Any, place: Place) -> Faults:
        if not isinstance(value, Sequence):
            return _expected("a list", value, place)
        faults: list[Fault] = []
        for index, item in enumerate(value):
            faults += shape(item, value.item_place(index))
        return faults

    return check


def some(shape: Shape) -> Shape:
    """Accept one value of ``shape`` or a list of them."""
    several = items(shape)

    def check(value: Any, place: Place) -> Faults:
        return (several if isinstance(value, Sequence) else shape)(value, place)

    return check


def controlled(shape: Shape) -> Shape:
    """Accept ``shape``, with or without ``!inherit`` or ``!override`` before it."""

    def check(value: Any, place: Place) -> Faults:
        return shape(untagged(value), place)

    return check


def text_or(shape: Shape) -> Shape:
    """Accept text, or a mapping of ``shape``."""

    def check(value: Any, place: Place) -> Faults:
        return (shape if isinstance(value, Mapping) else text_or_table)(value, place)

    return check


def keys(
    known: Table[str, Shape],
    required: tuple[str, ...] = (),
    others: Shape | None = None,
    former: Table[str, str] = MappingProxyType({}),
) -> Shape:
    """Accept a mapping with ``known`` keys; ``others`` is the shape of values of all other keys.

    ``former`` has the replacements of keys that Zuul no longer has.
    """

    def check(value: Any, place: Place) -> Faults:
        if not isinstance(value, Mapping):
            return _expected("a mapping", value, place)
        faults: list[Fault] = []
        unknown: list[Fault] = []
        for key, item in value.items():
            if shape := known.get(key) or (others if isinstance(key, str) else None):
                faults += shape(item, value.value_place(key))
            else:
                unknown.append(Fault(value.key_place(key), _unknown(key, known, former)))
        # an unknown key may be a missing one that is misspelt
        for key in required if not unknown else ():
            if key not in value:
                faults.append(Fault(place, f"the key {key!r} is missing"))
        return faults + unknown

    return check


def _unknown(key: Any, known: Table[str, Shape], former: Table[str, str]) -> str:
    if not isinstance(key, str):
        return f"the key is {_shown(key)}, not text; put it in quotes"
    if key in former:
        return f"Zuul no longer has the key {key!r}; {former[key]}"
    return f"unknown key {key!r}{did_you_mean(key, known)}"


def named_by(check_key: Callable[[Any], str | None], shape: Shape = anything) -> Shape:
    """Accept a mapping whose keys pass ``check_key``, which returns a message or None."""

    def check(value: Any, place: Place) -> Faults:
        if not isinstance(value, Mapping):
            return _expected("a mapping", value, place)
        faults: list[Fault] = []
        for key, item in value.items():
            if wrong := check_key(key):
                faults.append(Fault(value.key_place(key), wrong))
            faults += shape(item, value.value_place(key))
        return faults

    return check


def variable_name(key: Any) -> str | None:
    """Return what is wrong with the name of an Ansible variable."""
    if isinstance(key, str) and re.fullmatch("[a-zA-Z][a-zA-Z0-9_]*", key):
        return None
    return f"{_shown(key)} is not the name of a variable: a letter, then letters, digits and _"


def host_name(key: Any) -> str | None:
    """Return what is wrong with the name of a host or group."""
    return None if isinstance(key, str) else f"{_shown(key)} is not text; put it in quotes"


def _expected(what: str, value: Any, place: Place) -> Faults:
    return (Fault(place, f"expected {what}, found {_shown(value)}"),)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Tagged):
        return f"a value tagged {value.tag}"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    shown = str(value)
    return verbatim(shown if len(shown) <= 40 else f"{shown[:37]}...")
