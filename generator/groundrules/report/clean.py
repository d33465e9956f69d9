"""Text of strangers' files made harmless for what shows it."""

from __future__ import annotations

import re
from urllib.parse import quote

# what XML 1.0 allows, https://www.w3.org/TR/xml/#charsets, without the characters that control
_NOT_XML = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]"
)


def one_line(text: str) -> str:
    """Return ``text`` on one line; what a terminal cannot show, or would obey, is escaped.

    >>> print(one_line("a\\nb\\x1b[31m\\u202e"))
    a\\nb\\x1b[31m\\u202e
    """
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def xml_text(text: str) -> str:
    """Return ``text`` without characters that no XML document may hold; each is shown escaped.

    >>> xml_text("a\\x00b")
    'a\\\\x00b'
    """
    return _NOT_XML.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def uri(path: str) -> str:
    """Return a path as a relative URI reference (RFC 3986): no scheme, no space, only ASCII.

    >>> uri("data/a b.yaml"), uri("c:d.yaml")
    ('data/a%20b.yaml', 'c%3Ad.yaml')
    """
    return quote(path, safe="/~")
