"""The columns of a text on a screen, and prose filled to a width."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")  # where a folded line can end: YAML reads it as a space


def columns(text: str) -> int:
    """Return how many columns a text takes: two for a wide character, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def filled(text: str, width: int) -> list[str]:
    """Return the lines of a folded text: as few as fit, joined by spaces the same text.

    Return nothing if YAML would read the folded lines as another text.
    """
    if text.startswith(" ") or text.endswith(" ") or not text.isprintable():
        return []
    lines: list[str] = []
    taken = width
    for word in _BREAK.split(text):
        wide = columns(word)
        if taken + 1 + wide > width:
            lines.append(word)
            taken = wide
        else:
            lines[-1] += f" {word}"
            taken += 1 + wide
    return lines
