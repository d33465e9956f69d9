"""The results of reading YAML: values with places, `ParsedYaml`, and `Problem`s."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import chain
from typing import Any, NamedTuple, Protocol

from msgspec import Struct


class Place(NamedTuple):
    """A place in a text: line and column, both from 1, columns in characters."""

    line: int
    column: int


class Problem(Exception):
    """A mistake in a text, with its place."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.place = message, Place(line, column)


class NotText(Problem):
    """Bytes that are rejected before parsing: too large, or not UTF-8."""


_new = tuple.__new__  # the same as Place(…), without one call


class Mark(Protocol):
    """A position of the parser: line and column from 0.

    Most places are never needed, so the parser's own marks are stored until they are.
    """

    line: int
    column: int


def place_of(mark: Mark) -> Place:
    """Return the place of a mark."""
    return _new(Place, (mark.line + 1, mark.column + 1))


class Mapping(dict[Any, Any]):
    """A dict with its place, and the places of its keys and values."""

    __slots__ = ("_marks", "place")
    place: Place
    _marks: dict[Any, tuple[Mark, Mark]]

    def key_place(self, key: Hashable) -> Place:
        """Return the place of ``key``."""
        return place_of(self._marks[key][0])

    def value_place(self, key: Hashable) -> Place:
        """Return the place of the value of ``key``."""
        return place_of(self._marks[key][1])

    def places(self) -> Iterator[Place]:
        """Yield the places of the keys and values, also of those that were removed."""
        return map(place_of, chain.from_iterable(self._marks.values()))


class Sequence(list[Any]):
    """A list with its place, and the places of its items."""

    __slots__ = ("_marks", "place")
    place: Place
    _marks: list[Mark]

    def item_place(self, index: int) -> Place:
        """Return the place of item ``index``."""
        return place_of(self._marks[index])

    def drop(self, *indexes: int) -> None:
        """Remove the items at ``indexes`` and their places."""
        kept = sorted(set(range(len(self))).difference(indexes))
        self[:] = [self[index] for index in kept]
        self._marks[:] = [self._marks[index] for index in kept]


class Tagged(Struct, frozen=True):
    """A value with a custom tag, such as Zuul's ``!inherit``.

    The value of a scalar is its text, because the tag defines its meaning.
    """

    tag: str
    value: Any


def untagged(value: Any) -> Any:
    """Return a value without its custom tag."""
    return value.value if isinstance(value, Tagged) else value


class Limits(Struct, frozen=True):
    """The limits for a text.

    ``size`` is in bytes, ``depth`` in nested collections, and ``values`` in scalars and
    collections.  The last two include the content of aliases.
    """

    size: int = 4 * 2**20
    depth: int = 100
    values: int = 500_000


class ParsedYaml(Struct, frozen=True):
    """The content of a text.

    ``duplicates`` are problems for repeated keys; the later value is used.  ``unreadable`` are
    invalid dates and numbers, such as ``2025-01-32``; they are kept as text.  ``tagged`` are the
    values with a custom tag.  ``depends`` are the values that depend on the release of PyYAML.
    ``has_simple_keys`` is false if `repeated_keys` may find other repeated keys than
    ``duplicates``.
    """

    value: Any
    place: Place
    duplicates: tuple[Problem, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    tagged: tuple[tuple[Tagged, Place], ...] = ()
    depends: tuple[Problem, ...] = ()
    has_simple_keys: bool = True
