"""`Confined`: opens files below a folder whose content is not trusted.

Each step of a path is opened relative to the folder before it, without following links
(``openat`` with ``O_NOFOLLOW``).  So nothing outside is opened, even if a link replaces a folder
between two calls.  Pipes and devices are never read.  Size, depth and number of files are
limited.
"""

from __future__ import annotations

from groundrules.confined.entries import MOST, Entry, EntryKind
from groundrules.confined.folder import (
    LARGEST,
    Confined,
    NotPlainError,
    check_named,
    named_file,
    read_named,
)
from groundrules.confined.steps import LinkError

__all__ = [
    "LARGEST",
    "MOST",
    "Confined",
    "Entry",
    "EntryKind",
    "LinkError",
    "NotPlainError",
    "check_named",
    "named_file",
    "read_named",
]
