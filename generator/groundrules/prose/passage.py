"""`Passage`: a text, with the places of what docutils reports."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate


class Passage(str):
    """A text of records; places in it are counted in characters from 0."""

    def last_opening(self, mark: str, start: int) -> int:
        """Return where ``mark`` opens for the last time in the paragraph that begins at ``start``.

        Docutils reports only the paragraph; the mark without its closing one is most often the
        last, since an earlier one would have found it.
        """
        end = self.find("\n\n", start)
        opening = re.compile(
            rf"(?<![^\s(\[{{<'\"/:-]){re.escape(mark)}(?=[^\s{re.escape(mark[0])}])"
        )
        places = [
            each.start() for each in opening.finditer(self, start, end if end >= 0 else len(self))
        ]
        return places[-1] if places else start

    def place_of(self, raw: str, line: int = 1) -> int:
        """Return the place of ``raw``, searched from the start of ``line`` on."""
        start = self.start_of_line(line)
        index = self.find(raw, start)
        return index if index >= 0 else max(self.find(raw), 0) or start

    def start_of_content(self, start: int) -> int:
        """Return the first place at or after ``start`` that is not white space."""
        return len(self) - len(self[start:].lstrip())

    def start_of_line(self, line: int) -> int:
        """Return where the text of ``line``, from 1, begins."""
        return self._starts[min(max(line, 1), len(self._starts)) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        lines = self.splitlines(keepends=True) or [""]
        ends = accumulate(map(len, lines))
        return [end - len(line.lstrip()) for line, end in zip(lines, ends, strict=True)]
