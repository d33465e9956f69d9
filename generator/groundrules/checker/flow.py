"""`check`: settings in, outcome out; the files asked for are written on the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from groundrules.checker.compare import Wanted
from groundrules.checker.files import read_baseline, write_file, write_outputs
from groundrules.checker.look import glance
from groundrules.checker.settings import CannotGoOnError, CheckSettings, Outcome
from groundrules.checkout import checkout_around
from groundrules.checks.drift.compare import LOST as DRIFT
from groundrules.claims.verdicts import joined
from groundrules.diagnostics import Diagnostic, Hidden, Report
from groundrules.findings.baseline import Baseline
from groundrules.report.clean import one_line
from groundrules.report.run import ReportContext

if TYPE_CHECKING:
    from groundrules.fixes import Mended


@dataclass(frozen=True, slots=True)
class Looked:
    """The findings that are asked for, and the rules that were tried everywhere."""

    diagnostics: list[Diagnostic]
    tried: frozenset[str]
    run: ReportContext


def check(settings: CheckSettings) -> Outcome:
    """Check, mend if asked to, compare with the baseline, and write the files asked for.

    Raises `UnknownRuleError` for a word that selects no rule, `UnknownConfigurationError` for a
    name that is no configuration's, `CannotGoOnError` for a file that cannot be read or written.
    """
    known = read_baseline(settings)
    looked = _looked(settings)
    outcome = _compared(looked, known)
    if settings.fix or settings.diff:
        looked, outcome = _mended(settings, looked, outcome, known)
    if settings.update_baseline and settings.baseline:
        outcome = _updated(settings.baseline, settings.root, looked, outcome, known)
    code = 1 if outcome.diagnostics and not settings.exit_zero else 0
    outcome = replace(outcome, exit_code=code)
    write_outputs(settings, outcome)
    return outcome


def _looked(settings: CheckSettings) -> Looked:
    rules = settings.selection.rules
    required = (*settings.require, *settings.configurations)  # who types a path means one
    wanted = Wanted(settings.configurations, required, cache=settings.cache)
    seen = glance(settings.root, settings.data, wanted)
    report = seen.report
    asked, others = settings.selection.split(report.diagnostics)
    run = ReportContext(
        checked=tuple(report.checked),
        skipped=tuple(report.skipped),
        hidden=(*report.hidden, *others),
        texts=seen.texts,
        prefix=_prefix(settings.root),
        here=_here(settings.root),
        homes=seen.homes,
        verdicts=joined(seen.verdicts if any(each.startswith(DRIFT) for each in rules) else ()),
        manual=settings.manual,
    )
    return Looked(asked, _tried(rules, report), run)


def _tried(rules: Iterable[str], report: Report) -> frozenset[str]:
    lost = tuple(rule for skipped in report.skipped for rule in skipped.rules)
    return frozenset(each for each in rules if not lost or not each.startswith(lost))


def _prefix(root: Path) -> str:
    """Return the way from the repository that the manual is in to the manual.

    Where there is none, the working directory is taken for it, if the manual is inside of it.
    """
    here = Path.cwd()
    return _way(checkout_around(root) or (here if root.is_relative_to(here) else root), root)


def _here(root: Path) -> str:
    """Return the way from the working directory to the manual, where one is inside the other."""
    here = Path.cwd()
    is_near = root.is_relative_to(here) or here.is_relative_to(root)
    return _way(here, root) if is_near else ""


def _way(start: Path, end: Path) -> str:
    way = Path(os.path.relpath(end, start)).as_posix()
    return "" if way == "." else f"{way}/"


def _compared(looked: Looked, known: Baseline) -> Outcome:
    """Return the findings that the baseline does not hold."""
    new, old, entries = known.split(looked.diagnostics, looked.run.texts)
    gone = tuple(
        one_line(f"{each.path}: {each.message} [{each.rule}]")
        for each in entries
        if each.rule in looked.tried
    )
    return Outcome(
        diagnostics=new,
        run=_knowing(looked.run, old, gone),
        notes=tuple(f"no longer found, still in the baseline: {each}" for each in gone),
    )


def _knowing(
    run: ReportContext, known: Sequence[Diagnostic], gone: tuple[str, ...]
) -> ReportContext:
    """Return what a report says of findings that the baseline holds."""
    hidden = (*run.hidden, *(Hidden(each, "in the baseline") for each in known))
    return replace(run, hidden=hidden, known=len(known), gone=gone)


def _mended(
    settings: CheckSettings, looked: Looked, outcome: Outcome, known: Baseline
) -> tuple[Looked, Outcome]:
    """Return what is left after the fixes; without ``fix`` they are only shown."""
    from groundrules.fixes import mend

    files = mend(outcome.diagnostics, outcome.run.texts)
    told = [f"{found}: {why}" for each in files for found, why in each.refused]
    notes = [f"not fixed: {one_line(each)}" for each in told]
    if settings.fix and any(each.made for each in files):
        notes += _written(settings, [each for each in files if each.made])
        looked = _looked(settings)
        outcome = _compared(looked, known)
    diff = "".join(each.diff for each in files) if settings.diff else ""
    return looked, replace(outcome, diff=diff, notes=(*outcome.notes, *notes))


def _written(settings: CheckSettings, files: list[Mended]) -> list[str]:
    """Write all files or none: one fix may be in several of them."""
    from groundrules.fixes import FixRefusedError

    try:
        for each in files:
            each.writable(settings.root, settings.data)
        for each in files:
            each.write(settings.root, settings.data)
    except FixRefusedError as error:
        return [f"not fixed: {one_line(str(error))}"]
    except OSError as error:
        raise CannotGoOnError(f"{error.filename}: {error.strerror}") from None
    return [f"fixed {len(each.made)} in {one_line(each.path)}" for each in files]


def _updated(path: Path, root: Path, looked: Looked, outcome: Outcome, known: Baseline) -> Outcome:
    """Make the baseline hold what was found, and keep what this run has not looked for."""
    found = Baseline.of(looked.diagnostics, looked.run.texts)
    write_file(path, (found | known.without(looked.tried)).text(), root)
    held = len(looked.diagnostics)
    note = f"{path} now holds {held} finding{'' if held == 1 else 's'} of the rules that were tried"
    run = _knowing(looked.run, looked.diagnostics, ())
    return replace(outcome, diagnostics=[], run=run, notes=(note,))
