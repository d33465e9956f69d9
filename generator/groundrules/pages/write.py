"""Generated files on disk: only what changed, beside then rename, never outside the folder."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Set
from pathlib import Path

from groundrules.atomic import write_text


class OutsideError(Exception):
    """A file would have been written outside the folder it belongs in."""


def write(folder: Path, texts: Mapping[str, str], keep: Set[str] = frozenset()) -> set[str]:
    """Make ``folder`` hold exactly ``texts``, file name → content; return what changed.

    The files that ``keep`` names stay as they are.
    Raises `OutsideError`, before anything is written, for a name that leads out of ``folder``
    and for a folder that is a symbolic link.
    """
    root = folder.resolve()
    if folder.is_symlink():
        raise OutsideError(f"{folder} is a symbolic link; generated pages need a folder")
    for name in texts:
        if not (root / name).resolve().is_relative_to(root):
            raise OutsideError(f"{name} leads out of {folder}")
    changed = {name for name, text in texts.items() if write_text(folder / name, text)}
    return changed | _remove_others(folder, keep | set(texts))


def _is_being_written(path: Path) -> bool:
    """Return whether another build may be writing it, beside what it will be called.

    What such a build left behind when it was killed goes after an hour.
    """
    return path.name.startswith(".") and time.time() - path.lstat().st_mtime < 3600


def _remove_others(folder: Path, keep: Set[str]) -> set[str]:
    """Remove files without a record, and folders that this leaves empty."""
    removed = set()
    for place, folders, files in os.walk(folder, topdown=False):
        here = Path(place)
        links = (each for each in folders if (here / each).is_symlink())
        below = here.relative_to(folder).as_posix()
        for each in (*files, *links):
            name = each if here == folder else f"{below}/{each}"
            if name not in keep and not _is_being_written(here / each):
                (here / each).unlink()
                removed.add(name)
        if here != folder and not any(here.iterdir()):
            here.rmdir()
    return removed
