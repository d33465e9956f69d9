"""Changes for ePub, so that epubcheck accepts it."""

from __future__ import annotations

from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.util.i18n import format_date


def prepare_epub(app: Sphinx) -> None:
    """Complete the settings and the table of contents of an ePub; nothing for other builders."""
    if app.builder.name != "epub":
        return
    if not app.config.version:  # an ePub needs a date: Sphinx uses the day of the build
        app.config.version = format_date("%Y-%m-%d", language="en")
    _list_each_page_once(cast(Any, app.builder))


def _list_each_page_once(builder: Any) -> None:
    """Remove duplicates in the table of contents, which Sphinx would write twice.

    ``refnodes`` becomes the spine, which can contain each page once (EPUB 3.3, section 5.7.2).
    """
    read_contents = builder.get_toc

    def get_toc() -> None:
        read_contents()
        builder.refnodes = [
            *{entry["refuri"]: entry for entry in reversed(builder.refnodes)}.values()
        ]
        builder.refnodes.reverse()

    builder.get_toc = get_toc
