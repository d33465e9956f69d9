"""All checks of a manual, or of a configuration without a manual."""

from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from groundrules.checker.compare import check_real, compare, configurations_of
from groundrules.checker.data_cache import DataCache, cached_prose
from groundrules.checker.page_check import check_pages
from groundrules.checker.rules_page import rules_page_of
from groundrules.checker.settings import CheckResult, OptionError
from groundrules.checks.drift import contradicted
from groundrules.checks.phrases import first_few
from groundrules.claims.claims import Claims, ConfigurationClaim
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Checked, Location, Report, Skipped
from groundrules.findings.causes import relate
from groundrules.findings.ignores import apply_ignores
from groundrules.manual_search import configuration_around
from groundrules.records.references import Names
from groundrules.report.context import ReportContext
from groundrules.rules import RULES
from groundrules.rules.labels import TOMBSTONE
from groundrules.store import Store
from groundrules.systems import CONFIGURATION_FILES
from groundrules.text import counted

if TYPE_CHECKING:
    from groundrules.checker.configurations import ConfigurationOptions
    from groundrules.graphs.definitions import Definitions
    from groundrules.records import LoadedData
    from groundrules.records.loading import KnownFiles

LABELS = tuple(rule for rule in RULES if rule.startswith("GR5") and rule != TOMBSTONE.id)
NEED_DATA = ("GR1", "GR2", "GR3", *LABELS)
"""The rules that are skipped for a configuration without data."""


@dataclass(slots=True)
class _Run:
    """The state of a run: its report, and other data for the result.

    ``homes`` are the places of the manual that name files of other repositories; ``prefixes``
    go before the paths of each configuration.  ``names`` are those of records, where there are
    any: hand-written pages mention them.  ``readable`` are the configurations that were read.
    """

    report: Report = field(default_factory=Report)
    texts: dict[str, str] = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=Verdicts)
    claims: Claims = field(default_factory=Claims)
    homes: dict[str, Location] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    names: Names | None = None
    readable: list[Definitions] = field(default_factory=list)

    def result(self, root: Path, cache: Path | None = None) -> CheckResult:
        """Return every finding that no comment ignores, and those of the pages in ``root``."""
        _finish(self.report, self.texts)
        if self.names is not None:
            self.texts |= check_pages(root, self.names, Store(cache), self.report)
        context = ReportContext(
            checked=tuple(self.report.checked),
            skipped=tuple(self.report.skipped),
            hidden=tuple(self.report.hidden),
            texts=self.texts,
            homes=self.homes,
            prefixes=self.prefixes,
            verdicts=self.verdicts,
        )
        return CheckResult(diagnostics=self.report.diagnostics, context=context, claims=self.claims)


def check_data(
    root: Path,
    data: str = "data",
    options: ConfigurationOptions | None = None,
    cache: Path | None = None,
    languages: AbstractSet[str] | None = None,
    drafts: Mapping[str, bytes] = {},
    known: KnownFiles | None = None,
) -> LoadedData:
    """Return the records in the folder ``data``, with the findings of all files.

    With ``options`` the graphs are compared with the configurations too.  The build does without:
    it shows a graph that differs, and marks it (`compare.verdicts_of`).  It gives the ``languages``
    of code that its own settings define, and reads the hand-written pages itself.  ``cache`` is
    the folder of caches.  ``drafts`` are files that are not written yet, by path; ``known`` are
    files that this process has read before.
    """
    loaded = _read(root, data, cache, languages or frozenset(), drafts, known)
    if options is not None:
        _compare_loaded(loaded, root, options, _Run(loaded.report, loaded.texts))
    _finish(loaded.report, loaded.texts)
    if languages is None and loaded.catalogue is not None:
        loaded.texts |= check_pages(root, loaded.names, Store(cache), loaded.report)
    return loaded


def check_data_cached(root: Path, data: str, options: ConfigurationOptions) -> CheckResult:
    """Return the findings of `check_data`; unchanged data without findings is not read again."""
    cache = DataCache(root, data, Store(options.cache)) if options.cache else None
    if cache and (clean := cache.clean_data()):
        run = _Run(texts=cache.texts, names=Names(clean.names))
        run.report.add(clean.rules_page.check(root) if clean.rules_page else ())
        options.check_names(claim.id for claim in clean.claims.configurations)
        _compare(clean.claims, root, options, run)
        return run.result(root, options.cache)
    loaded = _read(root, data, options.cache)
    run = _Run(loaded.report, loaded.texts, names=loaded.names if loaded.catalogue else None)
    if cache and not loaded.report.found:
        page = rules_page_of(loaded.catalogue) if loaded.catalogue else None
        cache.put(_claims(loaded), loaded.names, page)
    _compare_loaded(loaded, root, options, run)
    return run.result(root, options.cache)


