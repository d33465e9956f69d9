"""Files that are whole or not there: written beside, then renamed, and only when they change."""

from __future__ import annotations

import os
from pathlib import Path


def write_text(path: Path, text: str) -> bool:
    """Make ``path`` say ``text``; return whether it said something else before.

    A file that says it already is left alone, with its time: Sphinx and make build again by
    time.  Missing folders are made, an old file keeps its mode, and a new one gets what the
    umask leaves.  A link is replaced, never followed: a stranger's change may have brought it.
    Raises `OSError` when it cannot be written; then the file is as it was.
    """
    data = text.encode("utf-8")
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    write_bytes(path, data)
    return True


def write_bytes(path: Path, data: bytes) -> None:
    """Do that with bytes, whatever the file says already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # not tempfile, which takes 6 ms to import; "x" opens nothing that is there, no link either
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
        if path.is_file() and not path.is_symlink():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
