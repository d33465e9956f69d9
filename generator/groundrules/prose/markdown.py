"""Finds Markdown in reStructuredText, and suggests the right markup.

Docutils reads most Markdown as plain text, so readers would see its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import NamedTuple

from groundrules.prose.allowed import DIRECTIVES

_FENCE = re.compile(
    r"(?P<indent>[ ]*)(?P<mark>`{3,}|~{3,})[ ]*(?:\{[^{}]*\}[ ]*)?(?P<language>[\w+#-]*)[^`]*"
)
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ ]+(?P<title>[^\s#].*)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]+(?P<said>\S.*)")
_TABLE = re.compile(r"[ ]*\|?(?:[ ]*:?-{3,}:?[ ]*\|)+(?:[ ]*:?-{3,}:?[ ]*)?")
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<title>[^\[\]\n]+)\]"
    r"\((?P<target>(?:https?://|mailto:|\.{0,2}/|#)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
)
_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<title>[^\[\]\n]+)\]:[ ]+(?P<target>https?://\S+)")
_EXPLICIT = re.compile(r"[ ]*\.\.(?:[ ]+(?P<name>\w[\w.:+-]*?)[ ]?::)?(?:[ ].*)?")
# The directives whose content is text.  That of a misspelt one is not, nor is a comment's: they are
# reported already, and a comment of code would be a second mistake.
_OF_TEXT = DIRECTIVES.keys() - {"code", "code-block", "parsed-literal"}


class Markdown(NamedTuple):
    """Markdown, what is wrong with it, and the characters, or lines of a block, that it is."""

    start: int
    end: int
    message: str


def find_markdown(text: str) -> list[Markdown]:
    """Return the Markdown in a text, in order; code is skipped."""
    return sorted(_blocks_and_links(text))


def blanked(text: str, marks: list[Markdown]) -> str:
    """Return a text of the same length, with the marks of Markdown replaced."""
    for mark in marks:
        blank = re.sub(r"[^\n]", "x", text[mark.start : mark.end])
        text = text[: mark.start] + blank + text[mark.end :]
    return text


def _blocks_and_links(text: str) -> Iterator[Markdown]:
    lines = text.splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))
    number = 0
    while number < len(lines):
        block = _block(lines, number)
        if block is None:
            is_first = number == 0 or not lines[number - 1].strip()
            yield from _in_line(lines[number].rstrip("\n"), starts[number], is_first=is_first)
        elif block.message:
            yield Markdown(starts[block.start], starts[block.end], block.message)
        number = block.end if block else number + 1


def _block(lines: list[str], number: int) -> Markdown | None:
    """Return the lines of the block that begins with a line; without a message where it is code."""
    line = lines[number].rstrip("\n")
    if length := _length_of_code(lines, number):
        return Markdown(number, number + length, "")
    if fence := _FENCE.fullmatch(line):
        end = _end_of_fence(lines, number, fence["mark"]) + 1
        return Markdown(number, end, _about_fence(fence["language"]))
    if _TABLE.fullmatch(line):
        rows = takewhile(lambda row: "|" in row, lines[number + 1 :])
        has_head = number > 0 and "|" in lines[number - 1]
        message = "Markdown table; write '.. list-table::' with its rows"
        return Markdown(number - has_head, number + 1 + len(list(rows)), message)
    return None


def _in_line(line: str, at: int, *, is_first: bool) -> Iterator[Markdown]:
    """Yield the Markdown of one line; ``is_first`` says whether a block begins with it."""
    if is_first and (heading := _HEADING.fullmatch(line)):
        title = heading["title"].rstrip(" #")
        message = f"Markdown heading; write '.. rubric:: {title}'"
        yield Markdown(at, at + len(line), message)
    elif is_first and (quote := _QUOTE.fullmatch(line)):
        message = "Markdown quotation; indent the text instead"
        yield Markdown(at, at + quote.start("said"), message)
    elif definition := _DEFINITION.fullmatch(line):
        message = f"Markdown link; write `{definition['title']} <{definition['target']}>`__"
        yield Markdown(at, at + len(line), f"{message} where it belongs")
    else:
        for link in _LINK.finditer(line):
            if line.count("``", 0, link.start()) % 2 == 0:  # it is not inside of a literal
                yield Markdown(at + link.start(), at + link.end(), _about_link(link))


def _about_link(link: re.Match[str]) -> str:
    title, target = link["title"], link["target"]
    if link["image"]:
        return "Markdown picture; data cannot show pictures, write a link to it"
    if not target.startswith(("http", "mailto")):
        return f"Markdown link to {target!r}; write a role such as :doc:, or a web address"
    return f"Markdown link; write `{title} <{target}>`__"


def _about_fence(language: str) -> str:
    directive = f".. code-block:: {language or 'text'}"
    return f"Markdown code fence; write '{directive}', an empty line, and the code indented"


def _end_of_fence(lines: list[str], start: int, mark: str) -> int:
    """Return the line that closes a fence, or the last one."""
    closing = (
        number
        for number in range(start + 1, len(lines))
        if lines[number].strip().startswith(mark) and not lines[number].strip(f" \n{mark[0]}")
    )
    return next(closing, len(lines) - 1)


def _length_of_code(lines: list[str], start: int) -> int:
    """Return how many lines a block of code has that begins on a line; 0 where none does."""
    line = lines[start].rstrip()
    explicit = _EXPLICIT.fullmatch(line)
    if explicit["name"] in _OF_TEXT if explicit else not line.endswith("::"):
        return 0
    margin = len(line) - len(line.lstrip())
    end = start + 1
    deeper = " " * (margin + 1)
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(deeper)):
        end += 1
    return end - start
