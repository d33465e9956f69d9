"""Links to a file of the site, and to the matrix of a label."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.osutil import relative_uri

MATRIX = "generated/matrix"


def link_beside(
    fromdocname: str, builder: Builder, target: str, contnode: nodes.Element
) -> nodes.reference:
    """Return the link to a file beside the HTML pages; in other formats, its text."""
    if builder.format != "html" or builder.name == "epub":
        return cast(nodes.reference, contnode)  # Sphinx accepts any node
    here = builder.get_target_uri(fromdocname).partition("#")[0]
    return nodes.reference("", "", contnode, refuri=relative_uri(here, target))


def link_matrix(
    fromdocname: str, builder: Builder, label: str, contnode: nodes.Element
) -> nodes.reference:
    """Return the link to the matrix, filtered by a label; in other formats, its text."""
    if builder.format != "html":
        return cast(nodes.reference, contnode)
    page = builder.get_relative_uri(fromdocname, MATRIX).partition("#")[0]
    if builder.name == "epub":  # these have no script, and every fragment has to exist
        return nodes.reference("", "", contnode, refuri=page, internal=True)
    return nodes.reference("", "", contnode, refuri=f"{page}#{urlencode({'label': label})}")
