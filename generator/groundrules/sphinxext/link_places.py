"""The places of links in the data, for Sphinx's linkcheck.

Sphinx would report the generated page, which nobody edits and which can have fewer lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from groundrules.pages import GENERATED
from groundrules.sphinxext.domain import CiDomain
from groundrules.sphinxext.manual_build import manual_build_of

if TYPE_CHECKING:
    from groundrules.sphinxext.manual_records import ManualRecords


def place_links(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Set the file and line in the data for the links of a generated page."""
    if app.builder.name != "linkcheck" or not docname.startswith(f"{GENERATED}/"):
        return
    domain = cast(CiDomain, app.env.get_domain("ci"))
    manual = manual_build_of(app.config)
    links = cast(Any, app.builder).hyperlinks
    records = domain.records.on_page(docname)
    for address, link in links.items():
        if link.docname != docname:
            continue
        if place := _place(manual.records, records, address):
            path, line = place
            # Sphinx looks up the file of every reported name in the project
            app.project._docname_to_path[path] = manual.root / path
            links[address] = link._replace(docname=path, lineno=line)


def _place(
    data: ManualRecords, records: list[tuple[str, str]], address: str
) -> tuple[str, int] | None:
    """Return the file and line of the first mention of an address in the records of a page."""
    for kind, name in records:
        if (record := data.record(kind, name)) is None:
            continue
        start = record.location()
        lines = data.loaded.texts[start.path].splitlines()
        for number, line in enumerate(lines[start.line - 1 :], start.line):
            if address in line:
                return start.path, number
    return None
