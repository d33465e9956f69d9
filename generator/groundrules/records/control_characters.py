"""Characters that cannot be shown: only escapes in double quotes produce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from groundrules.yamlsource import Mapping, Place, Sequence, place_in

# Every character of Unicode's category Cc but the end of a line and the tab.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Control:
    """A control character: its own place, that of the text it is in, and what to write instead."""

    place: Place
    text: Place
    message: str


def controls(value: Any, text: str) -> Iterator[Control]:
    """Yield the first control character of each text in ``value``, which the file ``text`` says.

    XML and terminals cannot hold them, and what one program shows as a space ends a line for
    the next.
    """
    if "\\" not in text and not _CONTROL.search(text):
        return  # no text has an escape, so none has another character than the file
    visited = set[int]()  # with aliases, two ways may lead to one part
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
    return f"the control character U+{ord(character):04X} cannot be shown; {instead}"
