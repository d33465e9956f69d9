"""Where caches are: in the user's own folder, and never in what is checked."""

from __future__ import annotations

import os
from pathlib import Path

from groundrules.checkout import checkout_around


def cache_folder(*read: Path) -> Path | None:
    """Return the folder of caches, below ``XDG_CACHE_HOME``, else ``~/.cache``.

    None where that is inside a repository of the folders that are ``read``: anybody's change
    could have brought it, and it could say that all is well.  None too for a user without a
    home, as in some containers.  A relative path counts as none, as
    https://specifications.freedesktop.org/basedir-spec/latest/#basics has it.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        folder = (base if base.is_absolute() else Path.home() / ".cache") / "groundrules"
    except RuntimeError:
        return None
    return None if any(is_brought_by(path, folder) for path in read) else folder


def is_brought_by(repository: Path, folder: Path) -> bool:
    """Return whether a folder is inside the repository that holds another folder."""
    top = checkout_around(repository) or repository.resolve()
    return folder.resolve().is_relative_to(top)
