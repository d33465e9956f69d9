"""`PageLines`: the lines of a hand-written page, and where they begin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate


class PageLines:
    """A text by its lines; ``starts`` are their positions, and one after the last line."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, text.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def is_blank(self, number: int) -> bool:
        """Return whether a line is empty; those after the last one are."""
        return number >= len(self.lines) or not self.lines[number].strip()

    def next_blank(self, number: int) -> int:
        """Return the first empty line from a line on."""
        return self.first(number, self.is_blank)

    def first(self, number: int, is_wanted: Callable[[int], bool]) -> int:
        """Return the first wanted line from a line on, or the one after the last."""
        lines = range(number, len(self.lines))
        return next(filter(is_wanted, lines), max(number, len(self.lines)))

    def stripped(self, start: int, end: int) -> tuple[str, int]:
        """Return a part of the text without white space around it, and its position."""
        value = self.text[start:end]
        return value.strip(), start + len(value) - len(value.lstrip())
