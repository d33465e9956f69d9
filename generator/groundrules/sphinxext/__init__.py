"""Pages → Sphinx: the extension that generates the pages and knows their records.

In ``conf.py``: ``extensions = ["groundrules.sphinxext"]``.  Sphinx itself is imported by `setup`
alone, so that ``groundrules check`` reads texts with docutils and does not wait for Sphinx.
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
