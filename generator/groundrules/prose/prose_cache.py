"""`ProseCache`: caches the results of docutils for texts without flaws.

Importing docutils takes as long as a check without it, and each text takes a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from groundrules.diagnostics import Rule
from groundrules.prose.record_text import block, is_simple
from groundrules.store import digest


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at character ``index`` of a text."""

    rule: Rule
    index: int
    message: str


class RoleUse(NamedTuple):
    """A role of the manual's own domain that names a record, at character ``position``."""

    kind: str
    name: str
    position: int


Mentions = tuple[RoleUse, ...]


class Findings(NamedTuple):
    """The flaws of a text, and the records that it mentions."""

    flaws: tuple[Flaw, ...] = ()
    mentions: Mentions = ()


@dataclass(slots=True)
class ProseCache:
    """Reads texts; ``known`` is what `clean` was in an earlier run.

    ``clean`` are the mentions of texts without a flaw, by the text's digest.  ``languages`` are
    those of code that a build knows beside Pygments' own.
    """

    known: Mapping[str, Mentions] = field(default_factory=dict)
    languages: AbstractSet[str] = frozenset()
    clean: dict[str, Mentions] = field(init=False, default_factory=dict)

    def of(self, text: str) -> Findings:
        """Return the flaws and mentions of a text of reStructuredText."""
        text = block(text)
        if is_simple(text):
            return Findings()
        key = digest(text)
        mentions = self.clean.get(key, self.known.get(key))
        findings = _read(text, self.languages) if mentions is None else Findings((), mentions)
        if not findings.flaws:
            self.clean[key] = findings.mentions
        return findings


def _read(text: str, languages: AbstractSet[str]) -> Findings:
    from groundrules.prose.markup import read_markup

    reading = read_markup(text, languages)
    return Findings(tuple(reading.flaws), tuple(reading.mentions))
