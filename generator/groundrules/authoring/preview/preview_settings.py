"""`PreviewSettings`: the settings of a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSettings:
    """The folders of a manual and the address to serve it at.

    ``conf`` is the folder of ``conf.py``, ``source`` the folder of the pages.  ``configurations``
    are the paths of real configurations by name.  Without a ``port``, a free one is chosen.
    """

    root: Path
    conf: Path
    source: Path
    output: Path
    configurations: Mapping[str, Path] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int | None = None
