"""A second check of a record's text, after Sphinx has read it.

The texts were checked with docutils' own directives (`allowed`), which Sphinx and other
extensions replace.  If one of theirs accepts more, this check keeps it off the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.addnodes import download_reference

from groundrules.prose.allowed import is_address


def refused(content: Iterable[nodes.Node]) -> str | None:
    """Return why some nodes are not allowed in data; ``None`` if all are."""
    for node in (node for top in content for node in top.findall()):
        match node:
            case nodes.image() | nodes.math() | nodes.math_block() | nodes.raw():
                return f"data cannot contain {node.tagname!r}"
            case download_reference():
                return f"data cannot publish the file {node['reftarget']!r}"
            case nodes.Element() if not is_address(node.get("refuri", "https:")):
                return f"a link to {node['refuri']!r} is not a web or mail address"
    return None
