"""Numbers and truth values that YAML does not read as they are written.

A measure can have a text or a number, so that ``24.10`` is valid, and is the number 24.1.  Only the
word in the file shows the difference.  Where only a number can be, ``010`` is still another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from math import isfinite

from groundrules.diagnostics import Location
from groundrules.records.fields import Record
from groundrules.records.number_words import NUMBERS, decimal, types_in
from groundrules.records.parts import RecordPart
from groundrules.records.shape import keys_of
from groundrules.records.yaml_surprises import quoted, surprise, word_at
from groundrules.yamlsource import Place, lines_of

_WITH_EXPONENT = re.compile(r"\d[eE][-+]\d")  # as only numbers are written
_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d\d0")  # of a number alone, nobody writes the last zero
_TRUTHS = frozenset(("true", "false"))
# an alias is checked at its anchor, and a tag such as !!int says how the value is read
_NOT_CHECKED = re.compile(r"\*|&\S+$|(?:&\S+\s+)?!")


def misread_values(
    parts: Iterable[RecordPart], path: str, text: str
) -> Iterator[tuple[Location, str]]:
    """Yield the place and message of each number and truth value that is read as another one."""
    found = set[Location]()  # with aliases and merges, a value can be reached twice
    for part in parts:
        for key, can_be_text in _keys_with_numbers(part.kind):
            if key not in part.said:
                continue
            for value, place in part.values(key):
                if not isinstance(value, int | float) or not isfinite(value) or place in found:
                    continue
                if message := _message(value, _word(text, place), can_be_text=can_be_text):
                    found.add(place)
                    yield Location(path, place.line, place.column), message


@cache
def _keys_with_numbers(kind: type[Record]) -> tuple[tuple[str, bool], ...]:
    """Return the keys that can have a number, each with whether it can have a text too."""
    types = ((key, types_in(field.annotation)) for key, field in keys_of(kind).items())
    return tuple((key, str in of_key) for key, of_key in types if of_key & NUMBERS)


def _word(text: str, place: Location) -> str:
    """Return the word at a place; empty if it is not the word that decides the value."""
    line = lines_of(text)[place.line - 1]
    is_checked = not _NOT_CHECKED.match(line, place.column - 1)
    return word_at(text, Place(place.line, place.column)) if is_checked else ""


def _message(value: float, word: str, *, can_be_text: bool) -> str:
    """Return the message for a word whose value is another one; empty for all others."""
    if isinstance(value, bool):
        is_misread = can_be_text and word.lower() not in _TRUTHS
        other = str(value).lower()
        hint = f"{quoted(word)}, or {other} for the truth value"
    elif can_be_text:
        other = decimal(value)
        is_misread = word != other and not _WITH_EXPONENT.search(word)
        hint = f"{quoted(word)}, or {other} for the number" if other else quoted(word)
    else:
        digits = word.lstrip("+").replace("_", "")
        has_digits_only = digits.removeprefix("-").isdecimal()
        is_grouped = _GROUPED.fullmatch(word) is not None
        digits = digits.replace(".", "") if is_grouped else digits
        is_misread = ":" in word or is_grouped or (has_digits_only and int(digits) != value)
        hint = f"write {int(digits)}, or " if has_digits_only or is_grouped else "write "
        hint += f"{decimal(value)} if that is meant"
    return f"{surprise(value, word)}; {hint}" if word and is_misread else ""
