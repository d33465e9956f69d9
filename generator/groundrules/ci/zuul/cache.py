"""What files say, kept by their content from one run to the next.

A cache is a JSON file that may be deleted at any time.  It is written beside and renamed, so
that two processes never see half of it, and it is read only when it was written by the same
version.  It holds the files of the last run and no others.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from groundrules import __version__
from groundrules.ci.zuul.objects import FileObjects
from groundrules.ci.zuul.parse import parse
from groundrules.ci.zuul.storing import from_plain, to_plain

FORMAT = 2
"""Grows when `FileObjects` or what `parse` makes of a file changes."""

VERSION = (
    f"groundrules {__version__} / {FORMAT} / Python {sys.version_info[0]}.{sys.version_info[1]}"
)
DAMAGE = (KeyError, TypeError, ValueError, AttributeError)


def digest(data: bytes) -> str:
    """Return what stands for the content of a file."""
    return blake2b(data, digest_size=20).hexdigest()


@dataclass(slots=True)
class FileCache:
    """Parses files; one that is known by its content is not read again.

    ``path`` is None for a cache that lasts for one run only.  `save` writes what was used.
    """

    path: Path | None = None
    _stored: dict[str, Any] = field(init=False, default_factory=dict)
    _used: dict[str, Any] = field(init=False, default_factory=dict)
    _objects: dict[str, FileObjects] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._stored = _read(self.path) if self.path else {}

    def parse(self, data: bytes) -> FileObjects:
        """Return what a file says; the same object for the same content."""
        key = digest(data)
        if key not in self._objects:
            self._objects[key] = self._known(key) or parse(data)
        return self._objects[key]

    def _known(self, key: str) -> FileObjects | None:
        text = self._stored.get(key)
        if not isinstance(text, str):
            return None
        try:
            objects = from_plain(json.loads(text))
        except DAMAGE:
            return None
        self._used[key] = text
        return objects

    def save(self) -> None:
        """Write what this run used, if it differs from what is there; a full disk is no error."""
        if self.path is None or self._objects.keys() == self._stored.keys() == self._used.keys():
            return
        for key, objects in self._objects.items():
            if key not in self._used:
                self._used[key] = json.dumps(to_plain(objects), separators=(",", ":"))
        write_beside(self.path, stamped({"files": self._used}))


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


def _read(path: Path) -> dict[str, Any]:
    content = read_json(path)
    files = content.get("files") if content else None
    return files if isinstance(files, dict) else {}


def cache_folder() -> Path:
    """Return where caches are kept: below ``XDG_CACHE_HOME``, else ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "groundrules"
