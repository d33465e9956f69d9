"""Writes generated files atomically if they changed, and never outside the folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Set
from pathlib import Path

from groundrules.atomic import is_leftover, write_text


class OutsideError(Exception):
    """A file would have been written outside the folder it belongs in."""


def write(folder: Path, texts: Mapping[str, str], keep: Set[str] = frozenset()) -> set[str]:
    """Make ``folder`` hold exactly ``texts``, file name → content; return what changed.

    The files in ``keep`` and other hidden files are not changed.  Raises `OutsideError`, before
    anything is written, for a name that leads out of ``folder`` and for a folder that is a
    symbolic link.
    """
    root = folder.resolve()
    if folder.is_symlink():
        raise OutsideError(f"{folder} is a symbolic link; generated pages need a folder")
    for name in texts:
        if not (root / name).resolve().is_relative_to(root):
            raise OutsideError(f"{name} leads out of {folder}")
    changed = {name for name, text in texts.items() if write_text(folder / name, text)}
    return changed | _remove_others(folder, keep | set(texts))


def _remove_others(folder: Path, keep: Set[str]) -> set[str]:
    """Remove files without a record, leftover temporary files, and empty folders."""
    removed = set()
    for place, folders, files in os.walk(folder, topdown=False):
        here = Path(place)
        links = (name for name in folders if (here / name).is_symlink())
        below = here.relative_to(folder).as_posix()
        for file in (*files, *links):
            name = file if here == folder else f"{below}/{file}"
            if name not in keep and (not file.startswith(".") or is_leftover(file)):
                (here / file).unlink()
                removed.add(name)
        if here != folder and not any(here.iterdir()):
            here.rmdir()
    return removed
