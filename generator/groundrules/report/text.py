"""Diagnostics as lines of text that editors can open."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.report.context import ReportContext
from groundrules.report.terminal import pieces


def text(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a line for each finding, ``file:line:column: message [rule]``, and totals.

    Related places and suggestions follow their finding, indented.
    """
    return "".join(piece.text for piece in pieces(diagnostics, context, excerpts=False))


def full(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return the same with the lines of the files and carets."""
    return "".join(piece.text for piece in pieces(diagnostics, context, excerpts=True))
