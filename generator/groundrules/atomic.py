"""Files that are whole or not there: written beside, then renamed, and only when they change."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

_LEFTOVER = re.compile(r"\..+\.(?:tmp|[0-9a-f]{12})")  # the latter were of earlier versions


def write_text(path: Path, text: str) -> bool:
    """Make ``path`` say ``text``; return whether it said something else before.

    A file that says it already is left alone, with its time: Sphinx and make build again by
    time.  Missing folders are made, an old file keeps its mode, and a new one gets what the
    umask leaves.  A link is replaced, never followed: a stranger's change may have brought it.
    Raises `OSError` when it cannot be written; then the file is as it was.
    """
    data = text.encode("utf-8")
    if read_bytes(path) == data:
        _remove_leftover(_beside(path))
        return False
    write_bytes(path, data)
    return True


def write_bytes(path: Path, data: bytes) -> None:
    """Do that with bytes, whatever the file says already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    with open(_opened(beside), "wb") as stream:
        try:
            stream.write(data)
            stream.flush()
            if path.is_file() and not path.is_symlink():
                os.fchmod(stream.fileno(), path.stat().st_mode & 0o777)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def read_bytes(path: Path) -> bytes | None:
    """Return the content of a file; None for one that cannot be read, a link or a device."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            return None
        with open(descriptor, "rb", closefd=False) as stream:
            return stream.read()
    except OSError:
        return None
    finally:
        os.close(descriptor)


def is_leftover(name: str) -> bool:
    """Return whether a file is called as one that is being written, or was until a kill."""
    return _LEFTOVER.fullmatch(name) is not None


def _beside(path: Path) -> Path:
    # always the same name: the next writer of the file removes what a killed process left
    return path.with_name(f".{path.name}.tmp")


def _opened(beside: Path) -> int:
    """Return a descriptor of a new file that no other process writes or removes."""
    while True:
        try:
            # "exclusive": nothing that is there is opened, no link either
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            _remove_leftover(beside)
            continue
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _is_at(descriptor, beside):
            return descriptor
        os.close(descriptor)  # another process took it for a leftover before it was locked


def _remove_leftover(beside: Path) -> None:
    """Remove what a killed process left; wait for a living one that writes there."""
    try:
        descriptor = os.open(beside, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    except OSError:  # a link, or of another user
        beside.unlink(missing_ok=True)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # of a dead process nothing is locked
        if _is_at(descriptor, beside):
            beside.unlink()
    finally:
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    return False
