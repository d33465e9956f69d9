"""The bytes of a tenant file, from below the manual's repository or from where the user says."""

from __future__ import annotations

import os
from pathlib import Path

from groundrules.ci.git import Confinement
from groundrules.confined import LARGEST, Confined


def tenant_bytes(file: Path, bounds: Confinement | None) -> bytes:
    """Return the file, one byte more than `LARGEST` where it is too large.  Raises `OSError`.

    With ``bounds`` a stranger's change may have named it, so that no link leads out of the
    manual's repository; without, the user did.
    """
    if bounds is None:
        named = Path(os.path.realpath(file))
        return Confined(named.parent).read(named.name, LARGEST)
    own = bounds.own.resolve()
    place = file.parent.resolve() / file.name
    return Confined(own, follow=True).read(os.path.relpath(place, own), LARGEST)
