"""`check`: settings → result, with fixes, the baseline and output files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from groundrules.checker.check_data import check_configurations_alone, check_data_cached
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.checker.only import only_in
from groundrules.checker.report_files import read_baseline, write_file, write_outputs
from groundrules.checker.settings import CannotGoOnError, CheckResult, CheckSettings, OptionError
from groundrules.checkout import path_from_here, path_in_repository
from groundrules.checks.drift.compare import LOST as DRIFT
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Diagnostic, Hidden, Location, Skipped
from groundrules.findings.baseline import Baseline
from groundrules.findings.limits import limited
from groundrules.manual_folder import ManualFolder
from groundrules.manual_search import root_options
from groundrules.records.files import FOLDERS
from groundrules.records.kinds import MANUAL
from groundrules.rules.reading import NO_DATA
from groundrules.text import counted, escaped

if TYPE_CHECKING:
    from groundrules.fixes import FixedFile


def check(settings: CheckSettings) -> CheckResult:
    """Check, fix if requested, compare with the baseline, and write the output files.

    Raises `UnknownRuleError` for a word that selects no rule, `OptionError` for an option that
    does not fit the manual, `CannotGoOnError` for a file that cannot be read or written.
    """
    known = read_baseline(settings)
    everything = _selected(settings)
    result = _without_known(everything, known)
    if settings.fix or settings.diff:
        everything, result = _fixed(settings, everything, result, known)
    if settings.update_baseline:
        result = _updated(settings, everything, result, known)
    code = 1 if _fails(result) and not settings.exit_zero else 0
    result = replace(result, exit_code=code)
    write_outputs(settings, result)
    return _recorded(settings, result) if settings.record else result


def _recorded(settings: CheckSettings, result: CheckResult) -> CheckResult:
    """Write what the graphs came to, when all else went well."""
    from groundrules.checker.recording import record

    notes = record(settings.root, settings.data, result.claims, result.context.verdicts)
    return replace(result, notes=(*result.notes, *notes))


def _fails(result: CheckResult) -> bool:
    """Return whether there is a finding that is not only a reminder.

    The passing of time must not break a CI job in which nothing changed, nor an open question.
    """
    return any(not diagnostic.rule.is_reminder for diagnostic in result.diagnostics)


def _selected(settings: CheckSettings) -> CheckResult:
    """Return the findings that the settings select."""
    rules = settings.selection.rules
    result = only_in(settings.only, settings.root, _checked(settings))
    asked, others = settings.selection.split(result.diagnostics)
    context = replace(
        result.context,
        hidden=(*result.context.hidden, *others),
        prefix=path_in_repository(settings.root),
        here=path_from_here(settings.root),
        manual=settings.manual,
        most=settings.most,
    )
    if not any(rule.startswith(DRIFT) for rule in rules):
        context = replace(context, verdicts=Verdicts())
    tried = frozenset() if settings.only else _tried(rules, context.skipped)
    diagnostics = [limited(diagnostic) for diagnostic in asked]
    return replace(result, diagnostics=diagnostics, context=context, tried=tried)


def _checked(settings: CheckSettings) -> CheckResult:
    """Return all findings of the data, or of the configuration without data."""
    options = ConfigurationOptions(
        paths=settings.configurations,
        required=(*settings.require, *settings.configurations),  # a given path must exist
        tenant=settings.tenant,
        hosts=settings.hosts,
        revisions=settings.record,
        cache=settings.cache,
    )
    if settings.record and (settings.configuration_only or not _is_manual(settings)):
        raise OptionError("--record needs the data of a manual; it writes what its graphs came to")
    if settings.configuration_only:
        reason = "--configuration-only was given"
        return check_configurations_alone(settings.root, options, reason, is_required=True)
    if not _is_manual(settings):
        reason, if_read = _without_records(settings), "; only the configuration was checked"
        result = check_configurations_alone(settings.root, options, reason, if_read=if_read)
        if result.context.checked or result.diagnostics:
            return result
        if root_options(settings.root) or not os.path.lexists(settings.root / settings.data):
            return _nothing_here(settings, reason)
    return check_data_cached(settings.root, settings.data, options)


def _without_records(settings: CheckSettings) -> str:
    """Return why there is no data, and where the manuals of the repository are."""
    if options := root_options(settings.root):
        return f"there is no manual here; check that of the repository with {options}"
    if os.path.lexists(settings.root / settings.data):
        return f"{settings.data}/ has no records"
    return f"there is no folder {settings.data}/"


def _nothing_here(settings: CheckSettings, message: str) -> CheckResult:
    """Return that there is nothing to check, and where the manuals of the repository are."""
    if not root_options(settings.root):
        message += " and no Zuul configuration here; 'groundrules init' writes a manual"
    nothing = Diagnostic(Location(settings.data), message, NO_DATA)
    return CheckResult(diagnostics=[nothing])


def _is_manual(settings: CheckSettings) -> bool:
    """Return whether the folder is a manual, even without data, which ``conf.py`` shows.

    Many projects have a folder ``data`` that holds no records, and a ``conf.py`` of their own.
    """
    names = (f"{MANUAL}.yaml", f"{MANUAL}.yml", *FOLDERS)
    places = (settings.root / settings.data / name for name in names)
    return any(map(os.path.lexists, places)) or ManualFolder(settings.root).exists


def _tried(rules: Iterable[str], skipped: Iterable[Skipped]) -> frozenset[str]:
    lost = tuple(rule for skip in skipped for rule in skip.rules)
    return frozenset(rule for rule in rules if not lost or not rule.startswith(lost))


def _without_known(everything: CheckResult, known: Baseline) -> CheckResult:
    """Return the findings that are not in the baseline."""
    context = everything.context
    new, old, entries = known.split(everything.diagnostics, context.texts, context.prefixes)
    gone = tuple(
        escaped(f"{entry.path}: {entry.message} [{entry.rule}]")
        for entry in entries
        if entry.rule in everything.tried
    )
    notes = tuple(f"in the baseline and no longer found: {entry}" for entry in gone)
    result = replace(everything, diagnostics=new, notes=notes)
    return _with_known(result, old, gone)


def _with_known(
    result: CheckResult, known: Sequence[Diagnostic], gone: tuple[str, ...]
) -> CheckResult:
    """Return a result with the number of findings in the baseline."""
    hidden = (
        *result.context.hidden,
        *(Hidden(diagnostic, "in the baseline") for diagnostic in known),
    )
    context = replace(result.context, hidden=hidden, known=len(known), gone=gone)
    return replace(result, context=context)


def _fixed(
    settings: CheckSettings, everything: CheckResult, result: CheckResult, known: Baseline
) -> tuple[CheckResult, CheckResult]:
    """Return the findings after the fixes, which are only shown without ``fix``."""
    from groundrules.fixes import fix_files

    files = fix_files(result.diagnostics, result.context.texts)
    refused = [f"{finding}: {why}" for file in files for finding, why in file.refused]
    notes = [f"not fixed: {escaped(refusal)}" for refusal in refused]
    if settings.fix and any(file.made for file in files):
        notes += _written(settings, [file for file in files if file.made])
        everything = _selected(settings)
        result = _without_known(everything, known)
    diff = "".join(file.diff for file in files) if settings.diff else ""
    return everything, replace(result, diff=diff, notes=(*result.notes, *notes))


def _written(settings: CheckSettings, files: list[FixedFile]) -> list[str]:
    """Write all files or none, because a fix can change several of them."""
    from groundrules.fixes import FixRefusedError

    try:
        for file in files:
            file.writable(settings.root, settings.data)
        for file in files:
            file.write(settings.root, settings.data)
    except FixRefusedError as error:
        return [f"not fixed: {escaped(str(error))}"]
    except OSError as error:
        raise CannotGoOnError(f"{error.filename}: {error.strerror}") from None
    return [f"fixed {escaped(file.path)}: {counted(len(file.made), 'change')}" for file in files]


def _updated(
    settings: CheckSettings, everything: CheckResult, result: CheckResult, known: Baseline
) -> CheckResult:
    """Write the findings to the baseline; keep the entries of skipped rules."""
    context, findings = everything.context, everything.diagnostics
    written = Baseline.of(findings, context.texts, context.prefixes)
    path = settings.baseline
    if path is None:
        raise OptionError("--update-baseline needs --baseline FILE")
    write_file(path, (written | known.without(everything.tried)).text(), settings.root)
    note = f"{path} now holds {counted(len(findings), 'finding')} of the rules that were checked"
    result = replace(result, diagnostics=[], context=context, notes=(note,))
    return _with_known(result, findings, ())
