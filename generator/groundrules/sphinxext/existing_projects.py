"""Generated pages in Sphinx projects that were made without them."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from groundrules.pages import GENERATED

PREFIX = "autosectionlabel_prefix_document"


def read_generated_pages(app: Sphinx, config: Config) -> None:
    """Let Sphinx read the generated ``.rst`` pages, and no others, of a manual without them."""
    if ".rst" in config.source_suffix:
        return
    config.source_suffix[".rst"] = "restructuredtext"
    config.exclude_patterns = [*config.exclude_patterns, *_everything_else(".rst")]


def _everything_else(suffix: str) -> list[str]:
    """Return Sphinx's patterns for the files that are not in the folder of generated pages.

    Sphinx has no pattern for all but one folder, so these compare its name letter by letter.
    """
    name = f"{GENERATED}/"
    beginnings = [name[:length] for length in range(len(name))]
    other = [
        f"{begun}[!{letter}]**{suffix}" for begun, letter in zip(beginnings, name, strict=True)
    ]
    return [*(f"{begun}{suffix}" for begun in beginnings if begun), *other]


def own_labels(app: Sphinx, doctree: nodes.document) -> None:
    """Let ``sphinx.ext.autosectionlabel`` put the name of a generated page before its labels.

    Generated pages have the same sections, whose labels would be duplicates.
    """
    if PREFIX in app.config and app.env.current_document.docname.startswith(f"{GENERATED}/"):
        app.config[PREFIX], app.env.current_document[PREFIX] = True, app.config[PREFIX]


def shared_labels(app: Sphinx, doctree: nodes.document) -> None:
    """Restore the setting for the other pages."""
    if PREFIX in app.env.current_document:
        app.config[PREFIX] = app.env.current_document[PREFIX]
