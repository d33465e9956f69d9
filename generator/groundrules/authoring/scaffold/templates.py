"""The templates of a new manual's files, with a filter for each syntax that an answer meets."""

from __future__ import annotations

import html
import json
from textwrap import wrap

from groundrules.authoring.file_templates import FileTemplates
from groundrules.pages import rst

WIDTH = 100


def _filled(text: str, indent: int = 0) -> str:
    """Return a text on several lines, the ones after the first indented."""
    lines = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(lines)


def _heading(text: str) -> str:
    return rst.heading(text).rstrip("\n")


def _python(text: str) -> str:
    """Return a text as Python code, in the quotes that formatters use."""
    return json.dumps(text, ensure_ascii=False)


TEMPLATES = FileTemplates(
    "groundrules.authoring.scaffold",
    {"filled": _filled, "heading": _heading, "html": html.escape, "python": _python},
)
