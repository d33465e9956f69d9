"""Generated files on disk: only what changed, beside then rename, never outside the folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from groundrules.atomic import write_text


class OutsideError(Exception):
    """A file would have been written outside the folder it belongs in."""


def write(folder: Path, texts: Mapping[str, str]) -> set[str]:
    """Make ``folder`` hold exactly ``texts``, file name → content; return what changed.

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
    return changed | _remove_others(folder, set(texts))


def _remove_others(folder: Path, keep: set[str]) -> set[str]:
    """Remove files without a record, and folders that this leaves empty."""
    removed = set()
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif name not in keep:
            path.unlink()
            removed.add(name)
    return removed
