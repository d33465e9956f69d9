"""Atomic writes: a file is written beside its target, then renamed, and only if it changed."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

_LEFTOVER = re.compile(r"\..+\.(?:tmp|[0-9a-f]{12})")  # the latter are from earlier versions


def write_text(path: Path, text: str) -> bool:
    """Write ``text`` to ``path``; return whether the content changed.

    A file with this content already is not touched, because Sphinx and make rebuild by time.
    Missing folders are created.  An existing file keeps its mode, and a new one gets the umask's.
    A link is replaced, never followed, because an untrusted change can add one.  Raises `OSError`
    if the file cannot be written; then it is unchanged.
    """
    data = text.encode("utf-8")
    if read_bytes(path) == data:
        _remove_leftover(_beside(path))
        return False
    write_bytes(path, data)
    return True


def write_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in the same way, even if the content is the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    try:
        _replace(path, beside, data)
    except OSError as error:
        if error.filename in (None, str(beside)):  # a name that no user knows
            error.filename, error.filename2 = str(path), None
        raise


def _replace(path: Path, beside: Path, data: bytes) -> None:
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
    """Return the content of a file; None for an unreadable file, a link or a device."""
    try:
        # O_NONBLOCK: opening a pipe would wait for a writer
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
    """Return whether ``name`` is that of a temporary file, which a killed process leaves."""
    return _LEFTOVER.fullmatch(name) is not None


def _beside(path: Path) -> Path:
    # always the same name: the next writer of the file removes what a killed process left
    return path.with_name(f".{path.name}.tmp")


def _opened(beside: Path) -> int:
    """Return a descriptor of a new, locked file."""
    while True:
        try:
            # "exclusive": no existing file is opened, and no link is followed
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            _remove_leftover(beside)
            continue
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _is_at(descriptor, beside):
            return descriptor
        os.close(descriptor)  # another process removed it as a leftover before it was locked


def _remove_leftover(beside: Path) -> None:
    """Remove the file of a killed process; wait for a running process that writes it."""
    try:
        descriptor = os.open(beside, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    except OSError:  # a link, or a file of another user
        beside.unlink(missing_ok=True)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # the system releases the locks of a dead process
        if _is_at(descriptor, beside):
            beside.unlink()
    finally:
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    return False
