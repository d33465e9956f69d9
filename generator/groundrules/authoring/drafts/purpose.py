"""`purpose_of`: the description of a job as the purpose in a record."""

from __future__ import annotations

import re

from groundrules.pages.rst import escape
from groundrules.prose.markup import read_markup
from groundrules.prose.record_text import is_simple
from groundrules.records.fields import LONGEST_TEXT, TEXT

_ROLE = re.compile(r"(?<!\S)(?::[\w.+-]+)+:`([^`\\]+)`")
_DIRECTIVE = re.compile(r"\.\. ")


def purpose_of(description: str) -> str:
    """Return the first paragraph of a description, or nothing if it cannot be shown as text.

    What a role of zuul-sphinx names is shown as code; other markup that records do not allow is
    kept as its characters.
    """
    paragraph, *_ = re.split(r"\n[ \t]*\n", description.strip(), maxsplit=1)
    text = " ".join(paragraph.split())
    if _DIRECTIVE.match(text) or not re.fullmatch(TEXT, text):
        return ""
    candidates = (text, _ROLE.sub(r"``\1``", text), escape(text))
    return next((each for each in candidates if len(each) <= LONGEST_TEXT and _is_fine(each)), "")


def _is_fine(text: str) -> bool:
    if is_simple(text):
        return True
    reading = read_markup(text)
    return not reading.flaws and not reading.mentions
