"""Characters in texts that cannot be seen: control characters, zero width, other directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from groundrules.yamlsource import Mapping, Place, Sequence, place_in

# Every character of Unicode's category Cc except newline and tab, which only escapes in double
# quotes produce; of Cf, those that hide words from a search, or show a text in another order.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class Control(Struct, frozen=True):
    """A control character: its place, the place of its text, and a replacement."""

    place: Place
    text: Place
    message: str


def controls(value: Any, text: str) -> Iterator[Control]:
    """Yield the first such character of each text in ``value``, which was read from ``text``.

    XML and terminals do not support them, and programs treat them differently, as a space or as
    the end of a line.
    """
    if "\\" not in text and not _CONTROL.search(text):
        return  # without escapes, no text has a character that the file does not have
    visited = set[int]()  # with aliases, a value can be reached twice
    todo = [value]
    while todo:
        part = todo.pop()
        if id(part) in visited:
            continue
        visited.add(id(part))
        for item, place in _items(part):
            if isinstance(item, Mapping | Sequence):
                todo.append(item)
            elif isinstance(item, str) and (control := _CONTROL.search(item)):
                where = place_in(text, place, item, control.start())
                yield Control(where, place, _message(control[0]))


def _items(part: Mapping | Sequence) -> Iterator[tuple[Any, Place]]:
    if isinstance(part, Mapping):
        for key, item in part.items():
            yield key, part.key_place(key)
            yield item, part.value_place(key)
    else:
        for index, item in enumerate(part):
            yield item, part.item_place(index)


def _message(character: str) -> str:
    instead = "write a space or \\n" if character.isspace() else "remove it"
    kind = "control" if unicodedata.category(character) == "Cc" else "invisible"
    return f"the {kind} character U+{ord(character):04X} cannot be shown; {instead}"
