"""Values in braces that a comma ended: YAML reads the words after it as keys without values.

``{at_least: 7,600}`` has the keys ``at_least`` and 600, and ``{one_of: 11, 13}`` has the key 13.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct
from pydantic_core import ErrorDetails

from groundrules.diagnostics import Rule
from groundrules.nearest import nearest
from groundrules.records.fields import Record, text_fields
from groundrules.records.list_words import listed
from groundrules.records.number_words import NUMBERS, meant_number, types_in
from groundrules.records.shape import keys_of, model_at
from groundrules.rules import reading as rules
from groundrules.yamlsource import Mapping, Place, lines_of

_KEYS = frozenset(("extra_forbidden", "invalid_key"))
# a part of a value in braces, up to the next comma; a colon in it is not that of a key
_PART = re.compile(r"""(?:[^\s,:{}\[\]#'"]|:(?=[^\s,{}\[\]])|[ \t](?!#))+""")


class SplitValue(Struct, frozen=True):
    """A value: where it starts, what is wrong with it, and the places of the mistakes it makes."""

    place: Place
    rule: Rule
    message: str
    covered: tuple[Place, ...]


def split_values(
    errors: Sequence[ErrorDetails], model: type[Record], root: Mapping, text: str
) -> Iterator[SplitValue]:
    """Yield each value that a comma ended, if it is known what is meant."""
    lists = {error["loc"] for error in errors if error["type"] == "tuple_type"}
    seen = set[Place]()
    for error in errors:
        if error["type"] not in _KEYS or error["input"] not in (None, error["loc"][-1]):
            continue
        *above, _ = error["loc"]
        holder, part = _holder(root, above), model_at(model, tuple(above))
        if holder is None or part is None or holder.place in seen:
            continue
        seen.add(holder.place)
        for key, after in _runs(holder, part):
            if words := _words(holder, key, after, text):
                is_list = (*above, key) in lists
                yield from _meant(holder, part, words, is_list=is_list)


class _Words(Struct, frozen=True):
    """What is written between commas after a key, and the keys that it makes."""

    key: str
    after: tuple[Any, ...]
    text: str
    words: tuple[str, ...]


def _holder(root: Mapping, route: Iterable[str | int]) -> Mapping | None:
    """Return the mapping at a route."""
    value: Any = root
    for step in route:
        value = value[step]
    return value if isinstance(value, Mapping) else None


def _runs(holder: Mapping, part: type[Record]) -> Iterable[tuple[str, list[Any]]]:
    """Return each key that unknown keys without values follow, and these."""
    runs: dict[str, list[Any]] = {}
    start = None
    for key, value in holder.items():
        if value is not None or key in keys_of(part):
            start = key
        elif isinstance(start, str):
            runs.setdefault(start, []).append(key)
    return runs.items()


def _words(holder: Mapping, key: str, after: list[Any], text: str) -> _Words | None:
    """Return what is written after a key, if it makes the keys ``after`` it."""
    place = holder.value_place(key)
    line = lines_of(text)[place.line - 1]
    start = end = place.column - 1
    words: list[str] = []
    while (part := _PART.match(line, end + bool(words))) and not line.startswith(":", part.end()):
        words.append(part[0].strip())
        end = part.end()
        if line[end : end + 1] != ",":
            break
    made = range(place.column, end + 1)
    places = map(holder.key_place, after)
    is_made = all(other.line == place.line and other.column in made for other in places)
    if not is_made or words[0][:1] in tuple("&!*"):
        return None
    return _Words(key, tuple(after), line[start:end].strip(), tuple(words))


def _meant(
    holder: Mapping, part: type[Record], value: _Words, *, is_list: bool
) -> Iterator[SplitValue]:
    """Yield the one mistake of a value instead of those that a comma makes of it."""
    places = tuple(map(holder.key_place, value.after))
    own = holder.value_place(value.key)
    field = keys_of(part).get(value.key)
    if field is None:  # the mistake is the key before
        yield SplitValue(own, rules.UNKNOWN_KEY, "", places)
        return
    types, meant = types_in(field.annotation), None
    if is_list:
        meant = listed(list(value.words), field, in_braces=True)
    elif types & NUMBERS and isinstance(holder[value.key], int):
        meant = meant_number(value.text, is_whole=float not in types)
    if meant:
        message = f"expected a {'list' if is_list else 'number'}, not {value.text}; write {meant}"
        yield SplitValue(own, rules.WRONG_VALUE, message, (own, *places))
    elif timedelta in types:
        message = f"expected a duration such as 9 min or 1 h 30 min, not {value.text}"
        yield SplitValue(own, rules.WRONG_VALUE, message, (own, *places))
    elif (value.key in text_fields(part) or {str, *NUMBERS} <= types) and not _may_be_keys(
        holder, part, value.words[1:]
    ):
        word = value.words[1]
        message = f"{word!r} is a key without a value; quote text that contains a comma"
        yield SplitValue(places[0], rules.UNKNOWN_KEY, message, places)


def _may_be_keys(holder: Mapping, part: type[Record], words: Iterable[str]) -> bool:
    """Return whether a word is near to a key that is not there yet; keys have no capitals."""
    others = keys_of(part).keys() - holder.keys()
    return any(word.islower() and nearest(word, others) for word in words)
