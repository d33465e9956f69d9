"""The records that a hand-written page in Markdown (MyST) mentions.

As in `rst_page`, only text is searched: not code, comments, HTML or options.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Generator, Iterator

from groundrules.prose.prose_cache import RoleUse
from groundrules.prose.record_mentions import TEXT_OPTIONS, VERBATIM, of_directive, of_page_role
from groundrules.prose.rst_page import PageLines, rst_mentions

_LEAD = re.compile(r"\s*(?:(?:>|(?:[-+*]|\d{1,9}[.)])(?=\s|$))\s*)*")
_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})\s*(?:\{(?P<name>[^{}]{1,80})\})?(?P<rest>[^`]*)")
_OPTION = re.compile(r"\s*:?(?P<name>[\w-]{1,60}):(?=\s|$)")
_HTML = re.compile(
    r"</?(?:address|article|aside|blockquote|center|d[dlt]|details|dialog|div|fieldset|fig\w+|"
    r"footer|form|h[1-6]|header|hr|iframe|li|main|menu|nav|[ou]l|p|pre|script|search|section|style|"
    r"summary|t(?:able|body|d|foot|h|head|r)|textarea)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_START = re.compile(r"\\.|<!--|(?:\{(?P<role>[\w+:-]{1,60})\})?(?P<ticks>`+)", re.DOTALL)
_TICKS = re.compile(r"`+")
MOST_TICKS = 20  # around a role


def myst_mentions(text: str) -> Iterator[RoleUse]:
    """Yield the records that a page mentions, with their positions."""
    return _MystPage(text).mentions()


class _MystPage(PageLines):
    """A page, block by block; ``fences`` are those around the current line that hold text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.fences: list[str] = []
        self.margin = 0  # of the text of the list that the current line is in

    def mentions(self) -> Iterator[RoleUse]:
        number = self._after_front_matter()
        while number < len(self.lines):
            number = yield from self._block(number)

    def _after_front_matter(self) -> int:
        lines = [line.rstrip() for line in self.lines]
        return lines.index("---", 1) + 1 if lines[0] == "---" in lines[1:] else 0

    def _block(self, number: int) -> Generator[RoleUse, None, int]:
        """Yield the mentions of the block that begins on a line; return the line after it."""
        line = self.lines[number]
        lead = _LEAD.match(line).end()  # type: ignore[union-attr]
        indent = len(line) - len(line.lstrip())
        if self.is_blank(number) or line.startswith("%") or self._closes(line):
            return number + 1
        if indent >= self.margin + 4:
            return number + 1  # code
        self.margin = lead if _ITEM.match(line) else self.margin if indent else 0
        if fence := _FENCE.fullmatch(line, lead):
            return (yield from self._fenced(fence, number))
        if line.startswith("<!--", lead):
            end = self.text.find("-->", self.starts[number])
            after = bisect_left(self.starts, end + 1)  # the line after that of the end
            return after if end >= 0 else len(self.lines)
        if _HTML.match(line, lead):
            return self.next_blank(number)
        end = self.first(
            number + 1, lambda at: self.is_blank(at) or self._interrupts(self.lines[at])
        )
        yield from self._inline(self.starts[number] + lead, self.starts[end] - 1)
        return end

    def _interrupts(self, line: str) -> bool:
        """Return whether a line cannot belong to the paragraph before it."""
        lead = _LEAD.match(line).end()  # type: ignore[union-attr]
        is_marked = bool(line[:lead].strip()) or line.startswith(("%", "#"))
        is_block = _FENCE.fullmatch(line, lead) or _HTML.match(line, lead)
        return is_marked or self._closes(line) or is_block is not None

    def _closes(self, line: str) -> bool:
        """Return whether a line ends the innermost fence; forget that one."""
        closed = bool(self.fences) and _ends(line, self.fences[-1])
        if closed:
            self.fences.pop()
        return closed

    def _fenced(self, fence: re.Match[str], number: int) -> Generator[RoleUse, None, int]:
        name, mark = fence["name"], fence["mark"]
        if not name and mark[0] == ":":
            return number + 1
        start = self.starts[number] + fence.start("rest")
        body, options = self._options(number + 1)
        if name == "eval-rst":
            end = self._end_of_fence(number + 1, mark)
            first = self.starts[number + 1]
            for use in rst_mentions(self.text[first : self.starts[end]]):
                yield use._replace(position=first + use.position)
            return end + 1
        for value, position in (options[text] for text in TEXT_OPTIONS if text in options):
            yield from self._inline(position, position + len(value))
        if not name or name in VERBATIM:
            return self._end_of_fence(number + 1, mark) + 1
        argument, at = fence["rest"].strip(), start + fence["rest"].find(fence["rest"].strip())
        place = self.starts[number] + fence.start("name")
        yield from of_directive(name, place, (argument, at), options)
        yield from self._inline(at, at + len(argument))
        self.fences.append(mark)
        return body

    def _options(self, number: int) -> tuple[int, dict[str, tuple[str, int]]]:
        """Return the options that begin on a line, and the line after them."""
        is_block = not self.is_blank(number) and self.lines[number].strip() == "---"
        end, options = number + is_block, dict[str, tuple[str, int]]()
        while not self.is_blank(end) and (line := self.lines[end]).strip() != "---":
            option = _OPTION.match(line)
            if option and (is_block or line.lstrip().startswith(":")):
                value = line[option.end() :].strip().strip("'\"")
                options[option["name"]] = value, self.starts[end] + line.find(value, option.end())
            elif not is_block:
                break
            end += 1
        return end + is_block, options

    def _end_of_fence(self, number: int, mark: str) -> int:
        end = self.first(number, lambda line: _ends(self.lines[line], mark))
        return min(end, len(self.lines) - 1)

    def _inline(self, position: int, end: int) -> Iterator[RoleUse]:
        """Yield the roles of a text; ticks that nothing closes are characters."""
        runs: dict[str, list[int]] = {}
        for run in _TICKS.finditer(self.text, position, end):
            runs.setdefault(run[0], []).append(run.start())
        unclosed = set()  # no mark is searched for twice where it does not come again
        while start := _START.search(self.text, position, end):
            position, role, ticks = start.end(), start["role"], start["ticks"]
            mark = "-->" if start[0] == "<!--" else ticks
            if mark is None or (mark, bool(role)) in unclosed:
                continue
            if (role and len(ticks) <= MOST_TICKS) or not ticks:  # a longer run may end a role
                close = self.text.find(mark, position + 1, end)
            else:
                same = runs.get(ticks, [])  # the first of a run may be escaped
                at = bisect_left(same, position)
                close = same[at] if at < len(same) else -1
            if close < 0:
                unclosed.add((mark, bool(role)))
                continue
            if role:
                yield from of_page_role(role, self.text[position:close], start.start())
            position = close + len(mark)


def _ends(line: str, mark: str) -> bool:
    """Return whether a line ends a fence that a mark began."""
    closing = line.strip().lstrip("> ")
    return len(closing) >= len(mark) and not closing.strip(mark[0])
