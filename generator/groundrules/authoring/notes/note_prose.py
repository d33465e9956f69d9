"""Blocks of notes → reStructuredText, in texts that a record can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.authoring.notes.inline_markup import prose_words
from groundrules.authoring.notes.note_line import LineKind, NoteLine
from groundrules.authoring.notes.note_tree import Block, NoteItem
from groundrules.prose.escaping import is_quick, split_marks, started
from groundrules.prose.languages import is_language
from groundrules.records.fields import LONGEST_TEXT

_WIDTH = 88
LONGEST_LINE = 8_000  # characters; docutils reads lines of 10,000
_SHORTER = LONGEST_TEXT - 2_000  # room for the indentation of a list that is cut


def paragraph(text: str) -> str:
    """Return a text as one paragraph on one line."""
    return "\n\n".join(started(" ".join(words)) for words in split_marks(prose_words(text)))


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """Return blocks as texts of records: one, or several if it would be too long."""
    return [_joined(parts) for parts in _grouped(filter(None, _parts(blocks)), gap=2)]


def _grouped(parts: Iterable[str], gap: int) -> Iterator[list[str]]:
    """Yield the parts of each text; ``gap`` are the characters between two parts."""
    group: list[str] = []
    length = 0
    for part in parts:
        if group and length + len(part) > _SHORTER:
            yield group
            group, length = [], 0
        group.append(part)
        length += len(part) + gap
    if group:
        yield group


def _joined(parts: list[str]) -> str:
    """Return the parts of a text; a single paragraph is one line, which is wrapped when written."""
    is_paragraph = len(parts) == 1 and not parts[0].startswith((" ", "*", ".."))
    is_paragraph = is_paragraph and len(parts[0]) <= LONGEST_LINE
    return " ".join(parts[0].split("\n")) if is_paragraph else "\n\n".join(parts)


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each block with its lines wrapped; of lists, each item of the first level."""
    for block in blocks:
        if isinstance(block, NoteLine):
            yield from _of_line(block)
        elif len(block) == 1 and not block[0].items:  # a list of one item says nothing more
            yield from _paragraphs(block[0].text, 0)
        elif any(item.items for item in block):
            for item in block:
                yield from _short(_item(item, 0))
        else:
            for part in _list(block, 0).split("\n\n"):
                yield from _short(part)


def _of_line(line: NoteLine) -> Iterator[str]:
    if line.kind is LineKind.CODE:
        language = line.word if is_language(line.word, frozenset()) else "text"
        yield from _code(language, line.text.split("\n"))
    else:
        yield from _paragraphs(line.text, 3 * line.level if line.kind is LineKind.QUOTATION else 0)


def _code(language: str, lines: list[str]) -> Iterator[str]:
    """Yield blocks of code, each short enough."""
    pieces = (line[at : at + 1_000] for line in lines for at in range(0, len(line) or 1, 1_000))
    for block in _grouped(pieces, gap=4):
        indented = "\n".join(f"   {line}".rstrip() for line in block)
        yield f".. code-block:: {language}\n\n{indented}"


def _paragraphs(text: str, indent: int) -> Iterator[str]:
    for words in split_marks(prose_words(text)):
        if words:
            yield from _short(_wrapped(words, indent))


def _list(items: list[NoteItem], indent: int) -> str:
    """Return a list; its items need empty lines between them only where lists are in them."""
    parts = [part for part in (_item(item, indent) for item in items) if part]
    is_simple = not any(item.items for item in items) and is_quick("\n".join(parts))
    return ("\n" if is_simple else "\n\n").join(parts)


def _item(item: NoteItem, indent: int) -> str:
    pad = " " * indent
    groups = split_marks(prose_words(item.text))
    first, *more = [_wrapped(words, indent + 2) for words in groups if words] or [""]
    if not first and not item.items:
        return ""
    parts = [f"{pad}* {first.lstrip(' ')}".rstrip(), *more, _list(item.items, indent + 2)]
    return "\n\n".join(part for part in parts if part)


def _wrapped(words: list[str], indent: int) -> str:
    pad = " " * indent
    first, *rest = words
    lines, line = [], f"{pad}{started(first)}"
    for word in rest:
        if len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = f"{pad}{word}"
        else:
            line += f" {word}"
    return "\n".join([*lines, line])


def _short(part: str) -> Iterator[str]:
    """Yield a part in pieces that a text can hold, cut between lines."""
    first, *more = _grouped(part.split("\n"), gap=1)
    yield "\n".join(first)
    for line, *rest in more:
        text = line.lstrip(" ")
        if not text.startswith("* "):
            line = f"{line[: len(line) - len(text)]}{started(text)}"
        yield "\n".join([line, *rest])
