"""The path of a tree that an expression almost matches, except for a typing mistake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from groundrules.grouping import grouped

FARTHEST = 2
"""The maximum number of edits; more make another word."""

FEW = 100
"""The paths whose letters are compared before rapidfuzz is imported."""


@lru_cache(maxsize=65536)
def literal(pattern: str) -> str | None:
    """Return the path that an expression spells out, or None if it has any wildcard.

    A dot counts as itself, because most file matchers do not escape it.

    >>> literal("^playbooks/base\\\\.yaml$"), literal("playbooks/.*"), literal("roles/base/")
    ('playbooks/base.yaml', None, 'roles/base/')
    """
    text = pattern.removeprefix("^")
    if not re.search(r"\\\$$", text):
        text = text.removesuffix("$")
    text = re.sub(r"\\([^\w])", r"\1", text)
    return None if re.search(r"[\\*+?()\[\]{}|^$]", text) else text


class Paths:
    """The paths of a tree and the folders above them, these with a ``/`` at the end."""

    def __init__(self, tree: Iterable[str]) -> None:
        self._known = with_folders(tree)
        self._by_length = grouped((len(path), path) for path in self._known)

    def nearest(self, pattern: str) -> str | None:
        """Return the path or folder that an expression almost matches.

        >>> Paths(["playbooks/bootstrap.yaml", "tox.ini"]).nearest("playbooks/boostrap.yaml")
        'playbooks/bootstrap.yaml'
        >>> Paths(["inventory/hosts.yaml"]).nearest("repo/inventory/")
        'inventory/'
        """
        meant = literal(pattern)
        return (self._without_prefix(meant) or self._like(meant)) if meant else None

    def _without_prefix(self, meant: str) -> str | None:
        parts = meant.split("/")
        shorter = ("/".join(parts[start:]) for start in range(1, len(parts)))
        return next((path for path in shorter if path in self._known), None)

    def _like(self, meant: str) -> str | None:
        lengths = range(len(meant) - FARTHEST, len(meant) + FARTHEST + 1)
        candidates = sorted(path for length in lengths for path in self._by_length.get(length, ()))
        # importing takes longer than to look at the letters of a few paths
        if len(candidates) <= FEW and all(_is_far(meant, path) for path in candidates):
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        # the first of several that are as near
        near = process.extractOne(
            meant, candidates, scorer=Levenshtein.distance, score_cutoff=FARTHEST
        )
        return near[0] if near else None


def _is_far(word: str, other: str) -> bool:
    """Return whether the letters alone show that two words are not alike."""
    return (Counter(word) - Counter(other)).total() > FARTHEST


def with_folders(tree: Iterable[str]) -> frozenset[str]:
    """Return paths and the folders above them, these with a ``/`` at the end."""
    known = set[str]()
    for path in tree:
        known.add(path)
        while "/" in path:
            path = path.rpartition("/")[0]
            if f"{path}/" in known:
                break
            known.add(f"{path}/")
    return frozenset(known)
