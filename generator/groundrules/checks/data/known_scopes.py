"""`KnownScopes`: whether all that a scope names exists; what does not is reported elsewhere."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable

from groundrules.records.expectation import Exemption, Scope
from groundrules.records.references import Names

_WILD = frozenset("*?[")


class KnownScopes:
    """Answers whether scopes name only records that exist; each pattern is compared once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[str, str], bool] = {}

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
        names = self._names.of(kind)
        if _WILD.isdisjoint(pattern):
            return pattern in names
        key = kind, pattern
        if key not in self._known:
            self._known[key] = bool(fnmatch.filter(names, pattern))
        return self._known[key]
