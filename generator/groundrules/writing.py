"""Files on disk, never half written: beside, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_beside(path: Path, text: str, mode: int = 0o644) -> None:
    """Write ``text`` to a new file beside ``path``, then put it in its place."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode("utf-8"))
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
