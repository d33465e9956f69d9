"""`Trees`: the paths on the branches of projects, read when a check needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

Branch = tuple[str, str]
"""A project and one of its branches."""

Tree = frozenset[str]
KEPT = 4
"""The number of cached trees: all trees of a tenant would need too much memory."""


class Trees(Mapping[Branch, Tree]):
    """The completely known trees; ``read`` returns None for others."""

    def __init__(self, branches: Iterable[Branch], read: Callable[[str, str], Tree | None]) -> None:
        self._branches = dict.fromkeys(branches)
        self._read = lru_cache(maxsize=KEPT)(read)

    def __getitem__(self, branch: Branch) -> Tree:
        """Return the paths on a branch.  Raises `KeyError` if not all are known."""
        tree = self._read(*branch) if branch in self._branches else None
        if tree is None:
            self._branches.pop(branch, None)  # it is not read again
            raise KeyError(branch)
        return tree

    def __iter__(self) -> Iterator[Branch]:
        """Yield the branches whose tree is known."""
        return (branch for branch in [*self._branches] if branch in self)

    def __len__(self) -> int:
        """Return the number of known trees."""
        return sum(1 for _ in self)
