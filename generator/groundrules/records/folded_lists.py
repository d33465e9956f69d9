"""Lists in texts whose lines YAML joins, so that readers see one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Location
from groundrules.records.fields import prose_fields
from groundrules.records.parts import RecordPart
from groundrules.yamlsource import lines_of

_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])[ \t]")
_ITEMS = re.compile(rf"(?<!\S){_ITEM.pattern}")  # in a text whose lines were joined
_MARK = re.compile(r"(?:[&!]\S*[ \t]+)*([^&!]?)")  # after an anchor or a tag
_WITHOUT_MARK = "write '|' after the key, and the text below it"
_ADVICE = {">": "begin the text with '|', not '>'", **dict.fromkeys("|*'\"", "")}


def folded_lists(
    parts: Iterable[RecordPart], path: str, text: str
) -> Iterator[tuple[Location, str]]:
    """Yield the place of each text whose lines YAML joins, and two of which are items of a list.

    Such a text begins with ``>``, or is without quotes.
    """
    lines = lines_of(text)
    seen = set[Location]()  # with aliases and merges, a value can be reached twice
    for part in parts:
        for key in prose_fields(part.kind):
            value, place = part.said.get(key), part.location(key)
            if not isinstance(value, str) or place in seen:
                continue
            seen.add(place)
            mark = _MARK.match(lines[place.line - 1], place.column - 1)
            advice = _ADVICE.get(mark[1], _WITHOUT_MARK) if mark else ""
            if advice and len(_ITEMS.findall(value)) > 1 and _has_list(lines, place.line, value):
                yield place, f"YAML joins the lines of this list; {advice}"


def _has_list(lines: tuple[str, ...], start: int, value: str) -> bool:
    """Return whether a text, of which some lines are from ``start`` on, has two items of a list."""
    indent, before, end = "", False, 0
    for number in range(start, len(lines)):
        line = lines[number]
        words = line.strip()
        indent = indent or (line[: len(line) - len(line.lstrip(" "))] if words else "")
        end = value.find(words, end)
        if end < 0 or (words and not line.startswith(indent)):
            break  # the text ended
        content = line.removeprefix(indent)
        is_item = _ITEM.match(content) is not None
        if is_item and before:
            return True
        before = bool(words) and (is_item or (before and not content.startswith(" ")))
    return False
