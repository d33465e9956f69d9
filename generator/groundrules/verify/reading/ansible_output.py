"""`results_in`: what the command ``ansible`` printed, as one result for each host.

Ansible's callback ``minimal`` prints ``web01 | SUCCESS => {``, and the result below it, as JSON or
YAML.  The callback ``oneline`` of ``--one-line`` prints the result on the same line.  Both are in
https://github.com/ansible/ansible/tree/devel/lib/ansible/plugins/callback.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

_STATE = rb" \| (SUCCESS|CHANGED|FAILED|UNREACHABLE)"
_SIGN = re.compile(_STATE)
# the name of a host, in which ': ' cannot be: a line of YAML with such a text is not a heading
_HOST = rb"(?:[^|\s:]|:(?! ))(?:[^|\n:]|:(?! )){0,255}"
_HEADING = re.compile(rb"^(%s)%s!?(?: =>|:)" % (_HOST, _STATE), re.MULTILINE)
# lines of the result: indented ones of JSON or YAML, the last brace, and empty ones of a YAML text
_RESULT = re.compile(rb"[^\n]*(?:\n(?:[ \t][^\n]*|\}[ \t]*\r?|\r?(?=\n)))*+")
_END = re.compile(rb"(?:\n|\A[^\n]*)\}\s*\Z")
_LONGEST = 300  # characters of a message of Ansible
_DONE = ("SUCCESS", "CHANGED")


class HostResult(Struct, frozen=True):
    """The result of a host: a document with its facts, or the reason why there is none."""

    host: str
    document: bytes = b""
    why_not: str = ""


def is_printed(data: bytes) -> bool:
    """Return whether ``ansible`` printed a text."""
    return bool(_SIGN.search(data) and _HEADING.search(data))


def results_in(data: bytes) -> Iterator[HostResult]:
    """Yield the results in a text that ``ansible`` printed."""
    return (_result(heading, data) for heading in _HEADING.finditer(data))


def _result(heading: re.Match[bytes], data: bytes) -> HostResult:
    host, state = (text.decode(errors="replace") for text in heading.groups())
    lines = _RESULT.match(data, heading.end())
    end = lines.end() if lines else heading.end()
    # with the end of its last line, without which a document is cut
    document = data[heading.end() : end + 1].removeprefix(b" ").lstrip(b"\r\n")
    if state not in _DONE:
        reason = why_not(_message(document), is_reached=state != "UNREACHABLE")
        return HostResult(host, why_not=reason)
    if document.startswith(b"{") and not _END.search(document):
        return HostResult(
            host, why_not="it has no end, so the output may be cut; run Ansible again"
        )
    return HostResult(host, document)


def _message(document: bytes) -> str:
    """Return the message in the result of a host without facts."""
    try:
        message = msgspec.json.decode(document)["msg"]
    except (msgspec.DecodeError, KeyError, RecursionError, TypeError, UnicodeDecodeError):
        message = document.decode(errors="replace")
    return str(message)


def why_not(message: str, *, is_reached: bool) -> str:
    """Return why a host has no facts, with Ansible's own message on one line.

    >>> why_not("no\\n python", is_reached=True)
    'Ansible could not gather its facts: no python'
    """
    what = "gather its facts" if is_reached else "reach it"
    return f"Ansible could not {what}: {' '.join(message.split())[:_LONGEST]}"
