"""Bytes of notes → text, in the encoding that is named, marked or guessed.

Bodies of mails can be copied without the header that names their encoding (RFC 2045).
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re

from msgspec import Struct

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = "windows-1252"  # what web pages that claim Latin-1 are read as, and almost a superset


class DecodedText(Struct, frozen=True):
    """A text, the encoding that was guessed, if any, and how many headers of mails it lacks."""

    text: str
    guessed: str = ""
    left_out: int = 0


class NotNotesError(Exception):
    """The bytes are not notes that can be read; the message says why."""


def text_in(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text, and the encoding that was guessed; empty if it is certain.

    Raises `NotNotesError`.
    """
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        if encoding or mark:
            return data.decode(encoding or mark or ""), ""
        if b"\0" in data:
            raise NotNotesError("this is not text; if it is, give its --encoding")
        return data.decode("utf-8"), ""
    except LookupError:
        raise NotNotesError(f"unknown encoding {encoding!r}; write one such as latin-1") from None
    except UnicodeError as error:
        if encoding or mark:
            raise NotNotesError(f"this is not {encoding or mark}: {error}") from None
    try:
        return data.decode(LEGACY), LEGACY
    except UnicodeError:
        reason = f"this is neither UTF-8 nor {LEGACY}; give its --encoding"
        raise NotNotesError(reason) from None


# = and two digits: not ASCII, or what encoders escape besides: punctuation, the F of a line that
# begins with From, and space, tab and line ends
_ESCAPED = re.compile(rb"=(?:[89A-F][0-9A-F]|09|0A|0D|2[0-9A-F]|3[A-F]|40|46|5[B-F]|60|7[B-E])")
_SOFT_END = re.compile(rb"^.{40,75}=[ \t]*\r?$", re.MULTILINE)
_ANY_SOFT_END = re.compile(rb"=[ \t]*\r?$", re.MULTILINE)
_HEAD = re.compile(rb"^(?:Content-|[ \t]+(?:charset|boundary|name)=).*$", re.MULTILINE)
_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{40,76}\r?\n)*[A-Za-z0-9+/]{4,76}={0,2}\s*")
_SHORTEST = 40  # characters of base64; less could be a name or a checksum


def plain_body(body: bytes) -> bytes:
    """Return a body as it was before it was encoded; as it is, if it does not look encoded.

    >>> plain_body("caf\\xe9".encode()), plain_body(b"caf=C3=A9"), plain_body(b"timeout=20")
    (b'caf\\xc3\\xa9', b'caf\\xc3\\xa9', b'timeout=20')
    """
    if is_quoted_printable(body):
        return quopri.decodestring(body)
    return _from_base64(body) or body


def is_quoted_printable(body: bytes) -> bool:
    """Return whether every ``=`` of a body is an escape, and one of them is certain.

    Certain are a line that ends in ``=`` where encoders break lines, and escapes that are UTF-8.
    """
    text = _HEAD.sub(b"", body)
    if b"=" not in text or b"=" in _ESCAPED.sub(b"", _ANY_SOFT_END.sub(b"", text)):
        return False
    if _SOFT_END.search(text):
        return True
    plain = quopri.decodestring(text)
    return not plain.isascii() and text.isascii() and _is_utf8(plain)


def _from_base64(body: bytes) -> bytes | None:
    """Return the text that a body of nothing but base64 has, or None."""
    compact = b"".join(body.split())
    if len(compact) < _SHORTEST or len(compact) % 4 or not _BASE64.fullmatch(body):
        return None
    plain = binascii.a2b_base64(compact)
    is_text = _is_utf8(plain) and not re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", plain)
    return plain if is_text and len(plain.split()) > 1 else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeError:
        return False
    return True
