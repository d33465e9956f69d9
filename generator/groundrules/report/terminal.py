"""Diagnostics as pieces of text with names, which determine colors in a terminal.

The formats ``text`` (lines that an editor can open) and ``full`` (with the line of the file and a
caret) consist of these pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groundrules.diagnostics import Diagnostic, Location
from groundrules.report.compared import compared
from groundrules.report.context import ReportContext
from groundrules.text import counted, escaped
from groundrules.yamlsource.widths import columns

WIDTH = 100  # columns of an excerpt; longer lines are cut around the place


class Piece(NamedTuple):
    """A text and its part: ``place``, ``error``, ``warning``, ``rule``, ``hint`` or none."""

    text: str
    part: str = ""


def text(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a line for each finding, ``file:line:column: message [rule]``, and totals.

    Related places and suggestions follow their finding, indented.
    """
    return "".join(piece.text for piece in pieces(diagnostics, context, excerpts=False))


def full(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return the same with the lines of the files and carets."""
    return "".join(piece.text for piece in pieces(diagnostics, context, excerpts=True))


def pieces(
    diagnostics: Sequence[Diagnostic], context: ReportContext, excerpts: bool
) -> Iterator[Piece]:
    """Yield the whole report: findings with their related places, totals, and what was compared."""
    for diagnostic in context.listed(diagnostics):
        yield Piece(escaped(context.shown(diagnostic.location)), "place")
        yield Piece(": ")
        yield Piece(escaped(diagnostic.message), diagnostic.rule.severity.value)
        yield Piece(f" [{diagnostic.rule.id}]", "rule")
        yield Piece("\n")
        if excerpts:
            yield from _excerpt(diagnostic.location, context)
        for related in diagnostic.related:
            line = escaped(f"{context.shown(related.location)}: {related.message}")
            yield Piece(f"    {line}\n")
            if excerpts:
                yield from _excerpt(related.location, context)
        yield from _hints(diagnostic)
    yield from _ending(diagnostics, context)


def _hints(diagnostic: Diagnostic) -> Iterator[Piece]:
    if diagnostic.suggestion:
        yield Piece(f"    suggestion: {escaped(diagnostic.suggestion)}\n", "hint")
    if diagnostic.fix:
        yield Piece(f"    --fix would {escaped(str(diagnostic.fix))}\n", "hint")


def _excerpt(location: Location, context: ReportContext) -> Iterator[Piece]:
    """Yield the line of the file, and a line with a caret."""
    line = context.line(location)
    if not line:
        return
    start, end = location.column - 1, context.end(location) - 1
    first = 0 if end < WIDTH else max(0, start - WIDTH // 3)
    before, marked = _printable(line[first:start]), _printable(line[start:end][: WIDTH // 2])
    excerpt = _printable(line[first : first + WIDTH])
    yield Piece(f"{location.line:>6} | ", "rule")
    yield Piece(f"{excerpt.rstrip()}\n")
    yield Piece(f"{'':6} | ", "rule")
    yield Piece(f"{'':{columns(before)}}{'^' * max(columns(marked), 1)}\n", "hint")


def _printable(text: str) -> str:
    return "".join(
        character if character.isprintable() else "·" for character in text.replace("\t", " ")
    )


def _ending(diagnostics: Sequence[Diagnostic], context: ReportContext) -> Iterator[Piece]:
    if diagnostics:
        yield Piece(f"{context.total(diagnostics)}\n", "error")
    else:
        yield Piece(f"No findings in {counted(context.files, 'file')}.\n")
    if omitted := context.omitted(diagnostics):
        yield Piece(f"{omitted}\n", "warning")
    if context.known:
        yield Piece(f"{counted(context.known, 'known finding')} in the baseline\n")
    for skipped in context.skipped:
        yield Piece(f"{escaped(str(skipped))}\n", "warning")
    if sentence := compared(context.verdicts):
        yield Piece(f"{escaped(sentence[0].upper() + sentence[1:])}.\n")
