"""Lists in texts whose lines YAML joins, so that readers see one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Location
from groundrules.records.fields import prose_fields
from groundrules.records.parts import RecordPart
from groundrules.yamlsource import lines_of

_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])[ \t]")
_FOLDED = re.compile(r"[ \t]>")


def folded_lists(
    parts: Iterable[RecordPart], path: str, text: str
) -> Iterator[tuple[Location, str]]:
    """Yield the place of each text that YAML folds, and in which two lines are items of a list."""
    if not _FOLDED.search(text):
        return
    lines = lines_of(text)
    for part in parts:
        for key in prose_fields(part.kind):
            if not isinstance(part.said.get(key), str):
                continue
            place = part.location(key)
            mark = lines[place.line - 1][place.column - 1 : place.column]
            if mark == ">" and _has_list(lines[place.line :]):
                message = "YAML joins the lines of this list; begin the text with '|', not '>'"
                yield Location(path, place.line, place.column), message


def _has_list(lines: tuple[str, ...]) -> bool:
    """Return whether a folded text, with which some lines begin, has two items of a list."""
    first = next((line for line in lines if line.strip()), "")
    indent = len(first) - len(first.lstrip(" "))
    before = False
    for line in lines:
        content = line[indent:]
        if line[:indent].strip():
            break  # the text ended
        is_item = _ITEM.match(content) is not None
        if is_item and before:
            return True
        before = bool(content.strip()) and (is_item or (before and not content.startswith(" ")))
    return False
