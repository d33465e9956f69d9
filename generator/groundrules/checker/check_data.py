"""Every check of one manual, or of a configuration that has no manual."""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from groundrules.checker.compare import check_real, compare, configurations_of
from groundrules.checker.data_cache import DataCache, cached_prose
from groundrules.checker.settings import CheckResult, OptionError
from groundrules.checks.drift import contradicted
from groundrules.claims.claims import Claims, ConfigurationClaim
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Checked, Location, Report, Skipped
from groundrules.findings.causes import relate
from groundrules.findings.ignores import apply_ignores
from groundrules.report.context import ReportContext
from groundrules.rules import RULES
from groundrules.rules.labels import TOMBSTONE
from groundrules.store import Store

if TYPE_CHECKING:
    from groundrules.checker.configurations import ConfigurationOptions, Configurations
    from groundrules.records import LoadedData

LABELS = tuple(rule for rule in RULES if rule.startswith("GR5") and rule != TOMBSTONE.id)
NEED_DATA = ("GR1", "GR2", "GR3", *LABELS)
"""The rules that are not tried on a configuration without data."""


@dataclass(slots=True)
class _Run:
    """The report of a run while checks add to it, and what else a result needs.

    ``homes`` are the places of the manual that name files of other repositories; ``prefixes``
    go before the paths of each configuration.
    """

    report: Report = field(default_factory=Report)
    texts: dict[str, str] = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=Verdicts)
    claims: Claims = field(default_factory=Claims)
    homes: dict[str, Location] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()

    def result(self) -> CheckResult:
        """Return every finding that no comment ignores."""
        _finish(self.report, self.texts)
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
    languages: AbstractSet[str] = frozenset(),
) -> LoadedData:
    """Return the records of the folder ``data``; the report has the findings of every file.

    With ``options`` the graphs are compared with the configurations too.  The build does without:
    it shows a graph that differs, and marks it (`compare.verdicts`).  It adds the ``languages``
    of code that its own settings define.  ``cache`` is the folder of caches.
    """
    loaded = _read(root, data, cache, languages)
    if options is not None:
        _compare_loaded(loaded, root, options, _Run(loaded.report, loaded.texts))
    _finish(loaded.report, loaded.texts)
    return loaded


def check_data_cached(root: Path, data: str, options: ConfigurationOptions) -> CheckResult:
    """Return the findings of `check_data`; unchanged data that was clean is not validated again."""
    cache = DataCache(root, data, Store(options.cache)) if options.cache else None
    if cache and (claims := cache.claims()):
        run = _Run(texts=cache.texts)
        options.check_names(claim.id for claim in claims.configurations)
        _compare(claims, root, options, run)
        return run.result()
    loaded = _read(root, data, options.cache)
    run = _Run(loaded.report, loaded.texts)
    if cache and not loaded.report.found:
        cache.put_claims(_claims(loaded))
    _compare_loaded(loaded, root, options, run)
    return run.result()


def check_configurations_alone(
    root: Path, options: ConfigurationOptions, reason: str, *, is_required: bool = False
) -> CheckResult:
    """Return the findings of configurations without data; ``reason`` is why there is none.

    Without a path among the ``options`` the configuration is the repository at ``root``, which
    has to have one where it ``is_required``.
    """
    paths = options.paths or {root.name: root}
    options.check_names(options.paths)
    claims = Claims(configurations=tuple(_alone(name, path, root) for name, path in paths.items()))
    required = tuple(paths) if is_required else options.required
    options = replace(options, paths=paths, required=required, alone=True)
    run = _Run()
    configurations = _compare(claims, root, options, run)
    run.texts.update(configurations.texts())
    run.homes.clear()  # no manual names them
    run.report.skipped.append(Skipped("data", reason, NEED_DATA))
    return run.result()


def _alone(name: str, path: Path, root: Path) -> ConfigurationClaim:
    place = Location(Path(os.path.relpath(path, root)).as_posix())
    return ConfigurationClaim(id=name, place=place, system="zuul")


def _read(
    root: Path, data: str, cache: Path | None, languages: AbstractSet[str] = frozenset()
) -> LoadedData:
    """Return the records of a folder with the findings of themselves."""
    from groundrules.checks import check_records
    from groundrules.prose.text_check import check_prose
    from groundrules.records import load

    loaded = load(root, data)
    loaded.report.add(check_records(loaded))
    with cached_prose(root, data, Store(cache), languages) as texts:
        loaded.report.add(check_prose(loaded, texts))
    return loaded


def _claims(loaded: LoadedData) -> Claims:
    from groundrules.records.claims import claims_of

    claims = claims_of(loaded.catalogue) if loaded.catalogue else Claims()
    claims = structs.replace(claims, all_named=loaded.names.are_all("configuration"))
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


def _compare(
    claims: Claims, root: Path, options: ConfigurationOptions, run: _Run
) -> Configurations:
    """Compare graphs with configurations, and check these; return the configurations.

    Ignores come after this and after every other check: a comment in any file applies.
    """
    options.check_readable(claims.configurations)
    configurations = configurations_of(claims, root, options)
    of_data = {diagnostic.location.path for diagnostic in run.report.found}
    run.verdicts = compare(claims, configurations, options, run.report)
    check_real(claims, configurations, options, run.report)
    run.report.add(contradicted.check(claims, run.verdicts))
    run.claims = claims
    if (options.tenant or options.hosts) and not configurations.has_tenant_file:
        raise OptionError("--tenant and --connection need a tenant file; add --config NAME=FILE")
    relate(run.report)
    paths = {diagnostic.location.path for diagnostic in run.report.found}
    paths |= {
        place.location.path for diagnostic in run.report.found for place in diagnostic.related
    }
    run.homes.update(configurations.homes(paths - of_data - run.texts.keys()))
    run.texts.update(configurations.texts(paths))
    run.prefixes = configurations.prefixes
    return configurations


def _finish(report: Report, texts: dict[str, str]) -> None:
    """Count the files that were read, and remove the findings that comments ignore."""
    report.checked += [Checked(path) for path in texts]
    apply_ignores(report, texts)
