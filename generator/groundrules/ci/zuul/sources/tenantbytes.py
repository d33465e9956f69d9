"""The bytes of a tenant file, in the manual's repository or at a path from the user."""

from __future__ import annotations

import os
from pathlib import Path

from groundrules.ci.git import Confinement
from groundrules.confined import LARGEST, Confined


def tenant_bytes(file: Path, bounds: Confinement | None) -> bytes:
    """Return the file; it is cut one byte after `LARGEST`.  Raises `OSError`.

    With ``bounds``, the path comes from data that is not trusted, so no link can lead out of the
    manual's repository.  Without, the user gave the path.
    """
    if bounds is None:
        named = Path(os.path.realpath(file))
        return Confined(named.parent).read(named.name, LARGEST)
    own = bounds.own.resolve()
    place = file.parent.resolve() / file.name
    return Confined(own, follow=True).read(os.path.relpath(place, own), LARGEST)
