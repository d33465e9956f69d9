"""The place in a data file that a page's record is written at, as a link to change it.

A line moves with every change above it.  So it is no part of the page's text, which would make
the pages of all other records in the file new; it is looked up whenever HTML is written.  A
site built from scratch, as published ones are, has every line right; after a smaller build the
pages that were left alone keep the line of the last time.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urljoin

from docutils import nodes
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from groundrules.sphinxext.edition import edition_of


class origin(nodes.inline):  # noqa: N801 - docutils names nodes so
    """The path of a data file, with the record it stands for and where it can be edited."""


class OriginRole(SphinxRole):
    """Shows where a record is written: ``KIND NAME PATH [ADDRESS]``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the path; HTML adds the line."""
        kind, name, path, *address = self.text.split()
        shown = nodes.literal("", path)
        return [origin("", "", shown, record=(kind, name), address="".join(address))], []


def visit_html(self: HTML5Translator, node: origin) -> None:
    """Open a link, or a piece of code where nothing is said of editing, that names the line."""
    kind, name = node["record"]
    line = edition_of(cast(Any, self.builder).config).line_of(kind, name)
    path = node.astext()
    if node["address"]:
        target = f"{urljoin(node['address'], path)}#L{line}"
        title = "Edit this record"
        self.body.append(self.starttag(node, "a", "", CLASS="ci-origin", href=target, title=title))
        end = "</a>"
    else:
        self.body.append(self.starttag(node, "span", "", CLASS="ci-origin"))
        end = "</span>"
    self.body.append(f"{self.encode(path)}, line {line}{end}")
    raise nodes.SkipNode
