"""`FileCache`: caches the objects of Zuul's files between runs, by the files' content."""

from __future__ import annotations

from msgspec import MsgspecError, Raw, Struct, msgpack

from groundrules.ci.zuul.reading.objects import FileObjects
from groundrules.store import UNWRITABLE, Store, digest


class FileCache(Struct):
    """Parses files; known content is not parsed again.

    ``of`` names the configuration of the files.  `save` stores the files of this run.
    """

    store: Store = Store(None)
    of: str = ""
    _stored: dict[str, Raw] = {}
    _objects: dict[str, FileObjects] = {}

    def __post_init__(self) -> None:
        # `Raw` delays decoding until the file is used
        self._stored = self.store.get("files", dict[str, Raw], self.of) or {}

    def parse(self, data: bytes) -> FileObjects:
        """Return the objects of a file; equal content returns the same object."""
        key = digest(data)
        if key not in self._objects:
            self._objects[key] = self._decoded(key) or _parsed(data)
        return self._objects[key]

    def _decoded(self, key: str) -> FileObjects | None:
        try:
            return msgpack.decode(self._stored[key], type=FileObjects)
        except (KeyError, MsgspecError):
            self._stored.pop(key, None)
            return None

    def save(self) -> None:
        """Store the files that this run used, if some of them are new."""
        if self.store.folder and not self._objects.keys() <= self._stored.keys():
            files = {
                key: self._stored.get(key) or _encoded(objects)
                for key, objects in self._objects.items()
            }
            self.store.put("files", {key: raw for key, raw in files.items() if raw}, self.of)


def _encoded(objects: FileObjects) -> Raw | None:
    """Return the encoded objects of a file; None if a text or number cannot be encoded."""
    try:
        return Raw(msgpack.encode(objects))
    except UNWRITABLE:
        return None


def _parsed(data: bytes) -> FileObjects:
    from groundrules.ci.zuul.reading.parse import parse  # it imports the whole schema

    return parse(data)
