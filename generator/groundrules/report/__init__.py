"""Diagnostics → text, one format a module; a format decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.report.text import text

FORMATS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {"text": text}
