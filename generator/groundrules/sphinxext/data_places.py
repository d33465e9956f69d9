"""The places in the data of what Sphinx warns of on generated pages, which nobody edits."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from sphinx.application import Sphinx

from groundrules.pages import GENERATED
from groundrules.sphinxext.manual_build import manual_build_of

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
