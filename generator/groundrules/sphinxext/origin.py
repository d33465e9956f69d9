"""The place in a data file that a page's record is written at, as a link to change it.

A line moves with every change above it.  So it is no part of the page's text, which would make
the pages of all other records in the file new; it is looked up whenever HTML is written.  A
site built from scratch, as published ones are, has every line right; after a smaller build the
pages that were left alone keep the line of the last time.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import ReferenceRole
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.manual_build import manual_build_of
from groundrules.sphinxext.translation import word


class origin(nodes.inline):  # noqa: N801 - docutils names nodes so
    """The path of a data file, with its record and the address to edit it at."""


class OriginRole(ReferenceRole):
    """Shows where a record is written: ``PATH <KIND NAME [ADDRESS]>``."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        kind, name, address, *_ = [*self.target.split(), "", "", ""]
        if self.has_explicit_title and manual_build_of(self.config).records.record(kind, name):
            shown = nodes.literal("", self.title)
            return [origin("", "", shown, record=(kind, name), address=address)], []
        message = f"unknown record {self.target!r}; write PATH <KIND NAME>"
        error = self.inliner.reporter.error(message, line=self.lineno)
        return [self.inliner.problematic(self.rawtext, self.rawtext, error)], [error]


def visit_html(self: HTML5Translator, node: origin) -> None:
    """Open a link, or a span where there is no address to edit at, that names the line."""
    record = manual_build_of(cast(Any, self.builder).config).records.record(*node["record"])
    line = record.location().line if record else 1  # gone, from a page that is no longer read
    path, address = node.astext(), node["address"]
    shown = word("{path}, line {line}").format(path=path, line=line)
    if address:
        target = f"{address.rstrip('/')}/{quote(path)}#L{line}"
        title = word("Edit this record")
        self.body.append(self.starttag(node, "a", "", CLASS="ci-origin", href=target, title=title))
        end = "</a>"
    else:
        self.body.append(self.starttag(node, "span", "", CLASS="ci-origin"))
        end = "</span>"
    self.body.append(f"{self.encode(shown)}{end}")
    raise nodes.SkipNode
