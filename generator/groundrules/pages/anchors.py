"""`anchor_of`: the name of a record as an anchor or file name."""

from __future__ import annotations

import re
from hashlib import blake2b


def anchor_of(name: str) -> str:
    """Return an anchor without characters that are special in XML, paths or CSS.

    A name without such characters is its own anchor.  For others, the suffix distinguishes
    ``a/b`` from ``a-b``.

    >>> anchor_of("ubuntu-24.04"), anchor_of("team/linux:large")
    ('ubuntu-24.04', 'team-linux-large-e2bf1f')
    """
    plain = re.sub(r"[^A-Za-z0-9_.+-]", "-", name)
    if plain == name:
        return name
    return f"{plain}-{blake2b(name.encode(), digest_size=3).hexdigest()}"
