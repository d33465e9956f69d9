"""Diagnostics as pieces of text, each with the part it plays; who prints them picks colours.

The same pieces are the formats ``text`` (lines that an editor jumps from) and ``full`` (with the
line of the file and a caret under what is meant).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groundrules.diagnostics import Diagnostic, Location
from groundrules.report.clean import one_line
from groundrules.report.compared import compared
from groundrules.report.run import ReportContext
from groundrules.text import counted

WIDTH = 100  # of an excerpt; longer lines are cut around what is meant


class Piece(NamedTuple):
    """A text, and the part that it plays: ``place``, ``error``, ``warning``, ``rule``, ``hint``."""

    text: str
    part: str = ""


def pieces(
    diagnostics: Sequence[Diagnostic], run: ReportContext, excerpts: bool
) -> Iterator[Piece]:
    """Yield the whole report: findings, their related places, how many, what was compared."""
    for each in diagnostics:
        yield Piece(one_line(run.shown(each.location)), "place")
        yield Piece(": ")
        yield Piece(one_line(each.message), each.rule.severity.value)
        yield Piece(f" [{each.rule.id}]", "rule")
        yield Piece("\n")
        if excerpts:
            yield from _excerpt(each.location, run)
        for related in each.related:
            yield Piece(f"    {one_line(f'{run.shown(related.location)}: {related.message}')}\n")
            if excerpts:
                yield from _excerpt(related.location, run)
        yield from _hints(each)
    yield from _ending(diagnostics, run)


def _hints(found: Diagnostic) -> Iterator[Piece]:
    if found.suggestion:
        yield Piece(f"    suggestion: {one_line(found.suggestion)}\n", "hint")
    if found.fix:
        yield Piece(f"    --fix would {one_line(str(found.fix))}\n", "hint")


def _excerpt(location: Location, run: ReportContext) -> Iterator[Piece]:
    """Yield the line of the file, and the caret under its place."""
    line = run.line(location)
    if not line:
        return
    start, end = location.column - 1, run.end(location) - 1
    first = 0 if end < WIDTH else max(0, start - WIDTH // 3)
    before, meant = _shown(line[first:start]), _shown(line[start:end][: WIDTH // 2])
    shown = _shown(line[first : first + WIDTH])
    yield Piece(f"{location.line:>6} | ", "rule")
    yield Piece(f"{shown.rstrip()}\n")
    yield Piece(f"{'':6} | ", "rule")
    yield Piece(f"{'':{_width(before)}}{'^' * max(_width(meant), 1)}\n", "hint")


def _shown(text: str) -> str:
    return "".join(each if each.isprintable() else "·" for each in text.replace("\t", " "))


def _width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "FW")
        for each in text
    )


def _ending(diagnostics: Sequence[Diagnostic], run: ReportContext) -> Iterator[Piece]:
    files = len({each.location.path for each in diagnostics})
    if diagnostics:
        told = f"{counted(len(diagnostics), 'finding')} in {counted(files, 'file')}"
        yield Piece(f"{told}\n", "error")
    else:
        yield Piece(f"No findings in {counted(run.files, 'file')}.\n")
    if run.known:
        yield Piece(f"{counted(run.known, 'finding')} more in the baseline\n")
    for each in run.skipped:
        yield Piece(f"not checked: {one_line(f'{each.what}: {each.reason}')}\n", "warning")
    if told := compared(run.verdicts):
        yield Piece(f"{one_line(told[0].upper() + told[1:])}.\n")
