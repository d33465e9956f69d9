"""Locks folders, because two builds would read and write each other's incomplete pages.

The folders themselves are locked, so that no lock file remains.  The system releases the lock of
a dead process when its child processes, which may still write pages, have ended too.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from contextlib import suppress
from pathlib import Path

from sphinx.errors import SphinxError

PATIENCE = 600.0  # seconds
STEP = 0.1

# not Sphinx's logger: -W must not count this as a warning, and --quiet must not hide it
logger = logging.getLogger(__name__)
_held: dict[Path, int] = {}


class AnotherBuild(SphinxError):
    """Another build is still running."""

    category = "Another build"


def lock(*folders: Path) -> None:
    """Wait until no other process builds in ``folders``, and lock them.

    A process that has locked a folder already continues, since its earlier build has ended.
    Raises `AnotherBuild`.
    """
    for folder in folders:
        if folder not in _held:
            folder.mkdir(parents=True, exist_ok=True)
            _held[folder] = _locked(folder)


def unlock(*folders: Path) -> None:
    """Unlock ``folders``."""
    for folder in folders:
        if (descriptor := _held.pop(folder, None)) is not None:
            os.close(descriptor)


def _locked(folder: Path) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with suppress(OSError):  # raised by file systems without locks
        if not _try(descriptor):
            logger.warning("another build is running in %s; waiting for it", folder)
            _wait(descriptor, folder)
    return descriptor


def _wait(descriptor: int, folder: Path) -> None:
    for _ in range(int(PATIENCE / STEP)):
        time.sleep(STEP)
        if _try(descriptor):
            return
    os.close(descriptor)
    raise AnotherBuild(f"another build is running in {folder}; try again when it has ended")


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
