"""YAML text → plain values that know the line and column of every key, value and item.

The only user of the YAML library.  Values are those of PyYAML's ``SafeLoader`` (YAML 1.1,
https://yaml.org/spec/1.1/): the resolver and the scalar constructors are PyYAML's own, so
``no`` is false and ``2016-11-07`` is a date here as they are for Zuul.  Added to that are
positions, custom tags (kept as `Tagged`) and refusals that keep strangers' files harmless.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

CORE = "tag:yaml.org,2002:"


class Place(NamedTuple):
    """Where something stands in a text: line and column, both from 1, columns in characters."""

    line: int
    column: int


class Problem(Exception):
    """A text that is refused: what is wrong, and where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.place = message, Place(line, column)


class Mapping(dict[Any, Any]):
    """A dict that knows where it starts and where each of its keys and values stands."""

    __slots__ = ("_places", "place")
    place: Place
    _places: dict[Any, tuple[int, int, int, int]]

    def key_place(self, key: Hashable) -> Place:
        """Return where ``key`` is written."""
        return Place(*self._places[key][:2])

    def value_place(self, key: Hashable) -> Place:
        """Return where the value of ``key`` starts."""
        return Place(*self._places[key][2:])


class Sequence(list[Any]):
    """A list that knows where it starts and where each of its items starts."""

    __slots__ = ("_places", "place")
    place: Place
    _places: list[tuple[int, int]]

    def item_place(self, index: int) -> Place:
        """Return where item ``index`` starts."""
        return Place(*self._places[index])

    def drop(self, index: int) -> None:
        """Remove item ``index`` together with its place."""
        del self[index], self._places[index]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value with a tag that YAML itself does not define, such as Zuul's ``!inherit``."""

    tag: str
    value: Any


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one text may hold before it is refused.

    ``size`` is in bytes, ``depth`` in collections inside each other, ``values`` in scalars and
    collections after every alias is followed.
    """

    size: int = 4 * 2**20
    depth: int = 100
    values: int = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """What one text says.

    ``duplicates`` are the keys written twice, one problem each; the later value is the one kept.
    ``tagged`` are the values with a tag of their own, each with its place.
    ``unreadable`` are the scalars that look like a date or number and are none, such as
    ``2025-01-32``; they are kept as text.
    """

    value: Any
    place: Place
    duplicates: tuple[Problem, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    tagged: tuple[tuple[Tagged, Place], ...] = ()


def read(data: bytes, bounds: Bounds = Bounds()) -> Source:
    """Read one YAML document.

    Raises `Problem` for a text that is not UTF-8, not YAML, holds a second document, or is
    larger, deeper or more aliased than ``bounds`` allow.
    """
    _check_text(data, bounds)
    parser = yaml.CSafeLoader(data)
    try:
        return _Builder(parser, bounds).document()
    except yaml.MarkedYAMLError as error:
        raise _explained(error, data) from None
    except yaml.reader.ReaderError as error:
        place = _place_of_byte(data, error.position)
        message = f"the character U+{error.character:04X} is not allowed in YAML; remove it"
        raise Problem(message, *place) from None
    finally:
        parser.dispose()


class _Builder:
    """Turns parser events into values; one instance reads one text."""

    def __init__(self, parser: yaml.CSafeLoader, bounds: Bounds) -> None:
        self.next = parser.get_event
        self.bounds = bounds
        self.depth = self.values = 0
        # an anchor's value, its place, and how many values following it costs
        self.anchors: dict[str, tuple[Any, int] | None] = {}
        self.duplicates: list[Problem] = []
        self.tagged: list[tuple[Tagged, Place]] = []
        self.unreadable: list[Problem] = []

    def document(self) -> Source:
        self.next()  # the start of the stream
        if type(self.next()) is StreamEndEvent:
            return Source(None, Place(1, 1))
        event = self.next()
        place, value = _place(event), self.value(event)
        self.next()  # the end of the document
        if type(event := self.next()) is DocumentStartEvent:
            raise Problem(
                "a second document starts here; keep one document in a file", *_place(event)
            )
        return Source(
            value, place, tuple(self.duplicates), tuple(self.unreadable), tuple(self.tagged)
        )

    def value(self, event: Any) -> Any:
        kind = type(event)
        if kind is AliasEvent:
            return self.alias(event)
        before = self.values
        if event.anchor:
            self.anchors[event.anchor] = None  # known, not yet complete
        if kind is ScalarEvent:
            value = self.scalar(event)
        else:
            value = self.collection(event, kind)
        if event.anchor:
            self.anchors[event.anchor] = value, self.values - before
        return value

    def alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            known = ", ".join(f"&{name}" for name in self.anchors) or "none"
            self.refuse(
                event, f"the alias *{event.anchor} has no anchor before it (known: {known})"
            )
        anchored = self.anchors[event.anchor]
        if anchored is None:
            self.refuse(event, f"the alias *{event.anchor} stands inside its own anchor")
        self.count(event, anchored[1])
        return anchored[0]

    def scalar(self, event: Any) -> Any:
        self.count(event, 1)
        tag, text = event.tag, event.value
        if tag and tag != "!" and not tag.startswith(CORE):
            return self.tag(event, _implicit(text) if event.style is None else text)
        try:
            if event.implicit[0]:
                return _implicit(text)
            return text if tag is None or tag == "!" else _constructed(tag, text)
        except (ValueError, OverflowError, yaml.YAMLError) as error:
            reason = str(getattr(error, "problem", None) or error).partition(";")[0]
            message = f"{_shortened(text)} cannot be read: {reason}; if text is meant, quote it"
            self.unreadable.append(Problem(message, *_place(event)))
            return text

    def collection(self, event: Any, kind: type) -> Any:
        self.count(event, 1)
        self.depth += 1
        if self.depth > self.bounds.depth:
            self.refuse(event, f"more than {self.bounds.depth} collections inside each other")
        value = self.mapping(event) if kind is MappingStartEvent else self.sequence(event)
        self.depth -= 1
        tag = event.tag
        if tag is None or tag in ("!", f"{CORE}map", f"{CORE}seq"):
            return value
        if tag.startswith(CORE):
            self.refuse(event, f"the tag !!{tag.removeprefix(CORE)} is not supported here")
        return self.tag(event, value)

    def tag(self, event: Any, value: Any) -> Tagged:
        tagged = Tagged(event.tag, value)
        self.tagged.append((tagged, _place(event)))
        return tagged

    def sequence(self, event: Any) -> Sequence:
        value = Sequence()
        value.place = _place(event)
        value._places = places = []
        while type(item := self.next()) is not SequenceEndEvent:
            mark = item.start_mark
            places.append((mark.line + 1, mark.column + 1))
            value.append(self.value(item))
        return value

    def mapping(self, event: Any) -> Mapping:
        value = Mapping()
        value.place = _place(event)
        value._places = places = {}
        merges: list[Mapping] = []
        written = set()
        while type(key_event := self.next()) is not MappingEndEvent:
            if _merges(key_event):
                merges += self.merged(self.next())
                continue
            key = self.key(key_event)
            item_event = self.next()
            at, item_at = key_event.start_mark, item_event.start_mark
            item = self.value(item_event)
            if key in value or key_event.value in written:
                first = places.get(key, places.get(key_event.value, (0,)))[0]
                where = f" (first on line {first})" if first else ""
                message = f"the key {key_event.value!r} is written twice{where}; keep one of them"
                self.duplicates.append(Problem(message, *_place(key_event)))
            written.add(key_event.value)
            value[key] = item
            places[key] = (at.line + 1, at.column + 1, item_at.line + 1, item_at.column + 1)
        return _with_merges(value, merges) if merges else value

    def key(self, event: Any) -> Any:
        if type(event) is AliasEvent:
            key = self.alias(event)
            event.value, event.style = str(key), '"'
        elif type(event) is ScalarEvent:
            key = self.value(event)
        else:
            self.refuse(
                event,
                "a key must be a single word or number, not a list or mapping; "
                "put text that begins with '{' or '[' in quotes",
            )
        if not isinstance(key, Hashable) or isinstance(key, Tagged):
            self.refuse(event, "a key must be a single word or number without a tag")
        return key

    def merged(self, event: Any) -> list[Mapping]:
        value = self.value(event)
        # PyYAML: of a list of mappings the earlier one wins, so the list is applied backwards
        mappings = list(reversed(value)) if isinstance(value, Sequence) else [value]
        if not all(isinstance(each, Mapping) for each in mappings):
            self.refuse(event, "'<<' takes a mapping or a list of mappings, such as *anchor")
        return mappings

    def count(self, event: Any, values: int) -> None:
        self.values += values
        if self.values > self.bounds.values:
            limit = f"{self.bounds.values:,}"
            self.refuse(event, f"the file holds more than {limit} values once aliases are followed")

    def refuse(self, event: Any, message: str) -> Any:
        raise Problem(message, *_place(event))


def _with_merges(own: Mapping, merges: list[Mapping]) -> Mapping:
    """Return ``own`` with the merged keys before its own, in PyYAML's order."""
    value = Mapping()
    value.place, value._places = own.place, {}
    for mapping in (*merges, own):
        value.update(mapping)
        value._places.update(mapping._places)
    return value


