"""Every check there is, over one manual; what the manual's build looks at too."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from groundrules.checker.compare import Wanted, check_real, compare, configurations_of
from groundrules.checker.data_cache import DataCache, cached_prose
from groundrules.claims.claims import Claims
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Checked, Location, Report
from groundrules.findings.causes import relate
from groundrules.findings.ignores import apply_ignores
from groundrules.store import Store

if TYPE_CHECKING:
    from groundrules.records import LoadedData


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check found, and the texts that its places are in.

    ``homes`` are places of the manual that stand for files of other repositories; ``verdicts``
    are on its graphs.
    """

    report: Report
    texts: dict[str, str]
    verdicts: list[Verdicts] = field(default_factory=list)
    homes: dict[str, Location] = field(default_factory=dict)


def look(
    root: Path,
    data: str = "data",
    wanted: Wanted | None = None,
    cache: Path | None = None,
    languages: AbstractSet[str] = frozenset(),
) -> LoadedData:
    """Return what the folder ``data`` says; its report has the findings, in no file ignored.

    Where something is ``wanted`` of configurations, graphs are held against them.  The build
    wants nothing: it shows a graph that has drifted, and marks it (`compare.verdicts`).  It knows
    ``languages`` of code that its own settings add.  ``cache`` is the folder of caches, for texts
    that were read before.
    """
    loaded = _read(root, data, cache, languages)
    if wanted is not None:
        _hold(loaded, root, wanted, Seen(loaded.report, loaded.texts))
    _finish(loaded.report, loaded.texts)
    return loaded


def glance(root: Path, data: str, wanted: Wanted) -> Seen:
    """Return what `look` finds; data that was clean and has not changed is not validated."""
    cache = DataCache(root, data, Store(wanted.cache)) if wanted.cache else None
    if cache and (claims := cache.claims()):
        seen = Seen(Report(), cache.texts)
        wanted.check(each.id for each in claims.configurations)
        _compare(claims, root, wanted, seen)
    else:
        loaded = _read(root, data, wanted.cache)
        seen = Seen(loaded.report, loaded.texts)
        if cache and not loaded.report.found:
            cache.put_claims(_claims(loaded))
        _hold(loaded, root, wanted, seen)
    _finish(seen.report, seen.texts)
    return seen


def _read(
    root: Path, data: str, cache: Path | None, languages: AbstractSet[str] = frozenset()
) -> LoadedData:
    """Return the records of a folder, with what they say wrong."""
    from groundrules.checks import check_records
    from groundrules.prose.check import check_prose
    from groundrules.records import load

    loaded = load(root, data)
    check_records(loaded)
    with cached_prose(root, data, Store(cache), languages) as texts:
        check_prose(loaded, texts)
    return loaded


def _claims(loaded: LoadedData) -> Claims:
    from groundrules.records.claims import claims_of

    claims = claims_of(loaded.catalogue) if loaded.catalogue else Claims()
    claims = replace(claims, all_named=loaded.names.are_all("configuration"))
    return claims if loaded.names.are_all("label") else replace(claims, labels=None)


def _hold(loaded: LoadedData, root: Path, wanted: Wanted, seen: Seen) -> None:
    """Hold the graphs of records against configurations."""
    if loaded.catalogue is None:
        return
    if loaded.names.are_all("configuration"):
        wanted.check(loaded.names.of("configuration"))
    _compare(_claims(loaded), root, wanted, seen)


def _compare(claims: Claims, root: Path, wanted: Wanted, seen: Seen) -> None:
    """Hold graphs against configurations, and these against themselves.

    It goes before the ignores, as every check of something else than data: it notes what it
    finds, what it looked at and what it skipped, and adds the texts that its places are in.
    """
    configurations = configurations_of(claims, root, wanted)
    of_data = {each.location.path for each in seen.report.found}
    seen.verdicts.append(compare(claims, configurations, wanted, seen.report))
    check_real(claims, configurations, wanted, seen.report)
    relate(seen.report)
    found = seen.report.found
    paths = {each.location.path for each in found}
    paths |= {place.location.path for each in found for place in each.related}
    seen.homes.update(configurations.homes(paths - of_data - seen.texts.keys()))
    seen.texts.update(configurations.texts(paths))


def _finish(report: Report, texts: dict[str, str]) -> None:
    """Count the files that were looked at, and take away what is ignored."""
    report.checked += [Checked(path) for path in texts]
    apply_ignores(report, texts)
