"""Source maps of a theme's scripts and styles, which only its developers need."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx


def remove_maps(app: Sphinx, exception: Exception | None) -> None:
    """Remove the maps that the theme brought; they are half of a published manual."""
    builder = cast(Any, app.builder)
    if exception is not None or builder.format != "html":
        return
    for folder in builder.theme.get_theme_dirs():
        static = Path(folder, "static")
        for path in static.rglob("*.map"):
            Path(app.outdir, "_static", path.relative_to(static)).unlink(missing_ok=True)
