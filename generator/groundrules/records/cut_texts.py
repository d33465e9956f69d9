"""Texts that YAML cuts, because ``#`` after a space starts a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Location
from groundrules.records.fields import prose_fields, text_fields
from groundrules.records.parts import RecordPart
from groundrules.yamlsource import Comment, Place, comments, lines_of, place_in

_SENTENCE_END = re.compile(r"[.!?:…][)\"'’”]*$")
_AFTER_SOMETHING = re.compile(r"\S[ \t]+#")
_WORD = re.compile(r"#[^\s#!]\S*")


def cut_texts(parts: Iterable[RecordPart], path: str, text: str) -> Iterator[tuple[Location, str]]:
    """Yield the place of each comment that was probably meant as text.

    A comment looks like ``# words``.  ``#1234`` is the number of a bug.  ``#opendev`` and ``# 12
    in May.`` are the rest of a sentence if the text before them is not finished.
    """
    if not _AFTER_SOMETHING.search(text):
        return  # most files have no such comment, and scanning one takes milliseconds
    suspects = {comment.place.line: comment for comment in comments(text) if not comment.alone}
    if not suspects:
        return
    lines = lines_of(text)
    for value, place, is_prose in _plain_texts(parts, lines):
        end = place_in(text, Place(place.line, place.column), value, len(value))
        comment = suspects.get(end.line)
        if comment and _follows(comment, end, lines) and _is_cut(value, comment, is_prose):
            where = Location(path, comment.place.line, comment.place.column)
            shown = comment.text.split()[0] if _WORD.match(comment.text) else comment.text[:20]
            yield where, f"YAML ends the text before {shown!r} as a comment; quote the whole text"


def _plain_texts(
    parts: Iterable[RecordPart], lines: tuple[str, ...]
) -> Iterator[tuple[str, Location, bool]]:
    """Yield each text without quotes, its place, and whether it is reStructuredText."""
    for part in parts:
        for key in part.said:
            for value, place in part.values(key) if key in text_fields(part.kind) else ():
                if isinstance(value, str) and _is_plain(lines, place):
                    yield value, place, key in prose_fields(part.kind)


def _is_plain(lines: tuple[str, ...], place: Location) -> bool:
    """Return whether a value is without quotes, block mark, anchor, tag and alias."""
    return lines[place.line - 1][place.column - 1 : place.column] not in tuple("\"'|>&!*")


def _follows(comment: Comment, end: Place, lines: tuple[str, ...]) -> bool:
    """Return whether there is only white space between the end of a text and a comment."""
    between = lines[end.line - 1][end.column : comment.place.column - 1]
    return comment.place.column > end.column and not between.strip()


def _is_cut(value: str, comment: Comment, is_prose: bool) -> bool:
    is_finished = _SENTENCE_END.search(value) is not None
    if _WORD.match(comment.text):
        return comment.text[1].isdigit() or not is_finished
    return is_prose and not is_finished and _SENTENCE_END.search(comment.text) is not None
