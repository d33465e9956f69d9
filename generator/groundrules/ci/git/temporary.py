"""`TemporaryFolder`: one that is locked while its process lives, so that the next run can tell.

A killed process removes nothing.  What it left has no lock, and goes with the next folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import suppress
from functools import cache
from tempfile import gettempdir, mkdtemp
from weakref import finalize

PREFIX = "groundrules-git-"
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class TemporaryFolder:
    """A new folder below the system's folder for temporary files.  Raises `OSError`."""

    def __init__(self) -> None:
        _remove_leftovers(gettempdir())
        self.name, lock = _locked()
        self.cleanup = finalize(self, _remove, self.name, lock)
        """Removes the folder, once; it is called when the object goes."""


def _remove(name: str, lock: int) -> None:
    shutil.rmtree(name, ignore_errors=True)
    os.close(lock)


def _locked() -> tuple[str, int]:
    """Return a folder that no other process takes for a leftover, and its lock."""
    while True:
        name = mkdtemp(prefix=PREFIX)
        try:
            lock = os.open(name, FOLDER)
        except FileNotFoundError:
            continue  # another process removed it before it was opened
        fcntl.flock(lock, fcntl.LOCK_EX)
        with suppress(OSError):
            if os.path.samestat(os.fstat(lock), os.lstat(name)):
                return name, lock
        os.close(lock)  # another process removed it before it was locked


@cache
def _remove_leftovers(place: str) -> None:
    """Remove the folders of dead processes of this user, once in a process."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX):
                with suppress(OSError):
                    _remove_if_dead(entry.path)


def _remove_if_dead(path: str) -> None:
    lock = os.open(path, FOLDER)
    try:
        if os.fstat(lock).st_uid == os.geteuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where its process lives
            shutil.rmtree(path)
    finally:
        os.close(lock)
