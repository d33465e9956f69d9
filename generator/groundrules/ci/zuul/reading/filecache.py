"""What files say, kept by their content from one run to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from groundrules.cache import digest, read_cache, write_cache
from groundrules.ci.zuul.reading.objects import FileObjects
from groundrules.ci.zuul.reading.storing import from_plain, to_plain


@dataclass(slots=True)
class FileCache:
    """Parses files; one that is known by its content is not read again.

    ``path`` is None for a cache that lasts for one run only.  `save` writes what was used.
    """

    path: Path | None = None
    _stored: dict[str, str] = field(init=False, default_factory=dict)
    _objects: dict[str, FileObjects] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._stored = (read_cache(self.path) or {}) if self.path else {}

    def parse(self, data: bytes) -> FileObjects:
        """Return what a file says; the same object for the same content."""
        key = digest(data)
        if key not in self._objects:
            known = self._stored.get(key)
            self._objects[key] = from_plain(json.loads(known)) if known else _parsed(data)
        return self._objects[key]

    def save(self) -> None:
        """Write what this run used, if some of it is new; a full disk is no error."""
        if self.path is None or self._objects.keys() <= self._stored.keys():
            return
        texts = {
            key: self._stored.get(key) or json.dumps(to_plain(each), separators=(",", ":"))
            for key, each in self._objects.items()
        }
        write_cache(self.path, texts)


def _parsed(data: bytes) -> FileObjects:
    from groundrules.ci.zuul.reading.parse import parse  # with the whole schema, for new files only

    return parse(data)
