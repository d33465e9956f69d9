"""Text of strangers' files made harmless for what shows it."""

from __future__ import annotations

from urllib.parse import quote


def one_line(text: str) -> str:
    """Return ``text`` on one line; what cannot be shown, or is obeyed, is escaped.

    That is every control character of terminals, of the direction of text, and of XML, and what
    no UTF-8 or XML may hold (``str.isprintable``, https://www.w3.org/TR/xml/#charsets).

    >>> print(one_line("a\\nb\\x1b[31m\\u202e"))
    a\\nb\\x1b[31m\\u202e
    """
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def uri(path: str) -> str:
    """Return a path as a relative URI reference (RFC 3986): no scheme, no space, only ASCII.

    >>> uri("data/a b.yaml"), uri("c:d.yaml")
    ('data/a%20b.yaml', 'c%3Ad.yaml')
    """
    return quote(path, safe="/~", errors="backslashreplace")
