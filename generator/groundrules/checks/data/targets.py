"""The labels of scopes, looked up by name instead of comparing all labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TypeVar

from groundrules.records import Catalogue
from groundrules.records.expectation import Scope
from groundrules.records.platform import Label, Platform

Target = tuple[Platform, Label | None]
ScopeKey = tuple[tuple[str, ...], tuple[str, ...]]
"""The patterns of a scope: of platforms, of labels."""
_WILD = frozenset("*?[")
Value = TypeVar("Value")


def key_of(scope: Scope) -> ScopeKey:
    """Return a key that is equal for equal scopes."""
    return scope.platforms, scope.labels


class Targets:
    """Labels with their platforms, and platforms without labels, by index."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.all: list[Target] = [
            (platform, label)
            for platform in catalogue.platforms
            for label in platform.labels or (None,)
        ]
        self._platforms: dict[str, list[int]] = defaultdict(list)
        self._labels: dict[str, list[int]] = defaultdict(list)
        for index, (platform, label) in enumerate(self.all):
            self._platforms[platform.id].append(index)
            if label is not None:
                self._labels[label.name].append(index)
        self.everything = frozenset(range(len(self.all)))
        self._covered: dict[ScopeKey, frozenset[int]] = {((), ()): self.everything}
        self._whole: dict[ScopeKey, frozenset[tuple[int, None]]] = {}

    def covered(self, scope: Scope) -> frozenset[int]:
        """Return the targets of a scope; all of them for one that names none."""
        key = key_of(scope)
        if key not in self._covered:
            self._covered[key] = frozenset(
                [*matching(self._platforms, key[0]), *matching(self._labels, key[1])]
            )
        return self._covered[key]

    def whole(self, scope: Scope) -> frozenset[tuple[int, None]]:
        """Return the targets of a scope, all nodes of each."""
        key = key_of(scope)
        if key not in self._whole:
            self._whole[key] = frozenset((index, None) for index in self.covered(scope))
        return self._whole[key]


def matching(values: Mapping[str, Iterable[Value]], patterns: Iterable[str]) -> Iterator[Value]:
    """Yield the values under the names that fit patterns; a name without ``*`` is looked up."""
    for pattern in patterns:
        if _WILD.isdisjoint(pattern):
            yield from values.get(pattern, ())
        else:
            yield from (
                value for name in values if fnmatchcase(name, pattern) for value in values[name]
            )
