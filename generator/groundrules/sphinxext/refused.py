"""What Sphinx has made of a record's text, looked through once more.

The texts were checked with docutils' own directives before (`allowed`), which Sphinx and other
extensions replace.  Where one of theirs reads more, this is what stands between data and page.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.addnodes import download_reference

from groundrules.prose.allowed import is_address


def refused(found: Iterable[nodes.Node]) -> str | None:
    """Return what among ``found`` can never come of data that may be shown; else ``None``."""
    for node in (each for top in found for each in top.findall()):
        match node:
            case nodes.image() | nodes.math() | nodes.math_block() | nodes.raw():
                return f"{node.tagname!r} cannot come of data"
            case download_reference():
                return f"the file {node['reftarget']!r} cannot be published by data"
            case nodes.Element() if not is_address(node.get("refuri", "https:")):
                return f"a link to {node['refuri']!r} is not a web or mail address"
    return None
