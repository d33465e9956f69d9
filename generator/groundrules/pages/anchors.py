"""`anchor_of`: the name of a record as an anchor of a page, or as the name of a file."""

from __future__ import annotations

import re
from hashlib import blake2b


def anchor_of(name: str) -> str:
    """Return an anchor without characters that XML, a path or a style sheet gives a meaning.

    A name without any is its own anchor.  For others the end keeps ``a/b`` and ``a-b`` apart.

    >>> anchor_of("ubuntu-24.04"), anchor_of("team/linux:large")
    ('ubuntu-24.04', 'team-linux-large-e2bf1f')
    """
    plain = re.sub(r"[^A-Za-z0-9_.+-]", "-", name)
    if plain == name:
        return name
    return f"{plain}-{blake2b(name.encode(), digest_size=3).hexdigest()}"
