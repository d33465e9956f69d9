"""The Sphinx extension: it generates the pages and registers their records.

In ``conf.py``: ``extensions = ["groundrules.sphinxext"]``.  Only `setup` imports Sphinx, so that
importing this package is fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the domain, its directives and the generator to Sphinx."""
    from groundrules.sphinxext import extension

    return extension.setup(app)
