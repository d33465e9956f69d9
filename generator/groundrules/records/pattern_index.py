"""`PatternIndex`: what is for a name, looked up instead of comparing every list of names."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Generic, TypeVar

from groundrules.grouping import grouped

Item = TypeVar("Item")


class PatternIndex(Generic[Item]):
    """Items, each with the names and patterns that it is for; ``*`` matches any characters.

    >>> index = PatternIndex([(("small", "x-*"), "a"), (("x-arm",), "b")])
    >>> index.matching("x-arm"), index.matching("small", "none")
    (['a', 'b'], ['a'])
    """

    def __init__(self, items: Iterable[tuple[Iterable[str], Item]]) -> None:
        listed = list(items)
        self._items = [item for _, item in listed]
        self._places = grouped((name, at) for at, (names, _) in enumerate(listed) for name in names)
        self._patterns = [name for name in self._places if "*" in name]

    def matching(self, *names: str) -> list[Item]:
        """Return the items for any of some names, in their order."""
        found = {*names}
        for name in names:
            found.update(each for each in self._patterns if fnmatchcase(name, each))
        places = {at for name in found for at in self._places.get(name, ())}
        return [self._items[at] for at in sorted(places)]
