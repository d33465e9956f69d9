"""`ProseCache`: what docutils finds in texts; a text that it once found nothing wrong with is kept.

Docutils takes as long to import as a check of data without it, and a millisecond for a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from groundrules.diagnostics import Rule
from groundrules.pages.rst import block, is_simple


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at character ``index`` of a text."""

    rule: Rule
    index: int
    message: str


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role of the manual's own domain that names a record, at character ``index``."""

    kind: str
    name: str
    index: int


class Findings(NamedTuple):
    """The flaws of a text, and the records that it mentions."""

    flaws: tuple[Flaw, ...] = ()
    mentions: tuple[RoleUse, ...] = ()


@dataclass(slots=True)
class ProseCache:
    """Reads texts; ``kept`` is what an earlier `clean` was, the mentions of texts by digest.

    ``languages`` are those of code that a build knows beside Pygments' own.
    """

    kept: Mapping[str, Any] = field(default_factory=dict)
    languages: AbstractSet[str] = frozenset()
    clean: dict[str, list[tuple[str, str, int]]] = field(init=False, default_factory=dict)

    def of(self, text: str) -> Findings:
        """Return what is to be told of a text of reStructuredText."""
        text = block(text)
        if is_simple(text):
            return Findings()
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
        found = self._kept(key) or _read(text, self.languages)
        if not found.flaws:
            self.clean[key] = [(each.kind, each.name, each.index) for each in found.mentions]
        return found

    def _kept(self, key: str) -> Findings | None:
        """Return what a text was read to say, in this run or an earlier one."""
        found = self.clean.get(key, self.kept.get(key))
        if found is None:
            return None
        return Findings(mentions=tuple(RoleUse(*each) for each in found))


def _read(text: str, languages: AbstractSet[str]) -> Findings:
    from groundrules.prose.markup import read_markup

    reading = read_markup(text, languages)
    return Findings(tuple(reading.flaws), tuple(reading.mentions))
