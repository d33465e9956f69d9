"""Diagnostics as lines that a person reads and an editor jumps from."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.report.context import ReportContext
from groundrules.report.terminal import pieces


def text(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a line a finding, ``file:line:column: message [rule]``, and a last line that counts.

    Related places and what to write follow their finding, indented.
    """
    return "".join(piece.text for piece in pieces(diagnostics, context, excerpts=False))


def full(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return the same with the lines of the files, and a caret under what is meant."""
    return "".join(piece.text for piece in pieces(diagnostics, context, excerpts=True))
