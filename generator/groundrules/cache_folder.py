"""The folder of caches: in the user's home, and never in a checked repository."""

from __future__ import annotations

import os
from pathlib import Path

from groundrules.checkout import checkout_around


def cache_folder(*read: Path) -> Path | None:
    """Return the folder of caches, below ``XDG_CACHE_HOME`` or ``~/.cache``.

    None if that is inside a repository that contains one of the folders ``read``: an untrusted
    change could add a cache there that hides findings.  None also for a user without a home, as
    in some containers.  A relative path is ignored, see
    https://specifications.freedesktop.org/basedir-spec/latest/#basics.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        folder = (base if base.is_absolute() else Path.home() / ".cache") / "groundrules"
    except RuntimeError:
        return None
    return None if any(is_brought_by(path, folder) for path in read) else folder


def is_brought_by(repository: Path, folder: Path) -> bool:
    """Return whether ``folder`` is in the repository that contains the folder ``repository``."""
    top = checkout_around(repository) or repository.resolve()
    return folder.resolve().is_relative_to(top)
