"""The bytes of notes → text, in whichever encoding, without control characters."""

from __future__ import annotations

import codecs
import re

from groundrules.authoring.notes.charsets import DecodedText, NotNotesError, plain_body, text_in
from groundrules.authoring.notes.mail_parts import is_mail, mail_text

# the marks of IRC clients for colors and styles, and the escape sequences of terminals
_STYLES = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|\x1b\[[0-9;]*[A-Za-z]|[\x02\x0f\x11\x16\x1d-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# invisible characters, which editors and wikis leave in copied text
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def decoded(data: bytes, encoding: str | None = None) -> DecodedText:
    """Return the text of notes, its lines ended by newlines.

    Raises `NotNotesError`.
    """
    read = _read(data, encoding)
    if _HTML.match(read.text):
        raise NotNotesError("this is HTML; save the page as text, or copy its text")
    lines = _INVISIBLE.sub("", _STYLES.sub("", read.text)).splitlines()
    clean = "\n".join(_CONTROL.sub(" ", line) for line in lines)
    if not re.search(r"\w", clean):
        raise NotNotesError("there is no text in it")
    return DecodedText(clean, read.guessed, read.left_out)


def _read(data: bytes, encoding: str | None) -> DecodedText:
    plain = data.removeprefix(codecs.BOM_UTF8)
    if is_mail(plain):
        return mail_text(plain, encoding)
    return DecodedText(*text_in(plain_body(data), encoding))
