"""The place of a page's record in its data file, with a link to edit it.

A line number changes with every edit above it.  So it is not part of the page's text, otherwise
the pages of all other records in the file would change; it is looked up when HTML is written.  A
site that is built from scratch has the right lines.  In a partial build, unchanged pages keep the
lines of their last build.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import ReferenceRole
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.manual_build import manual_build_of
from groundrules.sphinxext.roles import problem
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
        return problem(self, f"unknown record {self.target!r}; write PATH <KIND NAME>")


def visit_html(self: HTML5Translator, node: origin) -> None:
    """Open a link with the line, or a span if there is no address to edit the file."""
    record = manual_build_of(cast(Any, self.builder).config).records.record(*node["record"])
    line = record.location().line if record else 1  # removed; the page is no longer read
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
