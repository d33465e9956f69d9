"""The settings of a check and its result."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from groundrules.claims.claims import Claims
from groundrules.diagnostics import Diagnostic
from groundrules.findings.selection import Selection
from groundrules.report.context import ReportContext

MOST_FINDINGS = 5_000
"""Findings that a report lists: GitHub shows as many results of one SARIF file, the highest
severity first (https://docs.github.com/en/code-security/code-scanning, "SARIF support")."""


class CannotGoOnError(Exception):
    """A file cannot be read or written; the message names it."""


class OptionError(Exception):
    """An option does not fit the manual; the message suggests a value."""


class CheckSettings(Struct, frozen=True, kw_only=True):
    """The options of one check.

    ``root`` is the manual's folder and ``data`` the folder of records in it.  ``only`` are the
    files and folders whose findings are reported; empty means all.

    ``configurations`` are paths of CI configurations by name; these and those in ``required``
    must be found.  ``tenant`` and ``hosts`` go with a tenant file.  With ``configuration_only``
    the data is not read.

    ``cache`` is the folder of caches.  ``outputs`` are formats and output files; ``step_summary``
    is GitHub's file for the summary of a step.  With ``record``, the results are written to the
    data.  A report lists up to ``most`` findings (0: all).
    """

    root: Path
    data: str = "data"
    only: tuple[Path, ...] = ()
    configurations: Mapping[str, Path] = {}
    configuration_only: bool = False
    require: tuple[str, ...] = ()
    tenant: str | None = None
    hosts: Mapping[str, str] = {}
    cache: Path | None = None
    selection: Selection = Selection()
    outputs: tuple[tuple[str, Path], ...] = ()
    baseline: Path | None = None
    update_baseline: bool = False
    record: bool = False
    fix: bool = False
    diff: bool = False
    exit_zero: bool = False
    manual: str = ""
    step_summary: Path | None = None
    most: int = MOST_FINDINGS


class CheckResult(Struct, frozen=True, kw_only=True):
    """The findings of a check, other data for reports, and the exit code.

    ``tried`` are the rules that were not skipped, ``claims`` the claims of the graphs.  ``diff``
    shows fixes, ``notes`` are sentences for standard error.
    """

    diagnostics: list[Diagnostic] = []
    context: ReportContext = ReportContext()
    tried: frozenset[str] = frozenset()
    claims: Claims = Claims()
    diff: str = ""
    notes: tuple[str, ...] = ()
    exit_code: int = 0
