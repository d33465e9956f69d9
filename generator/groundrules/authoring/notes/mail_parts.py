"""A mail, or a mailbox of several → the text that a reader of it sees.

Of alternatives, the one in plain text is taken.  A part that is not plain text is named.  The
headers that only mail programs read are left out and counted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from groundrules.authoring.notes.charsets import DecodedText, NotNotesError, plain_body, text_in

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):(?:[ \t]+\S.*|[ \t]*)")
_MAILS = (  # a head with one of these is a mail's
    b"subject", b"from", b"date", b"message-id", b"mime-version", b"content-type",
    b"content-transfer-encoding",
)  # fmt: skip
_SENT = ("message-id", "mime-version", "received", "content-type", "content-transfer-encoding")
_MACHINES = re.compile(
    r"(?:x|arc|authentication|autocrypt|auto|content|delivered|dkim|domainkey|errors|feedback|in"
    r"|list|message|mime|original|received|resent|return|thread|user|spamdiagnostic)-.*"
    r"|precedence|received|references|sender"
)
_ENVELOPE = re.compile(
    rb"^From \S.{0,300}? [A-Z][a-z]{2} [A-Z][a-z]{2} .{0,40}?\d{4}.*\r?\n", re.MULTILINE
)
_FIRST_PART = re.compile(rb"\s*--([^\s\"]{1,70})\r?\n(?=Content-[A-Za-z-]+:)")
_NESTED = re.compile(rb"boundary=|^content-type:[ \t]*message/", re.IGNORECASE | re.MULTILINE)
_WITH_PARAMETERS = re.compile(
    rb"^content-(?:type|disposition):.*(?:\n[ \t].*)*", re.IGNORECASE | re.MULTILINE
)
_MOST_PARTS = 200
_MOST_STEPS = 5_000_000  # the reader compares each line with the end of each part that is open
_LONGEST_HEADER = 2_000  # characters; the reader counts the quotes again at each semicolon
# codecs that are not of mails, whose cost is not linear, or that read more than characters
_NO_CHARSETS = ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape")


def is_mail(data: bytes) -> bool:
    """Return whether bytes begin with the head of a mail, or of a part of one."""
    if _ENVELOPE.match(data) or _FIRST_PART.match(data):
        return True
    names = set[bytes]()
    for line in data[:100_000].lstrip(b"\r\n").splitlines():
        if not line.strip():
            break
        if line[:1] in b" \t" and names:
            continue
        if not (match := _HEADER.fullmatch(line)):
            return False
        names.add(match[1].lower())
    return not names.isdisjoint(_MAILS)


def mail_text(data: bytes, encoding: str | None) -> DecodedText:
    """Return the text of a mail, or of each mail of a mailbox.

    Raises `NotNotesError` if it has no text that can be read.
    """
    data = b"\n".join(data.splitlines()) + b"\n"  # the reader ends lines at a lone \r too
    if match := _FIRST_PART.match(data):
        data = b'Content-Type: multipart/mixed; boundary="%s"\n\n%s' % (match[1], data)
    reader = _MailReader(encoding)
    texts = [reader.text_of(mail) for mail in _ENVELOPE.split(data) if mail.strip()]
    if not reader.has_text:
        raise NotNotesError("this mail has no plain text; save it as text, or copy its text")
    return DecodedText("\n\n\n".join(texts), reader.guessed, reader.left_out)


class _MailReader:
    """Reads mails; notes what it guessed and left out."""

    def __init__(self, encoding: str | None) -> None:
        self.encoding = encoding
        self.guessed = ""
        self.left_out = 0
        self.has_text = False

    def text_of(self, data: bytes) -> str:
        parts = len(_NESTED.findall(data))
        if parts > _MOST_PARTS or parts * data.count(b"\n") > _MOST_STEPS:
            raise NotNotesError("this mail has too many parts; copy its text")
        if any(len(header[0]) > _LONGEST_HEADER for header in _WITH_PARAMETERS.finditer(data)):
            raise NotNotesError("this mail has a header that is too long; copy its text")
        message = message_from_bytes(data.lstrip(b"\r\n"))
        return "\n\n".join(filter(None, self.blocks(message)))

    def blocks(self, message: Message) -> Iterator[str]:
        """Yield the head of a message, and the texts of its parts and of the messages in it."""
        pending = [(message, True)]
        while pending:
            part, is_whole = pending.pop()
            if is_whole:
                yield self.head(part)
            if not part.is_multipart():
                yield self.body(part)
                continue
            is_message = part.get_content_maintype() == "message"
            pending += [(inner, is_message) for inner in reversed(_chosen(part))]

    def head(self, message: Message) -> str:
        is_sent = any(name in message for name in _SENT)
        lines = []
        for name, value in message.raw_items():
            if is_sent and _MACHINES.fullmatch(name.lower()):
                self.left_out += 1
            else:
                lines.append(f"{name}: {self.header(value)}")
        return "\n".join(lines)

    def header(self, value: str) -> str:
        """Return the text of a header, its encoded words decoded (RFC 2047)."""
        text = self.guess(value.encode("utf-8", "surrogateescape"))
        if "=?" in text and len(text) <= _LONGEST_HEADER:
            try:
                parts = decode_header(text)
                if all(_is_charset(charset) for _, charset in parts if charset):
                    text = str(make_header(parts))
            except (HeaderParseError, LookupError, ValueError):
                pass  # it stays as it is written
        return " ".join(text.split())

    def body(self, part: Message) -> str:
        data = part.get_payload(decode=True)
        kind = part.get_content_type()
        if not isinstance(data, bytes) or not data.strip():
            return ""
        if kind not in ("text/plain", "text/markdown", "text/x-rst"):
            name = self.header(part.get_filename() or "without a name")
            return f"Attachment that was not read: {name} ({kind})"
        self.has_text = True
        declared = str(part.get("Content-Transfer-Encoding", "7bit")).strip().lower()
        if declared in ("7bit", "8bit", "binary"):
            data = plain_body(data)
        charset = part.get_content_charset() or "utf-8"
        try:
            return data.decode(charset if _is_charset(charset) else "utf-8")
        except (LookupError, UnicodeError):
            return self.guess(data)

    def guess(self, data: bytes) -> str:
        text, guessed = text_in(data, self.encoding)
        self.guessed = self.guessed or guessed
        return text


def _chosen(part: Message) -> list[Message]:
    """Return the parts of a part; of alternatives, those in plain text."""
    payload = part.get_payload()
    parts = [inner for inner in payload if isinstance(inner, Message)] if payload else []
    if part.get_content_subtype() == "alternative":
        parts = [inner for inner in parts if inner.get_content_type() == "text/plain"] or parts
    return parts


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _NO_CHARSETS
    except LookupError:
        return False
