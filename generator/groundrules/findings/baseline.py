"""`Baseline`: known findings, which are not reported; they are matched by fingerprint."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from groundrules.diagnostics import Diagnostic
from groundrules.findings.fingerprints import fingerprint

VERSION = 1


class BadBaselineError(Exception):
    """A file that is not a baseline; the message says why."""


class BaselineEntry(NamedTuple):
    """A line of the file; path and message are only for readers."""

    path: str
    rule: str
    fingerprint: str
    message: str = ""

    @property
    def key(self) -> BaselineEntry:
        """The key of an entry, without path and message."""
        return self._replace(path="", message="")


class Baseline(Struct, frozen=True):
    """Entries with their number of findings."""

    entries: Mapping[BaselineEntry, int] = {}

    @classmethod
    def of(
        cls,
        diagnostics: Iterable[Diagnostic],
        texts: Mapping[str, str],
        prefixes: Sequence[str] = (),
    ) -> Baseline:
        """Return the baseline of these findings."""
        entries = [_entry(diagnostic, texts, prefixes) for diagnostic in diagnostics]
        counts = Counter(entry.key for entry in entries)
        shown = {entry.key: entry for entry in reversed(entries)}
        return cls({entry: counts[key] for key, entry in shown.items()})

    @classmethod
    def read(cls, text: str) -> Baseline:
        """Return the baseline in a file; raises `BadBaselineError`."""
        try:
            data = json.loads(text)
            if data["version"] != VERSION:
                raise BadBaselineError(f"its version is {data['version']}, not {VERSION}")
            return cls(dict(_read(entry) for entry in data["findings"]))
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            raise BadBaselineError("it was not written by --update-baseline") from None

    def text(self) -> str:
        """Return the file: a sorted line for each finding, so that a review shows changes."""
        lines = [
            json.dumps({**entry._asdict(), "count": count})
            for entry, count in sorted(self.entries.items())
        ]
        body = ",\n    ".join(lines)
        findings = f"[\n    {body}\n  ]" if lines else "[]"
        return f'{{\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'

    def split(
        self,
        diagnostics: Iterable[Diagnostic],
        texts: Mapping[str, str],
        prefixes: Sequence[str] = (),
    ) -> tuple[list[Diagnostic], list[Diagnostic], list[BaselineEntry]]:
        """Return the new findings, the known ones, and the entries that no longer occur."""
        left: Counter[BaselineEntry] = Counter()
        for entry, count in self.entries.items():
            left[entry.key] += count
        new: list[Diagnostic] = []
        known: list[Diagnostic] = []
        for diagnostic in diagnostics:
            key = _entry(diagnostic, texts, prefixes).key
            (known if left[key] > 0 else new).append(diagnostic)
            left[key] -= 1
        gone = [entry for entry in sorted(self.entries) if left[entry.key] > 0]
        return new, known, gone

    def without(self, rules: Collection[str]) -> Baseline:
        """Return the entries of other rules than those given, which this run did not check."""
        return Baseline({entry: n for entry, n in self.entries.items() if entry.rule not in rules})

    def __or__(self, other: Baseline) -> Baseline:
        return Baseline({**self.entries, **other.entries})


def _entry(
    diagnostic: Diagnostic, texts: Mapping[str, str], prefixes: Sequence[str]
) -> BaselineEntry:
    return BaselineEntry(
        diagnostic.location.path,
        diagnostic.rule.id,
        fingerprint(diagnostic, texts, prefixes),
        diagnostic.message,
    )


def _read(entry: dict[str, Any]) -> tuple[BaselineEntry, int]:
    count = entry["count"]
    words = [entry[name] for name in BaselineEntry._fields]
    if not all(isinstance(word, str) for word in words) or not isinstance(count, int):
        raise TypeError
    return BaselineEntry(*words), count
