"""`Memory`: the claims of a data folder that was clean, from one check to the next.

Validating records and reading their prose takes most of a check.  A folder in which nothing was
found is not validated again before a byte of it, the day or this program changes.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import groundrules
from groundrules.ci.zuul.cache import read_json, stamped, write_beside
from groundrules.claims import Claims
from groundrules.claims_store import from_plain, to_plain
from groundrules.diagnostics import Report
from groundrules.records.files import DataFolder

DAMAGE = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(slots=True)
class Memory:
    """What is known of one data folder; ``cache`` is the folder of caches."""

    root: Path
    data: str
    cache: Path
    texts: dict[str, str] = field(init=False, default_factory=dict)
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        report = Report()
        total = blake2b(digest_size=20)
        for part in (datetime.date.today(), *_program()):
            total.update(repr(part).encode())
        for file in DataFolder(self.root, self.data, report).files():
            data = file.data or b""
            total.update(repr((file.kind, file.path, len(data))).encode())
            total.update(data)
            self.texts[file.path] = data.decode("utf-8", "replace")
        self._key = "" if report.found else total.hexdigest()

    def claims(self) -> Claims | None:
        """Return the claims of a folder that was clean and has not changed."""
        known = read_json(self._path) if self._key else None
        text = known.get("claims") if known else None
        if not known or not isinstance(text, str) or known.get("key") != self._key_of(text):
            return None
        try:
            found = from_plain(json.loads(text))
        except DAMAGE:
            return None
        return found if isinstance(found, Claims) else None

    def keep(self, claims: Claims) -> None:
        """Remember the claims of a folder in which nothing was found."""
        if self._key:
            text = json.dumps(to_plain(claims), separators=(",", ":"))
            write_beside(self._path, stamped({"key": self._key_of(text), "claims": text}))

    def _key_of(self, text: str) -> str:
        """Return the key of the folder and of what is kept of it, so that damage shows."""
        return blake2b(f"{self._key} {text}".encode(), digest_size=20).hexdigest()

    @property
    def _path(self) -> Path:
        where = blake2b(repr((str(self.root), self.data)).encode(), digest_size=8).hexdigest()
        return self.cache / f"claims-{where}.json"


def _program() -> Iterator[tuple[str, int]]:
    """Yield the modules of this program and their times: other code may find something."""
    for folder, _, names in os.walk(Path(groundrules.__file__).parent):
        for name in names:
            if name.endswith(".py"):
                path = f"{folder}/{name}"
                yield path, os.stat(path).st_mtime_ns  # noqa: PTH116 (measured)
