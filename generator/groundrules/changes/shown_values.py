"""Values of records in sentences and as plain values."""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from itertools import takewhile
from typing import Any

from groundrules.records.fields import Record
from groundrules.records.shape import keys_of
from groundrules.text import duration, escaped, listed, verbatim

LONGEST = 160  # characters of a text in a sentence
AROUND = 5  # words before and after a difference
# a line break that reStructuredText reads as a space: the next line starts with a word
_SOFT_BREAK = re.compile(r"(?<=\S)[ \t]*\n(?=[A-Za-z0-9(])")
# roles and links of reStructuredText, with the text that a reader sees
_ROLE = re.compile(r":[\w:-]+:`([^`<]*[^`<\s])(?:\s*<[^`>]*>)?`|:[\w:-]+:`<([^`>]*)>`")
_LINK = re.compile(r"`([^`<]*[^`<\s])\s*<[^`>]*>`__?")
_LITERAL = re.compile(r"``([^`]+)``")
_STRONG = re.compile(r"(?<![\w*])\*{1,2}([^*\s](?:[^*]*[^*\s])?)\*{1,2}(?![\w*])")


def unmarked(text: str) -> str:
    """Return reStructuredText without the marks of roles, links and emphasis.

    >>> unmarked("Use :ci:label:`noble` or `the list <https://example.org>`__, **not** ``xenial``.")
    'Use noble or the list, not xenial.'
    """
    text = _ROLE.sub(lambda match: match[1] or match[2], text)
    return _STRONG.sub(r"\1", _LITERAL.sub(r"\1", _LINK.sub(r"\1", text)))


def flowed(text: str) -> str:
    """Return a text without the line breaks inside paragraphs, which mean nothing."""
    return _SOFT_BREAK.sub(" ", text.strip())


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: a record as its keys that are given."""
    if isinstance(value, Record):
        fields = type(value).model_fields.items()
        names = {field.alias or name: name for name, field in fields}
        given = {key: plain(getattr(value, names[key])) for key in keys_of(type(value))}
        return {key: item for key, item in given.items() if item not in (None, [], {})}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return duration(int(value.total_seconds())) if isinstance(value, datetime.timedelta) else value


def alike(one: Any, other: Any) -> bool:
    """Return whether two values say the same, wherever they are written; true and 1 do not."""
    return bool(_comparable(plain(one)) == _comparable(plain(other)))


def _comparable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return ("a flag", value) if isinstance(value, bool) else value


def shown(value: Any) -> str:
    """Return a value in a sentence.

    >>> shown(8), shown(True), shown("main"), shown(datetime.date(2026, 1, 2)), shown(["a", "b"])
    ('8', 'yes', "'main'", '2026-01-02', "'a' and 'b'")
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (StrEnum, datetime.date)):
        return str(value)
    if isinstance(value, datetime.timedelta):
        return duration(int(value.total_seconds()))
    if isinstance(value, (tuple, list)):
        return listed(shown(item) for item in value) or "nothing"
    if isinstance(value, float):
        return f"{value:g}"
    return verbatim(shortened(value)) if isinstance(value, str) else str(value)


def ended(sentence: str) -> str:
    """Return a sentence with a full stop, unless it is cut."""
    return sentence if sentence.endswith((".", "…")) else f"{sentence}."


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, cut after a word if it is long.

    >>> shortened("one two\\n three", 8)
    'one two…'
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    whole, _, _ = line[:longest].rpartition(" ")
    return f"{whole or line[: longest - 1]}…"


def prose(text: str) -> str:
    """Return reStructuredText in a sentence, as `shortened` does."""
    return shortened(unmarked(text))


def excerpts(before: str, after: str, *, is_plain: bool = False) -> tuple[str, str]:
    """Return the parts of two texts that differ, with some words around them.

    >>> excerpts("The node has 8 GB.", "The node has 4 GB.")
    ('The node has 8 GB.', 'The node has 4 GB.')
    """
    old, new = unmarked(before).split(), unmarked(after).split()
    if old == new or is_plain:  # only the markup differs, or there is none
        old, new = before.split(), after.split()
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    first, last = max(start - AROUND, 0), max(end - AROUND, 0)
    return _cut(old, first, last), _cut(new, first, last)


def _common(old: list[str], new: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _cut(words: list[str], first: int, last: int) -> str:
    middle = " ".join(words[first : len(words) - last])
    return escaped(f"{'… ' if first else ''}{shortened(middle, 2 * LONGEST)}{' …' if last else ''}")
