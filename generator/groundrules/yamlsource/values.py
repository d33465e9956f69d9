"""What a YAML text is read into: values with places, `ParsedYaml`, and `Problem`s."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


class Place(NamedTuple):
    """Where something stands in a text: line and column, both from 1, columns in characters."""

    line: int
    column: int


class Problem(Exception):
    """What is wrong with a text, and where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.place = message, Place(line, column)


class NotText(Problem):
    """A text that is refused before YAML comes into it: too large, or not UTF-8."""


_new = tuple.__new__  # what Place(…) calls, without the call in between


class Mark(Protocol):
    """Where the parser met something: line and column from 0.

    Most places are never asked for, so that the parser's own marks are kept until they are.
    """

    line: int
    column: int


def place_of(mark: Mark) -> Place:
    """Return the place of a mark."""
    return _new(Place, (mark.line + 1, mark.column + 1))


class Mapping(dict[Any, Any]):
    """A dict that knows where it starts and where each of its keys and values stands."""

    __slots__ = ("_marks", "place")
    place: Place
    _marks: dict[Any, tuple[Mark, Mark]]

    def key_place(self, key: Hashable) -> Place:
        """Return where ``key`` is written."""
        return place_of(self._marks[key][0])

    def value_place(self, key: Hashable) -> Place:
        """Return where the value of ``key`` starts."""
        return place_of(self._marks[key][1])


class Sequence(list[Any]):
    """A list that knows where it starts and where each of its items starts."""

    __slots__ = ("_marks", "place")
    place: Place
    _marks: list[Mark]

    def item_place(self, index: int) -> Place:
        """Return where item ``index`` starts."""
        return place_of(self._marks[index])

    def drop(self, *indexes: int) -> None:
        """Remove the items at ``indexes`` together with their places."""
        kept = sorted(set(range(len(self))).difference(indexes))
        self[:] = [self[index] for index in kept]
        self._marks[:] = [self._marks[index] for index in kept]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value with a tag that YAML itself does not define, such as Zuul's ``!inherit``.

    The value of a scalar is its text: only the tag's owner knows what it means.
    """

    tag: str
    value: Any


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one text may hold before it is refused.

    ``size`` is in bytes, ``depth`` in collections inside each other, ``values`` in scalars and
    collections; the last two count after every alias is followed.
    """

    size: int = 4 * 2**20
    depth: int = 100
    values: int = 500_000


@dataclass(frozen=True, slots=True)
class ParsedYaml:
    """What one text says.

    ``duplicates`` are the keys written twice, one problem each; the later value is the one kept.
    ``unreadable`` are the scalars that look like a date or number and are none, such as
    ``2025-01-32``; they are kept as text.  ``tagged`` are the values with a tag of their own.
    ``depends`` are the values that depend on the release of PyYAML.  ``has_simple_keys`` is false
    where `repeated_keys` may find other keys twice than ``duplicates`` has.
    """

    value: Any
    place: Place
    duplicates: tuple[Problem, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    tagged: tuple[tuple[Tagged, Place], ...] = ()
    depends: tuple[Problem, ...] = ()
    has_simple_keys: bool = True
