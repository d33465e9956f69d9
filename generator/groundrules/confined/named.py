"""Files named on the command line; in a checkout, an untrusted change may have added them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from groundrules.checkout import checkout_around
from groundrules.confined.folder import LARGEST, Confined


def read_named(path: Path, root: Path, largest: int = LARGEST) -> bytes:
    """Return the content of a plain file; in the checkout around ``root``, links cannot lead out.

    Raises `OSError`.
    """
    with named_file(path, root) as stream:
        return stream.read(largest + 1)


@contextmanager
def named_file(path: Path, root: Path) -> Iterator[BinaryIO]:
    """Open a plain file; in the checkout around ``root``, links cannot lead out.

    Raises `OSError`.
    """
    own, below = _split(path, root)
    if below is None:
        place = path.resolve()
        own, below = Confined(place.parent), place.name
    with own.plain_file(below) as stream:
        yield stream


def check_named(path: Path, root: Path) -> None:
    """Raise `LinkError` for a path in the checkout around ``root`` that leads out by a link."""
    own, below = _split(path, root)
    if below is not None:
        own.check(below)


def _split(path: Path, root: Path) -> tuple[Confined, str | None]:
    own = checkout_around(root) or root.resolve()
    place = Path(os.path.abspath(path))  # noqa: PTH100 (resolve would follow the links)
    below = place.relative_to(own).as_posix() if place.is_relative_to(own) else None
    return Confined(own, follow=True), below
