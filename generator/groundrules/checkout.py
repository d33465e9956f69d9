"""The git checkout around a folder, found by its ``.git`` alone."""

from __future__ import annotations

import os
from pathlib import Path


def checkout_around(folder: Path) -> Path | None:
    """Return the nearest folder, this one or one above it, that has a ``.git``.

    A folder without permission has none: `os.path.lexists` returns False where `stat` fails.
    """
    here = folder.resolve()
    return next(
        (parent for parent in (here, *here.parents) if os.path.lexists(parent / ".git")), None
    )
