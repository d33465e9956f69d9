"""The words that the style sheet shows, handed to it by each page of a translated manual.

``var(--ci-word-as-of, "As of")`` is English, unless the page gives the word of its language.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from groundrules.sphinxext.translation import N_, word

WORDS = (
    N_("As of"),
    N_("Can be fixed"),
    N_("Count on"),
    N_("Deprecated"),
    N_("Nested VMs"),
    N_("Nodes at most"),
    N_("Not on"),
    N_("Removed"),
    N_("Severity"),
    N_("Use instead"),
    N_("because"),
    N_("waits for"),
)


def add_style_words(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, object],
    doctree: nodes.document | None,
) -> None:
    """Add the translated words to the head of a page; nothing in English."""
    words = "".join(
        f"{name_of(text)}: {_string(word(text))};" for text in WORDS if word(text) != text
    )
    if words and app.builder.name != "epub":
        context["metatags"] = f"{context.get('metatags', '')}<style>:root {{ {words} }}</style>"


def name_of(text: str) -> str:
    """Return the custom property of a word.

    >>> name_of("As of")
    '--ci-word-as-of'
    """
    return f"--ci-word-{text.lower().replace(' ', '-')}"


def _string(text: str) -> str:
    """Return a string of CSS; nothing in it can end the string or the element around it."""
    escaped = re.sub(r"[^\w -]", lambda char: f"\\{ord(char[0]):x} ", text)
    return f'"{escaped}"'
