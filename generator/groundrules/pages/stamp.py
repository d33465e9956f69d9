"""The stamp of a folder: what stands for the input that it was made from.

Imports none of what makes the pages: where the stamp fits, nothing has to be made.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import groundrules

STAMP = ".stamp"


def is_current(folder: Path, digest: str) -> bool:
    """Return whether ``folder`` was made from the input that ``digest`` stands for."""
    try:
        return (folder / STAMP).read_text("utf-8") == digest
    except OSError:
        return False


def digest_of(root: Path, *folders: Path) -> str:
    """Return a digest of every file below ``folders`` and of this package itself."""
    found = hashlib.sha256(f"{groundrules.__version__}\n".encode())
    for folder in (Path(groundrules.__file__).parent, *folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                state = path.stat()
                name = path.relative_to(root) if path.is_relative_to(root) else path
                found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
