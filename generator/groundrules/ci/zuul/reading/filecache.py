"""`FileCache`: the objects of Zuul's files, by their content, from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import MsgspecError, Raw, msgpack

from groundrules.ci.zuul.reading.objects import FileObjects
from groundrules.store import UNWRITABLE, Store, digest


@dataclass(slots=True)
class FileCache:
    """Parses files; one with known content is not parsed again.

    ``of`` names the configuration that the files are from.  `save` keeps those of this run.
    """

    store: Store = field(default_factory=lambda: Store(None))
    of: str = ""
    _stored: dict[str, Raw] = field(init=False)
    _objects: dict[str, FileObjects] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        # as `Raw`, so that a file is decoded only when it is used
        self._stored = self.store.get("files", dict[str, Raw], self.of) or {}

    def parse(self, data: bytes) -> FileObjects:
        """Return the objects of a file; the same ones for the same content."""
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
        """Keep the files that this run used, if some of them are new."""
        if self.store.folder and not self._objects.keys() <= self._stored.keys():
            files = {
                key: self._stored.get(key) or _encoded(objects)
                for key, objects in self._objects.items()
            }
            self.store.put("files", {key: raw for key, raw in files.items() if raw}, self.of)


def _encoded(objects: FileObjects) -> Raw | None:
    """Return the bytes of a file's objects; None for texts and numbers that have none."""
    try:
        return Raw(msgpack.encode(objects))
    except UNWRITABLE:
        return None


def _parsed(data: bytes) -> FileObjects:
    from groundrules.ci.zuul.reading.parse import parse  # with the whole schema, for new files only

    return parse(data)
