"""`Trees`: the paths on the branches of projects, read when a check needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

Branch = tuple[str, str]
"""A project and one of its branches."""

Tree = frozenset[str]
KEPT = 4
"""The number of cached trees: all trees of a tenant would need too much memory."""


class Trees(Mapping[Branch, Tree]):
    """The completely known trees; ``read`` returns None for others."""

    def __init__(self, branches: Iterable[Branch], read: Callable[[str, str], Tree | None]) -> None:
        self._branches, self._read = dict.fromkeys(branches), read
        self._kept: dict[Branch, Tree] = {}
        self._lost: set[Branch] = set()

    def __getitem__(self, branch: Branch) -> Tree:
        """Return the paths on a branch.  Raises `KeyError` if not all are known."""
        if branch in self._kept:
            return self._kept[branch]
        if branch in self._lost or branch not in self._branches:
            raise KeyError(branch)
        tree = self._read(*branch)
        if tree is None:
            self._lost.add(branch)
            raise KeyError(branch)
        if len(self._kept) >= KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[branch] = tree
        return tree

    def __iter__(self) -> Iterator[Branch]:
        """Yield the branches whose tree is known."""
        return (branch for branch in self._branches if branch in self)

    def __len__(self) -> int:
        """Return the number of known trees."""
        return sum(1 for _ in self)
