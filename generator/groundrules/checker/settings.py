"""What a check is told, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from groundrules.diagnostics import Diagnostic
from groundrules.findings.selection import Selection
from groundrules.report.run import ReportContext


class CannotGoOnError(Exception):
    """Neither a finding nor a wrong option: a file that cannot be read or written."""


class UnknownConfigurationError(Exception):
    """A name that ``manual.yaml`` gives to no configuration; the message has the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """What a check is told; ``root`` is the manual's folder, ``data`` that of records in it.

    ``configurations`` are the paths of real ones by name; these and those of ``require`` have to
    be at hand.  ``cache`` is a folder in which to remember data that was clean.  ``outputs`` are
    formats and the files they are written to; ``step_summary`` is where GitHub takes the summary
    of a step from.
    """

    root: Path
    data: str = "data"
    configurations: Mapping[str, Path] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    cache: Path | None = None
    selection: Selection = field(default_factory=Selection)
    outputs: tuple[tuple[str, Path], ...] = ()
    baseline: Path | None = None
    update_baseline: bool = False
    fix: bool = False
    diff: bool = False
    exit_zero: bool = False
    manual: str = ""
    step_summary: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a check: the findings, the run, and what to tell beside the document."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    run: ReportContext = field(default_factory=ReportContext)
    diff: str = ""
    notes: tuple[str, ...] = ()
    exit_code: int = 0
