"""What scopes name, looked up by name instead of comparing all records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TypeVar

from groundrules.grouping import grouped
from groundrules.records import Catalogue
from groundrules.records.expectation import Exemption, Scope
from groundrules.records.platform import Label, Platform
from groundrules.records.references import Names

Target = tuple[Platform, Label | None]
ScopeKey = tuple[tuple[str, ...], tuple[str, ...]]
"""The patterns of a scope: of platforms, of labels."""
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
        indexed = list(enumerate(self.all))
        self._platforms = grouped((platform.id, at) for at, (platform, _) in indexed)
        self._labels = grouped((label.name, at) for at, (_, label) in indexed if label)
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


class KnownScopes:
    """Whether scopes name only records that exist; what does not exist is reported elsewhere."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[str, str], bool] = {}  # each pattern is compared once

    def has(self, scope: Scope) -> bool:
        """Return whether all platforms, labels, providers and regions exist that a scope names."""
        named = self.has_all("platform", scope.platforms) and self.has_all("label", scope.labels)
        if not isinstance(scope, Exemption):
            return named
        suppliers = self.has_all("provider", scope.providers)
        return named and suppliers and self.has_all("region", scope.regions)

    def has_all(self, kind: str, patterns: Iterable[str]) -> bool:
        """Return whether each pattern matches a name of a kind."""
        return all(self._has(kind, pattern) for pattern in patterns)

    def _has(self, kind: str, pattern: str) -> bool:
        if (kind, pattern) not in self._known:
            self._known[kind, pattern] = bool(_fitting(self._names.of(kind), pattern))
        return self._known[kind, pattern]


def matching(values: Mapping[str, Iterable[Value]], patterns: Iterable[str]) -> Iterator[Value]:
    """Yield the values under the names that fit patterns; a name without ``*`` is looked up."""
    names = (name for pattern in patterns for name in _fitting(values, pattern))
    return (value for name in names for value in values[name])


def _fitting(names: Collection[str], pattern: str) -> list[str]:
    """Return the names that fit a pattern, in which only ``*`` is special."""
    if "*" not in pattern:
        return [pattern] if pattern in names else []
    return [name for name in names if fnmatchcase(name, pattern)]
