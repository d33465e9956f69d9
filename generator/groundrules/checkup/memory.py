"""`Memory`: what was clean of a data folder, from one check to the next.

Validating records and reading their prose takes most of a check.  A folder in which nothing was
found is not validated again before a byte of it, the day or this program changes; where one
does change, a text that docutils found nothing wrong with is not read again.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import groundrules
from groundrules.ci.zuul.cache import read_json, stamped, write_beside
from groundrules.claims import Claims
from groundrules.claims_store import from_plain, to_plain
from groundrules.diagnostics import Report
from groundrules.records.files import DataFolder
from groundrules.sphinxext.readings import Readings

LIBRARIES = ("docutils", "pydantic", "pydantic_core", "yaml")
DAMAGE = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(slots=True)
class Memory:
    """What is known of one data folder; ``cache`` is the folder of caches."""

    root: Path
    data: str
    cache: Path
    texts: dict[str, str] = field(init=False, default_factory=dict)
    readings: Readings = field(init=False)
    _program: str = field(init=False)
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        report = Report()
        self._program = _digest(list(_modules()))
        total = blake2b(digest_size=20)
        for file in DataFolder(self.root, self.data, report).files():
            data = file.data or b""
            total.update(repr((file.kind, file.path, len(data))).encode())
            total.update(data)
            self.texts[file.path] = data.decode("utf-8", "replace")
        key = _digest((self._program, str(datetime.date.today()), total.hexdigest()))
        self._key = "" if report.found else key
        self.readings = Readings(self._recall("prose", self._program) or {})

    def claims(self) -> Claims | None:
        """Return the claims of a folder that was clean and has not changed."""
        try:
            found = from_plain(self._recall("claims", self._key)) if self._key else None
        except DAMAGE:
            return None
        return found if isinstance(found, Claims) else None

    def keep_claims(self, claims: Claims) -> None:
        """Remember the claims of a folder in which nothing was found."""
        if self._key:
            self._keep("claims", self._key, to_plain(claims))

    def keep_readings(self) -> None:
        """Remember the texts of this run that docutils found nothing wrong with, no others."""
        if self.readings.clean.keys() != self.readings.kept.keys():
            self._keep("prose", self._program, self.readings.clean)

    def _recall(self, what: str, key: str) -> Any:
        """Return what was kept under a key, None where it was another or anything is damaged."""
        known = read_json(self._path(what))
        text = known.get(what) if known else None
        if not known or not isinstance(text, str) or known.get("key") != _digest((key, text)):
            return None
        try:
            return json.loads(text)
        except ValueError:
            return None

    def _keep(self, what: str, key: str, plain: Any) -> None:
        """Write it with a key of the content too, so that damage shows."""
        text = json.dumps(plain, separators=(",", ":"))
        write_beside(self._path(what), stamped({"key": _digest((key, text)), what: text}))

    def _path(self, what: str) -> Path:
        where = blake2b(repr((str(self.root), self.data)).encode(), digest_size=8).hexdigest()
        return self.cache / f"{what}-{where}.json"


def _digest(parts: object) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _modules() -> Iterator[tuple[str, int]]:
    """Yield what finds mistakes, with its times: other code may find others."""
    for name in LIBRARIES:
        if (found := find_spec(name)) and found.origin:
            yield found.origin, os.stat(found.origin).st_mtime_ns  # noqa: PTH116 (measured)
    for folder, _, names in os.walk(Path(groundrules.__file__).parent):
        for name in names:
            if name.endswith(".py"):
                path = f"{folder}/{name}"
                yield path, os.stat(path).st_mtime_ns  # noqa: PTH116 (measured)