def _merges(event: Any) -> bool:
    return type(event) is ScalarEvent and event.value == "<<" and event.implicit[0]


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


_resolver = yaml.resolver.Resolver()
_constructor = yaml.constructor.SafeConstructor()


@lru_cache(maxsize=65536)
def _implicit(text: str) -> Any:
    """Return what an unquoted scalar means in YAML 1.1."""
    tag = _resolver.resolve(yaml.ScalarNode, text, (True, False))
    return text if tag == f"{CORE}str" else _constructed(tag, text)


def _constructed(tag: str, text: str) -> Any:
    return _constructor.construct_object(yaml.ScalarNode(tag, text))


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _check_text(data: bytes, bounds: Bounds) -> None:
    if len(data) > bounds.size:
        limit = bounds.size / 2**20
        raise Problem(f"the file is larger than {limit:g} MiB; split it", 1, 1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Problem(message, *_place_of_byte(data, error.start)) from None


def _place_of_byte(data: bytes, offset: int) -> Place:
    before = data[:offset].decode("utf-8", "replace").removeprefix("\ufeff")
    line = before.count("\n")
    return Place(line + 1, len(before) - (before.rfind("\n") + 1) + 1)


_HINTS = {
    "mapping values are not allowed in this context": (
        "a second ': ' in one value; put the value in quotes, or the key on a line of its own"
    ),
    "did not find expected key": "not a key of this mapping; check indentation and quotes",
    "did not find expected '-' indicator": "not an item of this list; check the indentation",
    "could not find expected ':'": "a key without ':' after it",
    "found unexpected end of stream": "the file ends inside quotes; close them",
    "found character that cannot start any token": (
        "this character cannot begin a value; put the value in quotes"
    ),
    "found undefined tag handle": "a tag whose prefix is not defined",
}


def _explained(error: yaml.MarkedYAMLError, data: bytes) -> Problem:
    """Return libyaml's message with the place and, where it is known, what to do about it."""
    mark = error.problem_mark or error.context_mark
    line = data.decode("utf-8").splitlines()[mark.line : mark.line + 1]
    if line and line[0][mark.column : mark.column + 1] == "\t":
        message = "a tab where YAML allows only spaces; indent with spaces"
    else:
        message = _HINTS.get(error.problem or "", f"not YAML: {error.problem}")
    return Problem(message, mark.line + 1, mark.column + 1)


def place_in(text: str, start: Place, value: str, index: int) -> Place:
    """Return where character ``index`` of the scalar ``value`` stands in the file ``text``.

    ``start`` is the scalar's own place.  Blocks, folded and quoted scalars change only white
    space (and ``''``), so counting the other characters leads to the same one in the file.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    line, column = start.line - 1, start.column - 1
    first = lines[line][column : column + 1]
    if first in ("|", ">"):
        line, column = line + 1, 0
    elif first in ("'", '"'):
        column += 1
    wanted = sum(not character.isspace() for character in value[:index])
    for number in range(line, len(lines)):
        for at in range(column if number == line else 0, len(lines[number])):
            doubled = first == "'" and lines[number].startswith("''", at)
            if doubled or lines[number][at].isspace():
                continue
            if wanted == 0:
                return Place(number + 1, at + 1)
            wanted -= 1
    return start
