"""The places in the data of what Sphinx reports on generated pages, which nobody edits.

These are warnings, and the links of its linkcheck, whose line a page may not even have.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from groundrules.pages import GENERATED
from groundrules.sphinxext.manual_build import manual_build_of

if TYPE_CHECKING:
    from groundrules.sphinxext.text_places import FileLine

_ADDRESS = re.compile(r"\b(?:https?|mailto):[^\s<>\"'`]+")
_AFTER = ".,;:!?)]}"  # what may follow an address in a sentence, or in YAML
_UNKNOWN = re.compile(r"unknown \w+ '(?P<name>[^']+)'")


def place_in_data(app: Sphinx, path: str, record: logging.LogRecord) -> None:
    """Let a warning about the generated page in ``path`` name the line of the page's record.

    A page of many records has no such line, so that the record counts that has no page.  That a
    page is in no table of contents is for the first page to change.  Where the manual has its own
    templates, what is wrong may be in these, and the generated line shows it.
    """
    if (page := _page(app, path)) is None or manual_build_of(app.config).has_own_templates:
        return
    manual, about = manual_build_of(app.config), getattr(record, "subtype", "")
    place = manual.records.place_of_page(page)
    if place is None and (unknown := _UNKNOWN.match(record.msg)):
        place = manual.records.place_of(about, unknown["name"])
    if place:
        record.location = f"{manual.root / place[0]}:{place[1]}"
    elif about == "not_included":
        record.msg = f"{GENERATED}/{page}: {record.msg}"
        record.location = f"{app.env.doc2path(app.config.root_doc)}:1"


def _page(app: Sphinx, path: str) -> str | None:
    """Return the generated page in a file, without its suffix; None for any other file."""
    folder = Path(app.srcdir, GENERATED)
    if Path(path).suffix == ".rst" and Path(path).is_relative_to(folder):
        return Path(path).relative_to(folder).with_suffix("").as_posix()
    return None


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
