"""The labels of scopes, looked up by name instead of comparing all labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fnmatch import fnmatchcase

from groundrules.records import Catalogue
from groundrules.records.expectation import Scope
from groundrules.records.platform import Label, Platform

Target = tuple[Platform, Label | None]
ScopeKey = tuple[tuple[str, ...], tuple[str, ...]]
"""The patterns of a scope: of platforms, of labels."""
_WILD = frozenset("*?[")


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
                [*_matching(self._platforms, key[0]), *_matching(self._labels, key[1])]
            )
        return self._covered[key]

    def whole(self, scope: Scope) -> frozenset[tuple[int, None]]:
        """Return the targets of a scope, all nodes of each."""
        key = key_of(scope)
        if key not in self._whole:
            self._whole[key] = frozenset((index, None) for index in self.covered(scope))
        return self._whole[key]


def _matching(indexes: dict[str, list[int]], patterns: Iterable[str]) -> Iterable[int]:
    for pattern in patterns:
        if _WILD.isdisjoint(pattern):
            yield from indexes.get(pattern, ())
        else:
            names = (name for name in indexes if fnmatchcase(name, pattern))
            yield from (index for name in names for index in indexes[name])
