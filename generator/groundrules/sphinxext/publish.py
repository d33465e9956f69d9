"""What stands beside the HTML pages: the data as JSON, its schemas, a feed of changes."""

from __future__ import annotations

from sphinx.application import Sphinx


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write them, when the data changed since they were last written."""
