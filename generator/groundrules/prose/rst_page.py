"""The records that a hand-written page in reStructuredText mentions.

Docutils could read the page only with every directive of Sphinx and its extensions.  Here the page
is divided into blocks by indentation, as docutils does it, and only text is searched for roles:
not code, comments, literals or options.  Each character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from itertools import accumulate

from groundrules.prose.prose_cache import RoleUse
from groundrules.prose.record_mentions import TEXT_OPTIONS, VERBATIM, of_directive, of_page_role


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


_ITEM = r"(?:[-*+•‣⁃]|\(?(?:\d{1,9}|[A-Za-z]|#)[.)])\s+"
_LEAD = re.compile(rf"\s*(?:{_ITEM})*")
_EXPLICIT = re.compile(r"\.\.(?=\s|$)")
_NAME = r"\w[\w.:+-]{0,60}"
_DIRECTIVE = re.compile(rf"\.\. +(?:\|[^|]{{1,200}}\| +)?(?P<name>{_NAME}) ?::(?=\s|$)")
_NO_COMMENT = re.compile(r"\.\. +(?:\[[^\]]{1,200}\](?:\s|$)|_\S|__(?:\s|$))")
_OPTION = re.compile(r"\s*:(?P<name>[\w-]{1,60}):(?=\s|$)")
_FIELD = re.compile(r":[^\s:`][^:`]{0,200}:(?:\s+|$)")
_ADORNED = re.compile(r"\s*([!-/:-@[-`{-~])\1+\s*")
# docutils' rules of inline markup (docutils.parsers.rst.states, `Inliner.init_customizations`)
_BEFORE = r"(?<![\w!#$%&)*+,.;=?@\\\]^`|}~>])"
_AFTER = r"(?=$|[\s\\'\")\]}>/:.,;!?-]|[^\x00-\x7f\w])"
_OPENING = rf"(?:(?P<role>:{_NAME}:)?(?P<open>`)(?!`)|(?P<mark>\*\*?|``|_`|\|))(?=\S)"
_FIRST, _START = re.compile(_OPENING), re.compile(rf"\\.|{_BEFORE}{_OPENING}", re.DOTALL)
_ENDS = {
    "``": re.compile(rf"(?<!\s)``{_AFTER}"),
    "**": re.compile(rf"(?<![\s\\])\*\*{_AFTER}"),
    "*": re.compile(rf"(?<![\s\\])\*{_AFTER}"),
    "|": re.compile(rf"(?<![\s\\])\|_{{0,2}}{_AFTER}"),
    "_`": re.compile(rf"(?<![\s\\])`{_AFTER}"),
    "`": re.compile(rf"(?<![\s\\])`(?P<role>:{_NAME}:|__?)?{_AFTER}"),
}
_QUOTES = {'"': '"', "'": "'", "(": ")", "[": "]", "{": "}", "<": ">"}


def rst_mentions(text: str) -> Iterator[RoleUse]:
    """Yield the records that a page mentions, with their positions."""
    return _RstPage(text).mentions()


def _indent(line: str) -> int:
    margin = line[: len(line) - len(line.lstrip())]
    return len(margin.expandtabs(8))


class _RstPage(PageLines):
    """A page, block by block."""

    def mentions(self) -> Iterator[RoleUse]:
        number = 0
        while number < len(self.lines):
            number = yield from self._block(number)

    def _block(self, number: int) -> Generator[RoleUse, None, int]:
        """Yield the mentions of the block that begins on a line; return the line after it."""
        line = self.lines[number]
        if self.is_blank(number):
            return number + 1
        begin = _LEAD.match(line).end()  # type: ignore[union-attr]
        column = len(line[:begin].expandtabs(8))
        if field := _FIELD.match(line, begin):
            begin = field.end()
        if _EXPLICIT.match(line, begin):
            return (yield from self._explicit(number, begin, column))
        if line.startswith(">>> ", begin):
            return self.next_blank(number)
        end = number + 1 if field else self._end_of_paragraph(number, column)
        yield from self._inline(self.starts[number] + begin, self.starts[end] - 1)
        return self._after_literal(end, column)

    def _end_of_paragraph(self, number: int, column: int) -> int:
        """Return the line after the lines of one text: as deep as each other, up to a title."""
        end = number + 1
        while not self.is_blank(end) and _indent(self.lines[end]) == column:
            end += 1
            if _ADORNED.fullmatch(self.lines[end - 1]):
                break
        return end

    def _after_literal(self, end: int, column: int) -> int:
        """Return the line after the block of code that follows a text; ``end`` where none does."""
        if not (self.lines[end - 1].rstrip().endswith("::") and self.is_blank(end)):
            return end
        begin = self.first(end, lambda number: not self.is_blank(number))
        if begin < len(self.lines) and _indent(self.lines[begin]) == column:
            mark = self.lines[begin].lstrip()[0]
            if mark.isascii() and not mark.isalnum():  # a quoted literal block
                return self.next_blank(begin)
        return self._end_of_body(end, column)

    def _explicit(self, number: int, begin: int, column: int) -> Generator[RoleUse, None, int]:
        """Yield the mentions of what two dots begin: a directive, a comment or a note."""
        line, start = self.lines[number], self.starts[number]
        if directive := _DIRECTIVE.match(line, begin):
            return (yield from self._directive(directive, number, column))
        if note := _NO_COMMENT.match(line, begin):
            yield from self._inline(start + note.end(), start + len(line))
            return number + 1
        is_empty = not line[begin + 2 :].strip() and self.is_blank(number + 1)
        return number + 1 if is_empty else self._end_of_body(number + 1, column)

    def _directive(
        self, match: re.Match[str], number: int, column: int
    ) -> Generator[RoleUse, None, int]:
        name, start = match["name"], self.starts[number] + match.end()
        end = options_at = number + 1
        while not self.is_blank(end) and _indent(self.lines[end]) > column:
            if options_at == end and not _OPTION.match(self.lines[end]):
                options_at += 1
            end += 1
        options = dict(self._options(options_at, end))
        for value, position in (options[text] for text in TEXT_OPTIONS if text in options):
            yield from self._inline(position, position + len(value))
        if name in VERBATIM:
            return self._end_of_body(end, column)
        argument = self.stripped(start, self.starts[options_at] - 1)
        at = self.starts[number] + match.start("name")
        yield from of_directive(name, at, argument, options)
        yield from self._inline(start, self.starts[options_at] - 1)
        return self._after_literal(end, column)

    def _options(self, number: int, end: int) -> Iterator[tuple[str, tuple[str, int]]]:
        for line in range(number, end):
            if option := _OPTION.match(self.lines[line]):
                start = self.starts[line] + option.end()
                yield option["name"], self.stripped(start, self.starts[line + 1] - 1)

    def _end_of_body(self, number: int, column: int) -> int:
        def is_after(line: int) -> bool:
            return not self.is_blank(line) and _indent(self.lines[line]) <= column

        return self.first(number, is_after)

    def _inline(self, position: int, end: int) -> Iterator[RoleUse]:
        """Yield the roles of a text; an opening mark that nothing closes is a character."""
        unclosed = set()  # no mark is searched for twice where it does not come again
        start = _START.search(self.text, position, end)
        while start:
            position, mark = start.end(), start["mark"] or start["open"]
            is_open = mark is not None and mark not in unclosed and not self._is_quoted(start)
            close = _ENDS[mark].search(self.text, position + 1, end) if is_open else None
            if close:
                if start["open"]:
                    role = (start["role"] or close["role"] or "").strip(":")
                    content = self.text[position : close.start()]
                    yield from of_page_role(role, content, start.start())
                position = close.end()
            elif is_open:
                unclosed.add(mark)
            # after an opening mark that is a character, anything may begin
            again = mark and not close and _FIRST.match(self.text, position, end)
            start = again or _START.search(self.text, position, end)

    def _is_quoted(self, start: re.Match[str]) -> bool:
        """Return whether a mark itself is quoted: it opens nothing then."""
        before = self.text[start.start() - 1 : start.start()]
        return _QUOTES.get(before, "") == self.text[start.end() : start.end() + 1] != ""
