"""The git checkout that contains a folder, found by its ``.git`` without running git."""

from __future__ import annotations

import os
from pathlib import Path


def checkout_around(folder: Path) -> Path | None:
    """Return the nearest folder with a ``.git``: this one or a parent.

    `os.path.lexists` returns False if `stat` fails, so an unreadable folder has none.
    """
    here = folder.resolve()
    return next(
        (parent for parent in (here, *here.parents) if os.path.lexists(parent / ".git")), None
    )


def working_directory() -> Path | None:
    """Return the working directory; None if it was deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def absolute_path(path: Path) -> Path:
    """Return an absolute path without ``..``, for messages; links in it stay where they can."""
    short = Path(os.path.abspath(path))  # noqa: PTH100 (resolve follows links)
    real = os.path.realpath(path)  # Path.resolve raises for a loop of links
    return short if os.path.realpath(short) == real else Path(real)


def path_in_repository(root: Path) -> str:
    """Return the path of a folder in its repository, with ``/`` at its end.

    Without git, the working directory counts as the repository if the folder is inside of it.
    """
    if repository := checkout_around(root):
        return _path(repository, root)
    here = working_directory()
    return _path(here, root) if here and root.is_relative_to(here) else ""


def path_from_here(root: Path) -> str:
    """Return the path of a folder from the working directory, if one contains the other."""
    here = working_directory()
    return _path(here, root) if here and _is_near(here, root) else ""


def file_from_here(root: Path, path: str) -> str:
    """Return the path of a file of a folder from the working directory, if one contains the other.

    Otherwise it is absolute, so that it exists wherever it is shown.
    """
    here = working_directory()
    if here and _is_near(here, root):
        return f"{_path(here, root)}{path}"
    return str(root / path)


def _is_near(here: Path, root: Path) -> bool:
    return root.is_relative_to(here) or here.is_relative_to(root)


def _path(start: Path, end: Path) -> str:
    path = Path(os.path.relpath(end, start)).as_posix()
    return "" if path == "." else f"{path}/"
