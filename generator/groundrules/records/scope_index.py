"""`ScopeIndex`: what is about a label, looked up by name instead of asking every scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from groundrules.grouping import grouped
from groundrules.records.expectation import Scope
from groundrules.records.platform import Label, Platform

Item = TypeVar("Item")


class ScopeIndex(Generic[Item]):
    """Items, each with its scope; only scopes with patterns, or without names, are asked."""

    def __init__(self, items: Iterable[tuple[Scope, Item]]) -> None:
        self._items = list(items)
        self._by_name = grouped(
            (name, at) for at, (scope, _) in enumerate(self._items) for name in _names(scope)
        )

    def about(self, platform: Platform, label: Label) -> list[Item]:
        """Return the items whose scopes cover a label, in their order."""
        names = (("label", label.name), ("platform", platform.id), _ASKED)
        places = sorted({at for name in names for at in self._by_name.get(name, ())})
        items = (self._items[at] for at in places)
        return [item for scope, item in items if scope.covers(platform, label)]


_ASKED = ("", "")


def _names(scope: Scope) -> set[tuple[str, str]]:
    """Return the names by which a scope is found."""
    named = {("platform", name) for name in scope.platforms}
    named |= {("label", name) for name in scope.labels}
    return {_ASKED if "*" in name else (kind, name) for kind, name in named} or {_ASKED}
