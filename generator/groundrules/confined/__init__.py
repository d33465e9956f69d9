"""`Confined`: the one way to open files below a folder whose content comes from strangers.

Each step of a path is opened by itself, relative to the folder before it and without following
a link (``openat`` with ``O_NOFOLLOW``).  So nothing outside is opened, even where a link is
exchanged between two calls.  Pipes and devices are never read; sizes, depths and numbers of
files are bounded.
"""

from __future__ import annotations

from groundrules.confined.entries import MOST, Entry, EntryKind
from groundrules.confined.folder import LARGEST, Confined, NotPlainError
from groundrules.confined.named import check_named, read_named
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
    "read_named",
]
