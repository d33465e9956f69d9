"""`Architecture`: the processor architecture of a node, with one name for all spellings.

The names are those of ``uname -m``, which Ansible reports as ``ansible_architecture``, of Go's
``GOARCH``, and of Debian, which diskimage-builder and so Zuul's image builds use.  An unknown
architecture is accepted too.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from groundrules.records.fields import ARCHITECTURE

DEFAULT = "x86-64"
# the name that the manual shows → other names of the same architecture
SYNONYMS = {
    "aarch64": ("arm64", "arm64v8", "armv8"),
    "aarch64_be": ("arm64be",),
    "arm": ("arm32",),
    "arm64e": (),
    "armv5tel": ("armv5",),
    "armbe": ("armeb",),
    "armv6l": ("armel", "armv6", "arm32v6"),
    "armv7l": ("arm32v7", "armhf", "armv7"),
    "armv8l": (),
    "i686": ("386", "i386", "i486", "i586", "ia32", "x86"),
    "loongarch64": ("loong64",),
    "mips": (),
    "mips64": (),
    "mips64le": ("mips64el",),
    "mipsle": ("mipsel",),
    "ppc": ("powerpc",),
    "ppcle": ("powerpcle",),
    "ppc64": ("powerpc64",),
    "ppc64le": ("powerpc64le", "ppc64el"),
    "riscv": (),
    "riscv64": ("rv64gc",),
    "s390": (),
    "s390x": (),
    "sparc": (),
    "sparc64": ("sparcv9",),
    DEFAULT: ("amd64", "x64", "x86_64"),
}
KNOWN = {name: shown for shown, others in SYNONYMS.items() for name in (shown, *others)}


NOT_AN_ARCHITECTURE = "not an architecture"  # the validator's message; `messages` explains it


def canonical(value: Any) -> Any:
    """Return the name that the manual shows for an architecture; keep an unknown one.

    Raises `ValueError` for a name that is probably misspelt.
    """
    if isinstance(value, str) and misspelt(value):
        raise ValueError(NOT_AN_ARCHITECTURE)
    return KNOWN.get(value.lower(), value) if isinstance(value, str) else value


def misspelt(name: str) -> str | None:
    """Return the known name that was probably intended."""
    name = name.lower()
    if name in KNOWN:
        return None
    from difflib import get_close_matches

    # other digits mean another machine, such as riscv32
    alike = [known for known in KNOWN if _digits(known) == _digits(name)]
    return next(iter(get_close_matches(name, alike, n=1, cutoff=0.8)), None)


def _digits(name: str) -> list[str]:
    return sorted(re.findall(r"\d", name))


Architecture = Annotated[
    str,
    StringConstraints(strict=True, pattern=ARCHITECTURE, max_length=40),
    BeforeValidator(canonical),
    WithJsonSchema(
        {"type": "string", "pattern": ARCHITECTURE, "maxLength": 40, "examples": sorted(SYNONYMS)}
    ),
]
