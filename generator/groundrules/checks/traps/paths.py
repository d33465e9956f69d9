"""Which path of a tree somebody meant who wrote an expression that matches none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

FARTHEST = 2
"""More edits than this make another word, not a slip."""


@lru_cache(maxsize=65536)
def literal(pattern: str) -> str | None:
    """Return the path that an expression spells out, None where it leaves anything open.

    A dot stands for itself here, as in most file matchers: hardly anybody escapes it.

    >>> literal("^playbooks/base\\\\.yaml$"), literal("playbooks/.*"), literal("roles/base/")
    ('playbooks/base.yaml', None, 'roles/base/')
    """
    text = pattern.removeprefix("^")
    if not re.search(r"\\\$$", text):
        text = text.removesuffix("$")
    text = re.sub(r"\\([^\w])", r"\1", text)
    return None if re.search(r"[\\*+?()\[\]{}|^$]", text) else text


def nearest_path(pattern: str, tree: Iterable[str]) -> str | None:
    """Return the path or folder that an expression misses by a slip of the keyboard.

    >>> nearest_path("playbooks/boostrap.yaml", ["playbooks/bootstrap.yaml", "tox.ini"])
    'playbooks/bootstrap.yaml'
    >>> nearest_path("repo/inventory/", ["inventory/hosts.yaml"])
    'inventory/'
    """
    meant = literal(pattern)
    if not meant:
        return None
    known = with_folders(frozenset(tree))
    parts = meant.split("/")
    for start in range(1, len(parts)):
        shorter = "/".join(parts[start:])
        if shorter and shorter in known:
            return shorter
    near = (
        (steps, path)
        for path in _candidates(meant, known)
        if (steps := distance(meant, path, FARTHEST)) is not None
    )
    found = min(near, default=None)
    return found[1] if found else None


def _candidates(meant: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the paths that can be near: two edits leave one third of a word as it is."""
    size = -(-len(meant) // (FARTHEST + 1))
    parts = [meant[start : start + size] for start in range(0, len(meant), size)]
    lengths = range(len(meant) - FARTHEST, len(meant) + FARTHEST + 1)
    for path in known:
        if len(path) in lengths and any(part in path for part in parts):
            yield path


@lru_cache(maxsize=16)
def with_folders(tree: frozenset[str]) -> frozenset[str]:
    """Return paths and the folders above them, these with a ``/`` at the end."""
    found = set[str]()
    for path in tree:
        found.add(path)
        while "/" in path:
            path = path.rpartition("/")[0]
            if f"{path}/" in found:
                break
            found.add(f"{path}/")
    return frozenset(found)


def distance(one: str, other: str, most: int) -> int | None:
    """Return how many letters differ, are missing or too many; None when more than ``most``.

    >>> distance("boostrap", "bootstrap", 2), distance("base", "proxy", 2)
    (1, None)
    """
    if abs(len(one) - len(other)) > most:
        return None
    row = list(range(len(other) + 1))
    for index, sign in enumerate(one, start=1):
        above, row = row, [index]
        for at, letter in enumerate(other, start=1):
            row.append(min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (sign != letter)))
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
