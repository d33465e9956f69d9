"""Files that keep something from one run to the next.

A cache is a file that may be deleted at any time.  It is written beside and renamed, so that two
processes never see half of it.  Its first line says which edition of this program wrote it and
what its content sums up to: what any other wrote, or what is damaged, is as if it were not there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import groundrules
from groundrules.atomic import write_bytes
from groundrules.checkout import checkout_around

LIBRARIES = ("docutils", "pydantic", "pydantic_core", "pygments", "re2", "yaml")
"""What decides, beside this program, what is found and what files say."""


def digest(data: bytes) -> str:
    """Return what stands for some bytes."""
    return blake2b(data, digest_size=20).hexdigest()


def write_cache(path: Path, content: Any) -> None:
    """Write what JSON can hold, whole or not at all; give up on an `OSError`."""
    keep(path, json.dumps(content, separators=(",", ":")).encode())


def read_cache(path: Path) -> Any:
    """Return what was written; None when it cannot be read, is damaged or of another edition."""
    body = kept(path)
    try:
        return None if body is None else json.loads(body)
    except (ValueError, RecursionError):
        return None


def keep(path: Path, body: bytes) -> None:
    """Write some bytes, whole or not at all; give up on an `OSError`."""
    with suppress(OSError):
        write_bytes(path, _head(body) + body)


def kept(path: Path) -> bytes | None:
    """Return what `keep` wrote; None when it cannot be read, is damaged or of another edition."""
    try:
        head, newline, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if head + newline == _head(body) else None


def cache_folder(*read: Path) -> Path | None:
    """Return where caches are kept: below ``XDG_CACHE_HOME``, else ``~/.cache``.

    None where that is inside a repository of the folders that are ``read``: it could have come
    with anybody's change, and tell that all is well; and for a user without a home, as some
    containers have.  A relative path counts as none, as
    https://specifications.freedesktop.org/basedir-spec/latest/#basics has it.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        folder = (base if base.is_absolute() else Path.home() / ".cache") / "groundrules"
    except RuntimeError:
        return None
    return None if any(is_brought_by(each, folder) for each in read) else folder


def is_brought_by(repository: Path, folder: Path) -> bool:
    """Return whether a folder is one of a repository, of which a folder is given."""
    top = checkout_around(repository) or repository.resolve()
    return folder.resolve().is_relative_to(top)


def _head(body: bytes) -> bytes:
    return f"groundrules {_edition()} {digest(body)}\n".encode()


@cache
def _edition() -> str:
    """Return what stands for this program and its libraries: other code may find something."""
    return digest(repr((sys.version_info[:2], *_modules())).encode())


def _modules() -> Iterator[tuple[str, int]]:
    for name in LIBRARIES:
        if (found := find_spec(name)) and found.origin:
            yield found.origin, os.stat(found.origin).st_mtime_ns  # noqa: PTH116 (measured)
    for folder, _, names in os.walk(Path(groundrules.__file__).parent):
        for name in names:
            if name.endswith(".py"):
                path = f"{folder}/{name}"
                yield path, os.stat(path).st_mtime_ns  # noqa: PTH116 (measured)
