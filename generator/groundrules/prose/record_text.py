"""The text of a record, as it is checked and published."""

from __future__ import annotations

import re
from functools import lru_cache
from textwrap import dedent

from groundrules.prose.reading_work import MOST_WORK, work_of_words

# Text in which no character can begin markup: letters, digits, spaces inside lines and
# punctuation that means nothing to reStructuredText in that place.
PLAIN = re.compile(
    r"(?!\w{1,8}[.)](?: |$))[^\W_]"
    r"(?:[^\W_]|[ ,;()'\"%&#/?!+=~$–—→’×≥≤-]|\.(?!\. )|:(?= )|(?<=\w)_(?=\w))*"
)
# A literal between spaces or punctuation, which docutils always reads as one.
_LITERAL = re.compile(r"(?<!\S)``[^\s`\\](?:(?:[^\s`\\]| )*[^\s`\\])?``(?=[\s.,;:!?)]|$)")
_EMBEDDED = re.compile(r"(<[^<>`]+>`)_(?!_)")
_FEEDS = re.compile(r"[\v\f]")
# What begins an item of a list (docutils' "bullet" and "enumerator"), alone on its line.
_ENUMERATOR = r"(?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#)"
_ITEM = re.compile(rf"(?:[-*+•‣⁃]|\(?{_ENUMERATOR}\)|{_ENUMERATOR}\.)(?: .*)?")


def lines_of(text: str) -> list[str]:
    """Return the lines of ``text`` as docutils reads them.

    Feeds are spaces there, and all else that Python takes for the end of a line is one.  Whatever
    goes to a page or is checked is split here, so that nothing begins a line for one of them only.
    """
    return _FEEDS.sub(" ", text).splitlines()


@lru_cache(maxsize=4096)
def is_simple(text: str) -> bool:
    """Return whether a text is plain but for literals, so that nothing can be wrong with it.

    Long words with thousands of hyphens or slashes make too much work for docutils.
    """
    is_plain = PLAIN.fullmatch(_LITERAL.sub("x", text)) is not None
    return is_plain and work_of_words(text) <= MOST_WORK


def block(text: str) -> str:
    """Return ``text`` without tabs, common margin, and white space at the ends of its lines."""
    lines = (each.expandtabs(8).rstrip() for each in lines_of(text.strip("\n")))
    return dedent("\n".join(lines))


def published(text: str) -> str:
    """Return a `block` as pages hold it, with as many lines.

    Links become anonymous: named ones of two records on one page would clash.  One line that
    would be the only item of a list is text: who writes ``C. Boylan asked for it.`` or ``+ 2 GB``
    means those characters, and a list of one says nothing more.
    """
    if _ITEM.fullmatch(text):
        text = f"\\{text}"
    return _EMBEDDED.sub(r"\1__", text)


def normal(text: str) -> str:
    """Return ``text`` as pages hold it, and as it is checked."""
    return published(block(text))
