"""`wanted_part`: the few lines of a host-info file that have the wanted facts.

A host-info file has about 700 lines, and parsing them is most of the time that collecting takes.
Ansible writes it in a simple form (``to_nice_yaml``: block style, a fact begins at the first
column).  In this form, the lines of a fact are found without a YAML parser, and only these are
parsed.  A document in any other form is parsed as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

import re2

_NEXT = re.compile(rb"\n(?=[^ \-])")  # a sequence can begin at the column of its fact
_START = b"---\n"

# YAML 1.1 without what has a meaning for other lines: anchors, tags, comments, flow collections,
# texts of several lines that continue in the first column
_C = r"[^\x00-\x20\x7f:]"  # of a word
_F = r"[^\x00-\x20\x7f\-?:,\[\]{}#&*!|>'\"%@`]"  # the first of a word
_REST = rf"(?:{_C}|:+{_C})*"
_PLAIN = rf"(?:{_F}|[\-?]:*{_C}|:+{_C}){_REST}(?: +(?:[^\x00-\x20\x7f:#]|:+{_C}){_REST})*"
_SINGLE = r"'(?:[^\x00-\x1f\x7f']|''|\n )*'"
_DOUBLE = r'"(?:[^\x00-\x1f\x7f"\\]|\\[^\x00-\x1f\x7f]|\\?\n )*"'
_TEXT = rf"(?:{_PLAIN}|{_SINGLE}|{_DOUBLE})"
_VALUE = rf"(?:{_TEXT}|\[\]|\{{\}})"
_ENTRY = rf"(?:{_TEXT}:(?: +{_VALUE})?|{_VALUE})"
_ITEM = rf"-(?: +-)*(?: +{_ENTRY})?"
_LINE = rf"(?:{_PLAIN}:(?: +{_VALUE})?|{_ITEM}| +(?:{_ITEM}|{_ENTRY}))\n"


@cache
def _simple() -> re2._Regexp:  # compiled when the first document is read
    return re2.compile(f"(?:{_LINE})*".encode())


def wanted_part(data: bytes, names: Collection[bytes]) -> bytes | None:
    """Return the lines of some keys of the document's mapping; None if its form is not simple.

    It is not verified that the other lines are valid YAML, only that they do not change these.
    """
    data = data.removeprefix(_START)
    if not data.isascii() or b"<<" in data or not _simple().fullmatch(data):
        return None
    sections: dict[bytes, bytes] = {}
    for section in _NEXT.split(data[:-1]):  # the last line has its end
        name = section.partition(b":")[0]
        if name in names:
            if name in sections:
                return None
            sections[name] = section
    return b"\n".join((*sections.values(), b"")) if sections else None
