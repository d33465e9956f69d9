"""`DataCache`: caches the results for a data folder without findings.

Validating records and reading their prose takes most of a check.  A folder without findings is
validated again only if its content, the day or this program changed.  Even then, docutils reads
only texts that are new or had a flaw.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from groundrules.checker.rules_page import RulesPage
from groundrules.claims.claims import Claims
from groundrules.clock import today
from groundrules.diagnostics import Report
from groundrules.prose.prose_cache import Mentions, ProseCache
from groundrules.prose.record_mentions import OPTIONS
from groundrules.records.files import DataFolder
from groundrules.records.references import Names
from groundrules.store import Store, digest


class CleanData(Struct, frozen=True):
    """The claims of data without findings, the names of its records by kind, and a page."""

    claims: Claims
    names: dict[str, set[str]]
    rules_page: RulesPage | None = None


@dataclass(slots=True)
class DataCache:
    """The cached results for a data folder in ``store``."""

    root: Path
    data: str
    store: Store
    texts: dict[str, str] = field(init=False, default_factory=dict)
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        report, parts = Report(), [repr(today()).encode()]
        for file in DataFolder(self.root, self.data, report).files():
            data = file.data or b""
            parts += [repr((file.kind, file.path)).encode(), data]
            self.texts[file.path] = data.decode("utf-8", "replace")
        self._key = "" if report.found else digest(*parts)

    def clean_data(self) -> CleanData | None:
        """Return what is known of a folder that was clean and has not changed."""
        if not self._key:
            return None
        return self.store.get("claims", CleanData, str(self.root), self.data, key=self._key)

    def put(self, claims: Claims, names: Names, rules_page: RulesPage | None = None) -> None:
        """Keep the claims of a folder without findings, and the names that pages can mention."""
        if self._key:
            mentioned = {kind: names.of(kind) for kind in OPTIONS}
            clean = CleanData(claims, mentioned, rules_page)
            self.store.put("claims", clean, str(self.root), self.data, key=self._key)


@contextmanager
def cached_prose(
    root: Path, data: str, store: Store, languages: AbstractSet[str]
) -> Iterator[ProseCache]:
    """Read the texts of a data folder; texts without flaws are cached in ``store``.

    The cache has the texts of the last run without flaws.  Additional ``languages`` of code
    blocks change the results.
    """
    of = (str(root), data, sorted(languages))
    known = store.get("prose", dict[str, Mentions], *of) or {}
    cache = ProseCache(known, languages)
    yield cache
    if cache.clean.keys() != known.keys():
        store.put("prose", cache.clean, *of)
