"""`part_of`: the lines of some keys of a mapping, cut out of a text without parsing all of it.

Most texts that programs write are in YAML's plain block style.  A regular expression verifies that
each line of a text has a form of that style, with no tag but Ansible's ``!unsafe``; for all others
the answer is ``None``.  Then the lines of a key are found 15 times as fast as a parser finds them.
In a valid text, the parts have the same values as in the whole; it is not verified that the other
lines are valid, only that they do not change these.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

import re2

# YAML 1.1 without what has a meaning for other lines, such as anchors, comments, and texts of
# several lines that continue at the indentation of a key
_C = r"[^\x00-\x20\x7f:]"  # of a word
_F = r"[^\x00-\x20\x7f\-?:,\[\]{}#&*!|>'\"%@`]"  # the first of a word
_REST = rf"(?:{_C}|:+{_C})*"
_PLAIN = rf"(?:{_F}|[\-?]:*{_C}|:+{_C}){_REST}(?: +(?:[^\x00-\x20\x7f:#]|:+{_C}){_REST})*"


def part_of(data: bytes, below: str, keys: Container[bytes]) -> bytes | None:
    """Return the lines of ``keys`` in a mapping, as a text of its own; ``None`` if not known.

    The mapping is the text itself or, if it has that key, the one under ``below``.

    >>> part_of(b"facts:\n  a: 1\n  b:\n  - 2\n  c: 3\n", "facts", [b"b", b"c"])
    b'  b:\n  - 2\n  c: 3\n'
    >>> part_of(b"a: {b: 1}\n", "facts", [b"a"])
    """
    place = _place(data, f"{below}:\n".encode())
    if place is None or not data.isascii() or b"<<" in data:
        return None
    if any(key in keys or key == below.strip().encode() for key in _quoted_keys(data)):
        return None
    start, end, indent = place
    if not _in_block_style(indent).fullmatch(data.removeprefix(_START)):
        return None
    blocks = _blocks(indent).finditer(data, start, end)
    return b"".join(block[0] for block in blocks if block[1] in keys)


def _place(data: bytes, head: bytes) -> tuple[int, int, int] | None:
    """Return where the mapping begins and ends, and its indentation; ``None`` if it is not one."""
    start = 0 if data.startswith(head) else data.find(b"\n" + head) + 1
    if start == 0 and not data.startswith(head):
        return 0, len(data), 0
    start += len(head)
    if data.find(b"\n" + head, start - 1) >= 0:  # a key that is written twice
        return None
    after, first = _NEXT.search(data, start), _TEXT.search(data, start)
    indent = first.start() - start if first else 0
    return start, after.start() + 1 if after else len(data), indent


def _quoted_keys(data: bytes) -> list[bytes]:
    """Return the keys in quotes of any mapping; few texts have one."""
    return _QUOTED_KEY.findall(data) if b"':" in data else []


_QUOTED_KEY = re.compile(rb"^ *+'([^'\n]*)':", re.MULTILINE)
_START = b"---\n"
_NEXT = re.compile(rb"\n(?=[^ \n])")
_TEXT = re.compile(rb"[^ ]")


@lru_cache(maxsize=16)
def _in_block_style(indent: int) -> re2._Regexp:
    """Return what matches a text whose lines up to an indentation begin a key or an item."""
    deeper = rf"\n+ {{{indent + 1}}}"  # lines of a text in quotes have more indentation
    single = rf"'(?:[^\x00-\x1f\x7f']|''|{deeper})*'"
    double = rf'"(?:[^\x00-\x1f\x7f"\\]|\\[^\x00-\x1f\x7f]|\\?{deeper})*"'
    text = rf"(?:{_PLAIN}|{single}|{double})"
    value = rf"(?:(?:!unsafe )?{text}|\[\]|\{{\}})"
    entry = rf"(?:{text}:(?: +{value})?|{value})"
    item = rf"-(?: +-)*(?: +{entry})?"
    key = rf"(?:{_PLAIN}|'[^\x00-\x1f\x7f']*'):(?: +{value})?"
    line = rf"(?: {{0,{indent}}}(?:{key}|{item})| {{{indent + 1},}}(?:{item}|{entry}))\n"
    return re2.compile(f"(?:{line})*".encode())


@lru_cache(maxsize=16)
def _blocks(indent: int) -> re.Pattern[bytes]:
    """Return what matches a key at an indentation, and all lines of its value."""
    more = rf" {{{indent + 1}}}[^\n]*+\n| {{{indent}}}-[^\n]*+\n|\n"
    return re.compile(
        rf"^ {{{indent}}}([^ :-][^ :]*+):[^\n]*+\n(?:{more})*+".encode(), re.MULTILINE
    )
