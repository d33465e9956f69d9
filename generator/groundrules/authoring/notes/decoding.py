"""The bytes of notes → text, in whichever encoding, without control characters."""

from __future__ import annotations

import codecs
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
# the marks of IRC clients for colors and styles, and the escape sequences of terminals
_STYLES = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|\x1b\[[0-9;]*[A-Za-z]|[\x02\x0f\x11\x16\x1d-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# invisible characters, which editors and wikis leave in copied text
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


class NotNotesError(Exception):
    """The bytes are not notes that can be read; the message says why."""


class DecodedText(Struct, frozen=True):
    """A text, and the encoding that was guessed; empty if it is certain."""

    text: str
    guessed: str = ""


def decoded(data: bytes, encoding: str | None = None) -> DecodedText:
    """Return the text of notes, its lines ended by newlines.

    Raises `NotNotesError`.
    """
    text, guessed = _decoded(data, encoding)
    if _HTML.match(text):
        raise NotNotesError("this is HTML; save the page as text, or copy its text")
    lines = _INVISIBLE.sub("", _STYLES.sub("", text)).splitlines()
    clean = "\n".join(_CONTROL.sub(" ", line) for line in lines)
    if not re.search(r"\w", clean):
        raise NotNotesError("there is no text in it")
    return DecodedText(clean, guessed)


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
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
