"""`Store`: values that are kept in files from one run to the next.

Any of the files may be removed at any time.  The first line of each has the version of the
program that wrote it, the key of its value, and a checksum.  A file of another version or with
another key holds no value, and neither does a damaged one: it is reported once, and made again.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError, msgpack

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
"""The libraries that decide, beside this program, what a value is."""
UNWRITABLE = (OSError, OverflowError, UnicodeEncodeError)
"""What writing a value raises: numbers and texts from YAML may be such as msgpack cannot hold."""

T = TypeVar("T")


def digest(*parts: object) -> str:
    """Return the digest of some values: of bytes themselves, and of the text of all others."""
    total = blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        total.update(b"%d " % len(data))  # else two parts could be read as other two
        total.update(data)
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """The values in a folder; without a folder there are none, and none is kept."""

    folder: Path | None

    def get(self, name: str, kind: type[T], *of: object, key: str = "") -> T | None:
        """Return the value that was put under ``name`` with the same ``key``.

        ``of`` is what the value is about; each has its own file.
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
        """Keep a value in place of the one before; without a word, keep none that is unwritable."""
        if path := self._path(name, *of):
            with suppress(*UNWRITABLE):
                body = msgpack.encode(value)
                write_bytes(path, _head(key, body) + b"\n" + body)

    def remove(self, name: str, *of: object) -> None:
        """Remove a value; what cannot be removed is no error."""
        if path := self._path(name, *of):
            with suppress(OSError):
                path.unlink()

    def _path(self, name: str, *of: object) -> Path | None:
        return self.folder and self.folder / (f"{name}-{digest(*of)[:16]}" if of else name)


def _head(key: str, body: bytes) -> bytes:
    return f"groundrules {version()} {digest(key)} {digest(body)}".encode()


@cache
def version() -> str:
    """Return the digest of this program's files and libraries: others may make other values."""
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
