"""Facts in folders and behind patterns: walked in order, with the names of one folder in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from groundrules.confined import Confined, Entry, EntryKind
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.node_build import (
    INVENTORY,
    FactFile,
    NodeBuild,
    WaitingFiles,
    named_node,
    node_of,
)

TOGETHER = 200
"""Documents of one folder that are read together."""
Wanted = Callable[[str, bool], bool]
_WHY_NOT = {
    EntryKind.LINK: "it is a symbolic link, which is not followed",
    EntryKind.FOLDER: "it is a folder that cannot be opened, or is more than 50 folders deep",
}


def is_pattern(path: str) -> bool:
    """Return whether a path has characters of a pattern.

    >>> is_pattern("logs/*/host-info.*.yaml"), is_pattern("logs")
    (True, False)
    """
    return any(character in path for character in "*?[")


def builds_in_folder(folder: Path) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the builds below a folder; it exists.  Raises `OSError` if it cannot be read.

    These are the host-info files at any depth.  A folder with files only, none of them host-info,
    is one that ``ansible --tree`` wrote: each file is named after its node.
    """
    if _is_tree(folder):
        yield from _builds(folder, lambda path, is_folder: not path.startswith("."), named_node)
    else:
        yield from _builds(folder, _is_host_info, node_of)


def builds_of_pattern(pattern: str) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the builds of the files that match a pattern.

    ``*`` and ``?`` match within a name, ``**`` is any number of folders.  Of a folder that matches,
    the host-info files below it are read.  Raises `OSError`.
    """
    folder, steps = _split(pattern)
    matches = _PatternMatches(tuple(_expression(step) for step in steps))
    yield from _builds(folder, matches, named_node)


def one_file(path: Path) -> NodeBuild:
    """Return the build of a file that was named, with the inventory in its folder."""
    inventory = None if path.name == INVENTORY else _inventory_in(path.parent, "")
    return NodeBuild((_file(path.parent, path.name, named_node(path.name)),), inventory)


def _is_tree(folder: Path) -> bool:
    """Return whether a folder has files only, and none of them is host-info or an inventory."""
    names = 0
    for entry in Confined(folder).stream(lambda path, is_folder: not path.startswith(".")):
        if "/" in entry.path or entry.kind is EntryKind.FOLDER:
            return False
        if node_of(entry.path) or entry.path == INVENTORY:
            return False
        names += 1
    return names > 0


def _is_host_info(path: str, is_folder: bool) -> bool:
    return is_folder or bool(node_of(path.rpartition("/")[2]))


def _builds(
    folder: Path, wanted: Wanted, node: Callable[[str], str]
) -> Iterator[NodeBuild | SkippedFacts]:
    entries = Confined(folder).stream(wanted)
    for _, inside in groupby(entries, key=lambda entry: entry.path.rpartition("/")[0]):
        yield from _in_one_folder(folder, inside, node)


def _in_one_folder(
    folder: Path, entries: Iterator[Entry], node: Callable[[str], str]
) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the documents of one folder, `TOGETHER` at a time."""
    waiting, above = WaitingFiles(), ""
    for entry in entries:
        above, _, name = entry.path.rpartition("/")
        file = _file(folder, entry.path, node(name))
        if entry.kind is not EntryKind.FILE:
            yield SkippedFacts(file.source, _WHY_NOT.get(entry.kind, "it is not a plain file"))
        elif name != INVENTORY and (skipped := waiting.add(file)):
            yield skipped
        if len(waiting.files) == TOGETHER:
            yield waiting.build(_inventory_in(folder, above))
    if waiting.files:
        yield waiting.build(_inventory_in(folder, above))


def _inventory_in(folder: Path, above: str) -> FactFile | None:
    path = f"{above}/{INVENTORY}" if above else INVENTORY
    if Confined(folder).kind(path) is not EntryKind.FILE:
        return None
    return _file(folder, path)


def _file(folder: Path, path: str, node: str = "") -> FactFile:
    return FactFile((folder / path).as_posix(), node, str(folder), path)


def _split(pattern: str) -> tuple[Path, list[str]]:
    """Return the folder before the first step with a pattern, and the steps from there."""
    steps = Path(pattern).parts
    first = next(number for number, step in enumerate(steps) if is_pattern(step))
    return Path(*steps[:first]).resolve(), [*steps[first:]]


def _expression(step: str) -> re.Pattern[str] | None:
    return None if step == "**" else re.compile(translate(step))


class _PatternMatches(Struct, frozen=True):
    """Whether a path matches the steps of a pattern, or can lead to one that does."""

    steps: tuple[re.Pattern[str] | None, ...]

    def __call__(self, path: str, is_folder: bool) -> bool:
        places = {0}
        for name in path.split("/"):
            if len(self.steps) in places:  # the folders so far match the whole pattern
                return _is_host_info(path, is_folder)
            places = {after for place in places for after in self._after(place, name)}
        return bool(places) if is_folder else self._ends(places)

    def _after(self, place: int, name: str) -> Iterator[int]:
        """Yield the steps that can come after a name; ``**`` matches it, or nothing."""
        for step in range(place, len(self.steps)):
            expression = self.steps[step]
            if expression is None:
                yield step
                continue
            if expression.match(name):
                yield step + 1
            return

    def _ends(self, places: set[int]) -> bool:
        return any(all(step is None for step in self.steps[place:]) for place in places)
