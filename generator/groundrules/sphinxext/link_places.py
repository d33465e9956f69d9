"""The places of links in the data, for Sphinx's linkcheck.

Sphinx would report the generated page, which nobody edits and which can have fewer lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from groundrules.pages import GENERATED
from groundrules.sphinxext.manual_build import manual_build_of

if TYPE_CHECKING:
    from groundrules.sphinxext.text_places import FileLine

_ADDRESS = re.compile(r"\b(?:https?|mailto):[^\s<>\"'`]+")
_AFTER = ".,;:!?)]}"  # what may follow an address in a sentence, or in YAML


def place_links(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Set the file and line in the data for the links of a generated page."""
    if app.builder.name != "linkcheck" or not docname.startswith(f"{GENERATED}/"):
        return
    manual = manual_build_of(app.config)
    links = cast(Any, app.builder).hyperlinks
    start = manual.records.place_of_page(docname.removeprefix(f"{GENERATED}/"))
    # the links that this page is the first to have are the last ones
    new = takewhile(lambda item: item[1].docname == docname, reversed(links.items()))
    for address, link in tuple(new):
        if place := _first(manual.records.places_of_links.get(address, ()), start):
            path, line = place
            # Sphinx looks up the file of every reported name in the project
            app.project._docname_to_path[path] = manual.root / path
            links[address] = link._replace(docname=path, lineno=line)


def _first(places: Iterable[FileLine], start: FileLine | None) -> FileLine | None:
    """Return the first place in the record that begins at ``start``, else any, else the start."""
    near = (place for place in places if start and place[0] == start[0] and place >= start)
    return next(near, None) or next(iter(places), start)


def places_of_links(texts: Mapping[str, str]) -> dict[str, list[FileLine]]:
    """Return where the addresses are that some files hold, each with and without its last mark.

    Those in ``manual.yaml``, which gives titles to addresses of records, come last.
    """
    places: dict[str, list[FileLine]] = {}
    for path, text in sorted(texts.items(), key=lambda item: item[0].endswith("/manual.yaml")):
        for number, line in enumerate(text.splitlines(), 1):
            for match in _ADDRESS.finditer(line):
                for address in {match[0], match[0].rstrip(_AFTER)}:
                    places.setdefault(address, []).append((path, number))
    return places
