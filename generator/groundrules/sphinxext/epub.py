"""What an ePub needs so that its readers accept it; epubcheck is the judge."""

from __future__ import annotations

from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.util.i18n import format_date


def prepare_epub(app: Sphinx) -> None:
    """Complete the settings and the table of contents of an ePub; nothing for other builders."""
    if app.builder.name != "epub":
        return
    if not app.config.version:  # an ePub must have one: the day of the build, which Sphinx knows
        app.config.version = format_date("%Y-%m-%d", language="en")
    _list_each_page_once(cast(Any, app.builder))


def _list_each_page_once(builder: Any) -> None:
    """Drop what a table of contents repeats: Sphinx writes a page of two of them twice.

    ``refnodes`` becomes the spine, where every page may stand once (EPUB 3.3, section 5.7.2).
    """
    read_contents = builder.get_toc

    def get_toc() -> None:
        read_contents()
        builder.refnodes = [
            *{entry["refuri"]: entry for entry in reversed(builder.refnodes)}.values()
        ]
        builder.refnodes.reverse()

    builder.get_toc = get_toc
