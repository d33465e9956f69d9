"""Diagnostics → text, one format a module; a format decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.report.data import data
from groundrules.report.github import github
from groundrules.report.gitlab import gitlab
from groundrules.report.junit import junit
from groundrules.report.run import Run
from groundrules.report.sarif import sarif
from groundrules.report.text import full, text
from groundrules.report.zuul import zuul

Format = Callable[[Sequence[Diagnostic], Run], str]

FORMATS: dict[str, Format] = {
    "text": text,
    "full": full,
    "json": data,
    "sarif": sarif,
    "junit": junit,
    "github": github,
    "gitlab": gitlab,
    "zuul": zuul,
}

__all__ = ["FORMATS", "Format", "Run"]
