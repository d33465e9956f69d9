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
