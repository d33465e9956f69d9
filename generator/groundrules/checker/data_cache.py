"""`DataCache`: the claims of a data folder without findings, from one check to the next.

Validating records and parsing their prose takes most of a check.  A folder without findings is not
validated again until a byte of it, the day or this program changes.  Then texts without mistakes
are not parsed again if they are the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from groundrules.cache import digest, read_cache, write_cache
from groundrules.claims.claims import Claims
from groundrules.claims.store import from_plain, to_plain
from groundrules.diagnostics import Report
from groundrules.prose.prose_cache import ProseCache
from groundrules.records.files import DataFolder


@dataclass(slots=True)
class DataCache:
    """The cache of one data folder; ``cache`` is the folder of caches."""

    root: Path
    data: str
    cache: Path
    texts: dict[str, str] = field(init=False, default_factory=dict)
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        report = Report()
        total = blake2b(repr(datetime.date.today()).encode(), digest_size=20)
        for file in DataFolder(self.root, self.data, report).files():
            data = file.data or b""
            total.update(repr((file.kind, file.path, len(data))).encode())
            total.update(data)
            self.texts[file.path] = data.decode("utf-8", "replace")
        self._key = "" if report.found else total.hexdigest()

    def claims(self) -> Claims | None:
        """Return the claims of a folder that had no findings and has not changed."""
        known: dict[str, Any] = read_cache(self._path("claims")) or {}
        if not self._key or known.get("key") != self._key:
            return None
        claims: Claims = from_plain(known["claims"])
        return claims

    def keep_claims(self, claims: Claims) -> None:
        """Keep the claims of a folder without findings."""
        if self._key:
            content = {"key": self._key, "claims": to_plain(claims)}
            write_cache(self._path("claims"), content)

    def _path(self, what: str) -> Path:
        return _path(self.cache, self.root, self.data, what)


@contextmanager
def readings(
    root: Path, data: str, cache: Path | None, languages: AbstractSet[str]
) -> Iterator[ProseCache]:
    """Return the cache of the texts of a data folder; without ``cache``, one for this run.

    It keeps the texts of the last run that had no mistakes.  Each set of ``languages`` that code
    may be in has its own file.
    """
    path = cache and _path(cache, root, data, "prose", *sorted(languages))
    texts = ProseCache((path and read_cache(path)) or {}, languages)
    yield texts
    if path and texts.clean.keys() != texts.kept.keys():
        write_cache(path, texts.clean)


def _path(cache: Path, root: Path, data: str, what: str, *more: str) -> Path:
    """Return the file of a cache of a data folder."""
    where = digest(repr((str(root), data, *more)).encode())
    return cache / f"{what}-{where[:16]}.json"
