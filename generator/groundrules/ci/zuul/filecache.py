"""What files say, kept by their content from one run to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from groundrules.ci.zuul.cache import read_json, stamped, write_beside
from groundrules.ci.zuul.objects import FileObjects
from groundrules.ci.zuul.parse import parse
from groundrules.ci.zuul.storing import from_plain, to_plain

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


def _read(path: Path) -> dict[str, Any]:
    content = read_json(path)
    files = content.get("files") if content else None
    return files if isinstance(files, dict) else {}
