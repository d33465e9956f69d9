"""The folders that a build writes: its output, and the doctrees that Sphinx keeps as pickles."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from groundrules.confined import Confined

GIT = frozenset({".git"})  # a site may be a work tree, in which git keeps links of its own


class UnwritableFolderError(Exception):
    """A folder that cannot be written."""


class UnsafeFolderError(Exception):
    """A folder of doctrees in which other users can put a file."""


def make(folder: Path) -> None:
    """Make a folder unless it is there.  Raises `UnwritableFolderError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFolderError(unwritable(error, folder)) from None


def unwritable(error: OSError, path: Path) -> str:
    """Return what to do about a file or folder that cannot be written."""
    return (
        f"{error.filename or path} cannot be written: {error.strerror}; "
        "build in a copy of the manual that can be written"
    )


def guard(output: Path, doctrees: Path) -> None:
    """Make a build write nothing outside, and load nothing that others have written.

    Links that lead out of the folders are removed.  Sphinx loads the doctrees with `pickle`,
    which runs what a pickle says, so that `UnsafeFolderError` is raised for a folder that is not
    this user's alone.
    """
    _check_owner(doctrees)
    for folder in (output, doctrees):
        with suppress(FileNotFoundError):
            Confined(folder, follow=True).remove_ways_out(GIT)


def _check_owner(folder: Path) -> None:
    with suppress(FileNotFoundError):
        if _is_shared(folder.stat()):
            raise UnsafeFolderError(_message(folder))
    with suppress(FileNotFoundError):
        mode = folder.parent.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:  # others can exchange the folder
            raise UnsafeFolderError(_message(folder))


def _is_shared(status: os.stat_result) -> bool:
    """Return whether others than this user and root can write; one's own group is no other."""
    if status.st_uid not in (os.geteuid(), 0):
        return True
    by_group = status.st_mode & stat.S_IWGRP and status.st_gid != os.getegid()
    return bool(status.st_mode & stat.S_IWOTH or by_group)


def _message(folder: Path) -> str:
    return (
        f"other users can write {folder}, from which Sphinx loads Python objects; "
        "remove it, or choose another --output"
    )
