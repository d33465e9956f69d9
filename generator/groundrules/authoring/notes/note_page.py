"""Reads pages of notes: MediaWiki, Markdown, reStructuredText, etherpads, mails and plain text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from groundrules.authoring.notes.note_line import LineKind, NoteLine
from groundrules.authoring.notes.note_marks import command_of, owner_of

DEEPEST_ITEM = 8  # docutils and the pages limit how deep lists can be
_DEEPEST_QUOTATION = 5
_BOLD, _PLAIN = 40, 30  # levels of headings without a level
_WIKI_HEADING = re.compile(r"(={1,6})\s*([^=\s].*?)\s*\1\s*")
_HASH_HEADING = re.compile(r"(#{1,6})\s+(.+?)(?:\s+#+)?\s*")
_BOLD_HEADING = re.compile(r"\*\*([^*]{1,100})\*\*:?\s*|__([^_]{1,100})__:?\s*")
_RULE = re.compile(r"\s*([-=~^\"'*+#_`:.])\s?(?:\1\s?){2,}|\s*[|:+= -]{3,}")
_WIKI_ITEM = re.compile(r"\s*([*#:;]+)\s*(.*)")
_ITEM = re.compile(r"([ ]*)(?:[-+*•‣◦▪●○·]|\d{1,3}[.)]|[A-Za-z][)])(?:[ ]+(.*))?")
_QUOTATION = re.compile(r"[ ]{0,3}((?:>[ ]?)+)(.*)")
_FENCE = re.compile(r"\s*(?:```|~~~)\s*([\w+#-]*)\s*")
_LEAD = re.compile(r"[\w\"'(#][^.!?;,]{0,80}")
_FLAT_RULE = re.compile(r"(?<=\s)(?:-{4,}|={4,}|~{4,})(?=\s|$)")
_WIKI_ROW = ("{|", "|", "! ")  # of a table
_LONG = 200  # characters; headings are searched in longer lines only


def is_wiki(text: str) -> bool:
    """Return whether a page is MediaWiki's: it has such headings, or items such as ``** text``."""
    nested = r"^\*\*+ ?[^*\s](?!.*\*\*\s*$)"
    heading = r"^={2,6}[ ]?[^=\s].{0,200}[^=\s][ ]?={2,6}$|^= [^=].{0,200}[^=] =$"
    return re.search(rf"{heading}|{nested}", text, re.MULTILINE) is not None


def read_page(text: str) -> Iterator[NoteLine]:
    """Yield the headings, items and paragraphs of a page."""
    return _Page(text).read()


