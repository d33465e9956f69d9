"""`part_of`: the lines of some keys of a mapping, cut out of a text without parsing all of it.

Most texts that programs write are in YAML's plain block style, in which regular expressions find
the lines of a key 10 times as fast as a parser.  A text is cut only if each line of it has a form
of that style, with no tag but Ansible's ``!unsafe``; for all others the answer is ``None``.  In a
valid text, the parts have the same values as in the whole.  What is not asked for is not verified.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

# A character of a plain scalar, https://yaml.org/spec/1.1/#ns-plain(n,c), in ASCII: ":" and "#"
# have a meaning beside a space.
_PLAIN = r"(?:[ -\"$-9;-~]++|:(?![ \n])|(?<! )#)"
# characters that begin a plain scalar, and have no other meaning
_FIRST = r"(?:[A-Za-z0-9_/.(+^$<=;~\\]|:(?![ \n])|-(?=[A-Za-z0-9.]))"
_KEY = (
    r"(?:(?:[A-Za-z0-9_/.]|-(?![ \n]))[A-Za-z0-9_/.@+-]*+(?::[A-Za-z0-9_/.@+-]++)*+|'[ -&(-~]*+')"
)
_AFTER = r"(?: ++|(?=\n))"  # of ":" and "-"


def part_of(data: bytes, below: str, keys: Container[bytes]) -> bytes | None:
    """Return the lines of ``keys`` in a mapping, as a text of its own; ``None`` if not known.

    The mapping is the text itself or, if it has that key, the one under ``below``.

    >>> part_of(b"facts:\n  a: 1\n  b:\n  - 2\n  c: 3\n", "facts", [b"b", b"c"])
    b'  b:\n  - 2\n  c: 3\n'
    >>> part_of(b"a: {b: 1}\n", "facts", [b"a"])
    """
    place = _place(data, f"{below}:\n".encode())
    if place is None:
        return None
    start, end, indent = place
    if not _in_block_style(indent).fullmatch(data):
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


_NEXT = re.compile(rb"\n(?=[^ \n])")
_TEXT = re.compile(rb"[^ ]")


@lru_cache(maxsize=16)
def _in_block_style(indent: int) -> re.Pattern[bytes]:
    """Return what matches a text whose lines up to an indentation begin a key or an item."""
    deeper = rf"(?=\n| {{{indent + 1}}})"  # lines of a text in quotes have more indentation
    single = rf"'(?:[ -&(-~]++|''|\n{deeper})*+'"
    double = rf'"(?:[ !#-\[\]-~]++|\\[ -~]|\\?\n{deeper})*+"'
    value = rf"(?:!unsafe )?+(?:{_FIRST}{_PLAIN}*+|{single}|{double}|\[\]|\{{\}})"
    key = rf" *+(?:-{_AFTER})*+{_KEY}:{_AFTER}(?:{value})?+\n"
    item = rf" *+(?:-{_AFTER})++(?:{value})?+\n"
    more = rf" {{{indent + 1},}}+{_FIRST}{_PLAIN}*+\n"
    most = r" *+(?:- )?+[a-z0-9_]++:(?: [A-Za-z0-9_/.][ -\"$-9;-~]*+)?+\n"  # the quickest form
    return re.compile(rf"(?:---\n)?(?:{most}|{key}|{item}|{more})*+".encode())


@lru_cache(maxsize=16)
def _blocks(indent: int) -> re.Pattern[bytes]:
    """Return what matches a key at an indentation, and all lines of its value."""
    more = rf" {{{indent + 1}}}[^\n]*+\n| {{{indent}}}-[^\n]*+\n|\n"
    return re.compile(
        rf"^ {{{indent}}}([^ :-][^ :]*+):[^\n]*+\n(?:{more})*+".encode(), re.MULTILINE
    )
