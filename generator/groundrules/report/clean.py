"""Escapes text from files that are not trusted, for terminals, logs and XML."""

from __future__ import annotations

from urllib.parse import quote

from groundrules.text import escaped


def one_line(text: str) -> str:
    """Return ``text`` on one line, with unprintable characters escaped.

    These are the control characters of terminals and of text direction, and characters that
    UTF-8 or XML cannot contain (``str.isprintable``, https://www.w3.org/TR/xml/#charsets).

    >>> print(one_line("a\\nb\\x1b[31m\\u202e"))
    a\\nb\\x1b[31m\\u202e
    """
    return escaped(text)


def uri(path: str) -> str:
    """Return a path as a relative URI reference (RFC 3986) without scheme, in ASCII.

    >>> uri("data/a b.yaml"), uri("c:d.yaml")
    ('data/a%20b.yaml', 'c%3Ad.yaml')
    """
    return quote(path, safe="/~", errors="backslashreplace")
