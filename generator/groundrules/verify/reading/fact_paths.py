"""`builds_at`: the builds at the paths that a user names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from groundrules.confined import LinkError, check_named
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.fact_archives import builds_in_archive, is_archive
from groundrules.verify.reading.fact_folders import (
    builds_in_folder,
    builds_of_pattern,
    is_pattern,
    one_file,
)
from groundrules.verify.reading.node_build import NodeBuild


class FactPathError(Exception):
    """A path is wrong; the message says what to write instead."""


def checked_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """Return paths, without repetitions.  Raises `FactPathError` for one that does not exist."""
    every = tuple(dict.fromkeys(paths))
    for path in every:
        if not (os.path.lexists(path) or is_pattern(path)):
            raise FactPathError(f"{path} does not exist; name a file, folder, archive or pattern")
    return every


def builds_at(paths: Iterable[str], root: Path) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the builds at paths: files, folders, archives, and patterns with ``*``.

    ``root`` is a folder in the checkout out of which no link leads.
    """
    for path in paths:
        try:
            yield from _builds(path, root)
        except LinkError:
            yield SkippedFacts(path, "a symbolic link on the way leads out of the repository")
        except OSError as error:
            yield SkippedFacts(path, f"it cannot be read: {error.strerror}")


def _builds(path: str, root: Path) -> Iterator[NodeBuild | SkippedFacts]:
    if not os.path.lexists(path) and is_pattern(path):
        yield from builds_of_pattern(path)
        return
    check_named(Path(path), root)
    place = Path(path).resolve()
    if place.is_dir():
        yield from builds_in_folder(place)
    elif is_archive(place):
        yield from builds_in_archive(place, root)
    else:
        yield one_file(place)
