"""Diagnostics as pieces of text with names, which determine colors in a terminal.

The formats ``text`` (lines that an editor can open) and ``full`` (with the line of the file and a
caret) consist of these pieces.  The last one says how much was compared with real configurations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from groundrules.claims.verdicts import COMPARED, Verdict, Verdicts, VerdictState
from groundrules.diagnostics import Diagnostic, Location
from groundrules.report.context import ReportContext
from groundrules.text import counted, escaped, listed
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


def compared(verdicts: Verdicts) -> str:
    """Return how much was compared with which configurations, and what was not; or nothing.

    A graph was compared if any of its jobs, dependencies and rules was.  Plans are counted
    apart, since no configuration has them yet, and so are graphs that are kept by hand.
    """
    if not verdicts.against:
        return ""
    graphs = [graph for graph in verdicts.against if verdicts.is_compared(graph)]
    states = [verdicts.of(graph).state for graph in verdicts.against]
    kept = states.count(VerdictState.KEPT_BY_HAND)
    parts = [part for graph in graphs for part in verdicts.on(graph) if _kind(part)]
    names = listed(dict.fromkeys(verdicts.against[graph].configuration for graph in graphs))
    sentences = ["no graph was compared"]
    if graphs:
        numbers = _counted(part for part in parts if part.state in COMPARED)
        sentences = [f"{counted(len(graphs), 'graph')} with {numbers} compared with {names}"]
    others = len(verdicts.against) - len(graphs) - kept
    unchecked = (part for part in parts if part.state is VerdictState.NOT_CHECKED)
    if missed := _counted(unchecked, others):
        sentences.append(f"not checked: {missed}")
    if planned := _counted(part for part in parts if part.state is VerdictState.PLANNED):
        sentences.append(f"planned: {planned}")
    if kept:
        sentences.append(f"kept by hand: {counted(kept, 'graph')}")
    return "; ".join(sentences)


def _kind(verdict: Verdict) -> str:
    if verdict.rule:
        return "rule"
    return "dependency" if verdict.dependency else "job" if verdict.job else ""


def _counted(parts: Iterable[Verdict], graphs: int = 0) -> str:
    """Return the number of each kind, without zeros."""
    numbers = Counter({"graph": graphs}) + Counter(map(_kind, parts))
    kinds = ("graph", "job", "dependency", "rule")
    return listed(counted(numbers[kind], kind) for kind in kinds if numbers[kind])