def check_configurations_alone(
    root: Path,
    options: ConfigurationOptions,
    reason: str,
    *,
    if_read: str = "",
    is_required: bool = False,
) -> CheckResult:
    """Return the findings of configurations without data; ``reason`` says why there is no data.

    ``if_read`` is added to the reason if a configuration could be read.

    Without a path in ``options``, the configuration is that of the repository around ``root``,
    which must have one if it ``is_required``.
    """
    own = configuration_around(root, CONFIGURATION_FILES)
    paths = options.paths or {own.name: own}
    options.check_names(options.paths)
    claims = Claims(configurations=tuple(_alone(name, path, root) for name, path in paths.items()))
    required = tuple(paths) if is_required else options.required
    options = replace(options, paths=paths, required=required, alone=True)
    run = _Run()
    _compare(claims, root, options, run)
    notes = (note(one) for one in run.readable for note in (_not_found, _of_branch))
    read = "".join((if_read, *notes)) if run.readable else ""
    run.report.skipped.append(Skipped("data", f"{reason}{read}", NEED_DATA))
    return run.result(root)


def _not_found(definitions: Definitions) -> str:
    """Return the end of a sentence: how many names may be defined elsewhere."""
    if not (number := definitions.names_elsewhere):
        return ""
    names = f"{counted(number, 'name')} not found here, which may be defined elsewhere"
    return f"; {names}: see 'groundrules graph --findings'"


def _of_branch(definitions: Definitions) -> str:
    """Return the end of a sentence: which branch of a repository was checked, and which not."""
    note = f"; {definitions.branch_note}" if definitions.branch_note else ""
    if not definitions.only_branch:
        return note
    others = definitions.other_branches
    more = f"; {definitions.one_branch}" if others and definitions.one_branch else ""
    if others and not more:
        names = f"branch{'es' if len(others) > 1 else ''} {first_few(others)}"
        whose = "their" if len(others) > 1 else "its"
        more = f", not for {names} with configuration of {whose} own"
    return f"; the answer is for branch {definitions.only_branch!r}{more}{note}"


def _alone(name: str, path: Path, root: Path) -> ConfigurationClaim:
    place = Location(Path(os.path.relpath(path, root)).as_posix())
    return ConfigurationClaim(id=name, place=place, system="zuul")


def _read(
    root: Path,
    data: str,
    cache: Path | None,
    languages: AbstractSet[str] = frozenset(),
    drafts: Mapping[str, bytes] = {},
    known: KnownFiles | None = None,
) -> LoadedData:
    """Return the records of a folder with their findings."""
    from groundrules.checks import check_records
    from groundrules.prose.text_check import check_prose
    from groundrules.records import load

    loaded = load(root, data, drafts, known)
    loaded.report.add(check_records(loaded))
    if loaded.catalogue is not None and (page := rules_page_of(loaded.catalogue)):
        loaded.report.add(page.check(root))
    with cached_prose(root, data, Store(cache), languages) as texts:
        loaded.report.add(check_prose(loaded, texts))
    return loaded


def _claims(loaded: LoadedData) -> Claims:
    from groundrules.records.claims import claims_of

    claims = claims_of(loaded.catalogue) if loaded.catalogue else Claims()
    read = {claim.id for claim in claims.configurations}  # without those lost by a mistake
    all_named = loaded.names.are_all("configuration") and loaded.names.of("configuration") <= read
    claims = structs.replace(claims, all_named=all_named)
    return claims if loaded.names.are_all("label") else structs.replace(claims, labels=None)


def _compare_loaded(
    loaded: LoadedData, root: Path, options: ConfigurationOptions, run: _Run
) -> None:
    """Compare the graphs of records with configurations."""
    if loaded.catalogue is None:
        return
    if loaded.names.are_all("configuration"):
        options.check_names(loaded.names.of("configuration"))
    _compare(_claims(loaded), root, options, run)


def _compare(claims: Claims, root: Path, options: ConfigurationOptions, run: _Run) -> None:
    """Compare graphs with configurations, and check these.

    Ignore comments are applied after all checks, because a comment can be in any file.
    """
    options.check_readable(claims.configurations)
    configurations = configurations_of(claims, root, options)
    of_data = {diagnostic.location.path for diagnostic in run.report.found}
    run.verdicts = compare(claims, configurations, options, run.report)
    run.readable = check_real(claims, configurations, options, run.report)
    # without a manual, the reason why there is no data says it
    assumed = [one for one in run.readable if one.lacks_git and not options.alone]
    what = "branch of configuration"
    run.report.add(Skipped(f"{what} {one.name}", one.branch_note) for one in assumed)
    run.report.add(contradicted.check(claims, run.verdicts))
    run.claims = claims
    if (options.tenant or options.hosts) and not configurations.has_tenant_file:
        raise OptionError("--tenant and --connection need a tenant file; add --config NAME=FILE")
    relate(run.report)
    found = run.report.found
    paths = {place.path for diagnostic in found for place in diagnostic.places}
    if not options.alone:  # without a manual, nothing names them
        run.homes.update(configurations.homes(paths - of_data - run.texts.keys()))
    run.texts.update(configurations.texts(None if options.alone else paths))
    run.prefixes = configurations.prefixes


def _finish(report: Report, texts: dict[str, str]) -> None:
    """Count the files, and remove ignored findings."""
    report.checked += [Checked(path) for path in texts]
    apply_ignores(report, texts)
