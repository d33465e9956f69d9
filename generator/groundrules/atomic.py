"""Files that are whole or not there: written beside, then renamed, and only when they change."""

from __future__ import annotations

import os
from pathlib import Path


def write_text(path: Path, text: str, mode: int = 0o644) -> bool:
    """Make ``path`` say ``text``; return whether it said something else before.

    A file that says it already is left alone, with its time: Sphinx and make build again by
    time.  Missing folders are made.  Raises `OSError` when it cannot be written; then the file
    is as it was.
    """
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    import tempfile  # it brings ten modules, and most checks write nothing

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        beside.chmod(mode)  # mkstemp's own mode is for secrets
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return True
