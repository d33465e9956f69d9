"""`Store`: values cached in files between runs.

The files can be removed at any time.  The first line of each has the version of the program that
wrote it, the key of its value, and a checksum.  A file with another version or key is ignored.  A
damaged file is reported once and written again.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError, Struct, msgpack

import groundrules
from groundrules.atomic import read_bytes, write_bytes

logger = logging.getLogger(__name__)
LIBRARIES = (
    "docutils",
    "jinja2",
    "msgspec",
    "pydantic",
    "pydantic_core",
    "pygments",
    "re2",
    "yaml",
)
"""The libraries that affect the values, besides this program."""
UNWRITABLE = (OSError, OverflowError, UnicodeEncodeError)
"""The exceptions of encoding: YAML has numbers and texts that msgpack cannot represent."""

T = TypeVar("T")


def digest(*parts: object) -> str:
    """Return the digest of some values: of the bytes, or of the text of other types."""
    total = blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        total.update(b"%d " % len(data))  # else other parts could have the same digest
        total.update(data)
    return total.hexdigest()


class Store(Struct, frozen=True):
    """The values in a folder; without a folder, nothing is stored."""

    folder: Path | None

    def get(self, name: str, kind: type[T], *of: object, key: str = "") -> T | None:
        """Return the value stored under ``name`` with the same ``key``.

        ``of`` is the subject of the value; each subject has its own file.
        """
        path = self._path(name, *of)
        data = read_bytes(path) if path else None
        if data is None:
            return None
        head, _, body = data.partition(b"\n")
        wanted = _head(key, body).split()
        if head.split() == wanted:
            with suppress(MsgspecError, RecursionError):
                return msgpack.decode(body, type=kind)
        elif head.split()[-1:] == wanted[-1:]:
            return None
        logger.warning("%s is damaged; it is made again", path)
        return None

    def put(self, name: str, value: object, *of: object, key: str = "") -> None:
        """Store a value, replacing the old one; ignore a value that cannot be written."""
        if path := self._path(name, *of):
            with suppress(*UNWRITABLE):
                body = msgpack.encode(value)
                write_bytes(path, _head(key, body) + b"\n" + body)

    def remove(self, name: str, *of: object) -> None:
        """Remove a value; ignore a file that cannot be removed."""
        if path := self._path(name, *of):
            with suppress(OSError):
                path.unlink()

    def _path(self, name: str, *of: object) -> Path | None:
        return self.folder and self.folder / (f"{name}-{digest(*of)[:16]}" if of else name)


def _head(key: str, body: bytes) -> bytes:
    return f"groundrules {version()} {digest(key)} {digest(body)}".encode()


@cache
def version() -> str:
    """Return the digest of this program's files and library versions, which affect the values."""
    return digest(sys.version_info[:2], *_modules())


def _modules() -> Iterator[tuple[str, int]]:
    for name in LIBRARIES:
        if (module := find_spec(name)) and module.origin:
            yield module.origin, os.stat(module.origin).st_mtime_ns  # noqa: PTH116 (measured)
    for folder, _, names in os.walk(Path(groundrules.__file__).parent):
        for name in names:
            if name.endswith(".py"):
                path = f"{folder}/{name}"
                yield path, os.stat(path).st_mtime_ns  # noqa: PTH116 (measured)
