"""Files that keep something from one run to the next.

A cache is a JSON file that may be deleted at any time.  It is written beside and renamed, so
that two processes never see half of it, and it is read only when it was written by the same
version.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from groundrules import __version__

FORMAT = 3
"""Grows when what is kept changes: `FileObjects`, what `parse` makes of a file, a graph."""

VERSION = (
    f"groundrules {__version__} / {FORMAT} / Python {sys.version_info[0]}.{sys.version_info[1]}"
)


def stamped(content: dict[str, Any]) -> dict[str, Any]:
    """Return content with the version that `read_json` looks for."""
    return {"version": VERSION, **content}


def write_beside(path: Path, content: Any) -> None:
    """Write JSON to ``path`` so that it is there whole or not at all; give up on an `OSError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(content, stream, separators=(",", ":"))
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)


def read_json(path: Path) -> Any:
    """Return what a file holds; None when it cannot be read or was written by another version."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    is_ours = isinstance(content, dict) and content.get("version") == VERSION
    return content if is_ours else None


def cache_folder() -> Path:
    """Return where caches are kept: below ``XDG_CACHE_HOME``, else ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "groundrules"