class _Page:
    """Reads lines one after the other."""

    def __init__(self, text: str) -> None:
        self.wiki = is_wiki(text)
        self.lines = [line.expandtabs(4).rstrip() for line in _unfolded(text)]
        fences = {
            at: match for at, line in enumerate(self.lines) if (match := _FENCE.fullmatch(line))
        }
        self.fences = [*fences][::-1]
        self.closing = [at for at, match in fences.items() if not match[1]]
        self.underlines: dict[str, int] = {}
        self.at = 0
        self.margins: list[int] = []
        self.parts: list[str] = []  # of the paragraph, or of the item with the level
        self.level = self.row_level = 0
        self.has_items = self.is_after_blank = self.is_command = False

    def read(self) -> Iterator[NoteLine]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                if not self.level:
                    yield from self.flush()
                self.is_after_blank = True
            else:
                yield from self.block(line)
                self.is_after_blank = False
            self.at += 1
        yield from self.flush()

    def block(self, line: str) -> Iterator[NoteLine]:
        """Yield what ends before a line, and what the line is; more lines are skipped."""
        is_row = line.startswith(_WIKI_ROW if self.wiki else "|")
        self.row_level = self.row_level if is_row else 0
        if heading := self.heading(line):
            yield from self.flush()
            self.margins, self.has_items = [], False
            yield heading
        elif code := self.code():
            yield from self.flush()
            yield code
        elif _RULE.fullmatch(line):
            yield from self.flush()
        elif quotation := _QUOTATION.fullmatch(line):
            yield from self.flush()
            yield from self.quotation(quotation)
        elif command_of(line.strip()):
            yield from self.flush()
            self.parts, self.is_command = [line.strip()], True
            self.level = self.level_below(line)
        elif item := self.item_of(line):
            yield from self.flush()
            self.level, text = item
            self.parts, self.has_items = [text], True
        elif is_row:
            yield from self.row(line)
        else:
            yield from self.text(line)

    def row(self, line: str) -> Iterator[NoteLine]:
        """Yield a row of a table, as an item of the item that the table directly follows."""
        if self.level and not self.is_after_blank:
            self.row_level = min(self.level + 1, DEEPEST_ITEM)
        yield from self.flush()
        if self.wiki and line.startswith(("{|", "|-", "|}")):
            return
        text = line.strip("| ")
        if self.wiki:
            cells = line.removeprefix("|+").removeprefix("!").strip("| ")
            text = re.sub(r" ?(?:\|\||!!) ?", " | ", cells)
        kind = LineKind.ITEM if self.row_level else LineKind.PARAGRAPH
        yield NoteLine(kind, text, self.row_level)

    def level_below(self, line: str) -> int:
        """Return the level of a line in the item above it; 0 if it is not indented below one."""
        indent = len(line) - len(line.lstrip(" "))
        above = sum(margin < indent for margin in self.margins)
        return min(above + 1, DEEPEST_ITEM) if above else 0

    def text(self, line: str) -> Iterator[NoteLine]:
        """Add a line to the item or paragraph that it continues, or begin a paragraph."""
        is_indented = line.startswith(" ")
        goes_on = not self.is_after_blank and not self.wiki
        if (self.level and not (is_indented or goes_on)) or (self.is_command and not is_indented):
            yield from self.flush()
        if not self.level and not is_indented:
            self.margins = []
        self.parts.append(line.strip())

    def flush(self) -> Iterator[NoteLine]:
        """Yield the item or paragraph that is complete."""
        if text := " ".join(self.parts).strip():
            kind = LineKind.ITEM if self.level else LineKind.PARAGRAPH
            yield NoteLine(kind, text, self.level)
        self.parts, self.level, self.is_command = [], 0, False

    def heading(self, line: str) -> NoteLine | None:
        if len(line) > _LONG:
            return None
        if match := _WIKI_HEADING.fullmatch(line):
            return NoteLine(LineKind.HEADING, match[2], len(match[1]))
        if not self.wiki and (match := _HASH_HEADING.fullmatch(line)):
            return NoteLine(LineKind.HEADING, match[2], len(match[1]))
        if underlined := self.underlined(line):
            return underlined
        if not self.wiki and (match := _BOLD_HEADING.fullmatch(line)):
            return NoteLine(LineKind.HEADING, match[1] or match[2], _BOLD)
        return self.plain_heading(line)

    def underlined(self, line: str) -> NoteLine | None:
        """Return a heading with a line of marks below it, and perhaps above it."""
        mark, over = line.strip()[:1], False
        if _RULE.fullmatch(line):
            title, rule = self.line(1), self.line(2)
            if not (over := rule.strip() == line.strip() and len(line.strip()) > 3):
                return None
        else:
            title, rule = line, self.line(1)
            mark = rule.strip()[:1]
        is_title = title.strip() and not _RULE.fullmatch(title) and not _ITEM.fullmatch(title)
        is_rule = _RULE.fullmatch(rule) and len(rule.strip()) * 2 >= min(len(title.strip()), 80)
        is_table = title.lstrip().startswith("|")  # whose head has a rule below it
        if not is_title or not is_rule or self.is_paragraph or is_table or mark in "\"'`:.":
            return None
        self.at += 2 if over else 1
        level = self.underlines.setdefault(f"{mark}{over}", len(self.underlines) + 1)
        return NoteLine(LineKind.HEADING, title.strip(), level)

    def plain_heading(self, line: str) -> NoteLine | None:
        """Return a heading without marks: a few words alone, with items below.

        Below items, the words can have a paragraph below them too.
        """
        text = line.strip()
        is_alone = not self.is_paragraph and (
            not self.level or self.is_after_blank or self.is_command
        )
        words = len(text.split())
        owner = owner_of(text)
        lead = owner.title if owner else text
        if not is_alone or line.startswith(" ") or words > 8 or not _LEAD.fullmatch(lead):
            return None
        if self.item_of(line, peek=True) or command_of(text):
            return None
        at = self.at + 1
        while at < len(self.lines) and at < self.at + 3 and not self.lines[at].strip():
            at += 1
        following = self.lines[at] if at < len(self.lines) else ""
        is_spaced = at > self.at + 1
        leads = self.item_of(following, peek=True) is not None
        ends_list = self.has_items and is_spaced and self.is_after_blank and text[0].isupper()
        ends_list = ends_list and bool(following.strip()) and text[-1].isalnum()
        if not leads and not (ends_list and not self._is_lead(following)):
            return None
        return NoteLine(LineKind.HEADING, text.removesuffix(":"), _PLAIN)

    @property
    def is_paragraph(self) -> bool:
        """Whether a paragraph has begun."""
        return bool(self.parts) and not self.level and not self.is_command

    @staticmethod
    def _is_lead(line: str) -> bool:
        return len(line.split()) <= 8 and line.strip()[-1:].isalnum()

    def line(self, after: int) -> str:
        at = self.at + after
        return self.lines[at] if at < len(self.lines) else ""

    def code(self) -> NoteLine | None:
        """Return a block between two fences, and skip its lines."""
        while self.fences and self.fences[-1] < self.at:
            self.fences.pop()
        after = bisect_right(self.closing, self.at)
        if not self.fences or self.fences[-1] != self.at or after == len(self.closing):
            return None
        start, end = self.at, self.closing[after]
        self.at = end
        match = _FENCE.fullmatch(self.lines[start])
        lines = self.lines[start + 1 : end]
        if not any(line.strip() for line in lines):
            return None
        return NoteLine(LineKind.CODE, "\n".join(lines), word=match[1] if match else "")

    def quotation(self, match: re.Match[str]) -> Iterator[NoteLine]:
        """Yield the paragraphs of the lines that are quoted as deep as this one."""
        depth, parts = match[1].count(">"), [match[2]]
        while (more := _QUOTATION.fullmatch(self.line(1))) and more[1].count(">") == depth:
            self.at += 1
            if more[2].strip():
                parts.append(more[2])
            else:
                yield from _quoted(depth, parts)
                parts = []
        yield from _quoted(depth, parts)

    def item_of(self, line: str, *, peek: bool = False) -> tuple[int, str] | None:
        """Return the level and text of the item that a line begins.

        With ``peek``, the levels of the items after it do not depend on it.
        """
        is_below = line.startswith(" ") and self.margins  # an item of plain text
        if self.wiki and not is_below and (match := _WIKI_ITEM.fullmatch(line)):
            return min(len(match[1]), DEEPEST_ITEM), match[2]
        match = _ITEM.fullmatch(line)
        if match is None:
            return None
        margins = [margin for margin in self.margins if margin < len(match[1])]
        margins.append(len(match[1]))
        if not peek:
            self.margins = margins
        return min(len(margins), DEEPEST_ITEM), match[2] or ""


def _quoted(depth: int, parts: list[str]) -> Iterator[NoteLine]:
    if text := " ".join(" ".join(parts).split()):
        yield NoteLine(LineKind.QUOTATION, text, min(depth, _DEEPEST_QUOTATION))


def _unfolded(text: str) -> Iterator[str]:
    """Yield the lines; a heading in the middle of a line gets its own lines back.

    A mail that lost its line ends has ``Title ----- Text``, with as many marks as the title has
    characters.
    """
    for line in text.split("\n"):
        if len(line) <= _LONG:
            yield line
            continue
        at = 0
        for rule in _FLAT_RULE.finditer(line):
            start = rule.start() - 1 - len(rule[0])
            title = line[start : rule.start() - 1] if start >= at else ""
            begins = start >= at and (start == at or line[start - 1].isspace())
            if begins and title == title.strip() and title:
                yield from (line[at:start], "", title, rule[0], "")
                at = rule.end()
        yield line[at:]
