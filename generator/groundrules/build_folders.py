"""The folders that a build writes: its output, and the doctrees, which are pickles."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from groundrules.confined import Confined

FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
GIT = frozenset({".git"})  # the output may be a work tree, whose .git can contain git's own links


class UnwritableFolderError(Exception):
    """A folder that cannot be written."""


class UnsafeFolderError(Exception):
    """A folder of doctrees in which other users can put a file."""


def make(folder: Path) -> None:
    """Create a folder if it does not exist.

    Raises `UnwritableFolderError`, also for an existing folder that cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_access(folder)
    except OSError as error:
        raise UnwritableFolderError(unwritable(error, folder)) from None


def _check_access(folder: Path) -> None:
    effective = os.access in os.supports_effective_ids
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=effective):
        is_read_only = os.statvfs(folder).f_flag & os.ST_RDONLY
        number = errno.EROFS if is_read_only else errno.EACCES
        raise OSError(number, os.strerror(number), str(folder))


def is_unwritable(error: BaseException | None, folders: Iterable[Path]) -> bool:
    """Return whether an error is that of a file or folder in ``folders`` that is not writable."""
    if not isinstance(error, OSError) or error.errno not in (*FULL, *_FORBIDDEN):
        return False
    path = Path.cwd() / os.fsdecode(error.filename or "")
    return error.errno in FULL or any(path.is_relative_to(folder) for folder in folders)


def unwritable(error: OSError, path: Path) -> str:
    """Return the message about a file or folder that cannot be written."""
    what = f"{error.filename or path} cannot be written: {error.strerror}"
    if error.errno in FULL:
        return f"{what}; free some space, and try again"
    return f"{what}; build in a copy of the manual that can be written"


def guard(output: Path, doctrees: Path) -> None:
    """Ensure that a build writes only inside the folders, and loads no files of other users.

    Links that lead out of the folders are removed.  Loading a doctree can execute code, since it
    is a pickle, so `UnsafeFolderError` is raised for a folder that other users can write.
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
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:  # other users can replace the folder
            raise UnsafeFolderError(_message(folder))


def _is_shared(status: os.stat_result) -> bool:
    """Return whether users other than this one, its group and root can write."""
    if status.st_uid not in (os.geteuid(), 0):
        return True
    by_group = status.st_mode & stat.S_IWGRP and status.st_gid != os.getegid()
    return bool(status.st_mode & stat.S_IWOTH or by_group)


def _message(folder: Path) -> str:
    return (
        f"other users can write {folder}, from which Sphinx loads Python objects; "
        "remove it, or choose another --output"
    )
