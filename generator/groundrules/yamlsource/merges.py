"""`Merges`: the keys that ``<<`` merges into a mapping, as in PyYAML 6.0.3.

Keys and their order are those of its ``SafeConstructor.flatten_mapping``, with which Zuul's
graphs were recorded: in a list the first mapping wins (https://yaml.org/type/merge.html), with
several ``<<`` in one mapping the last.  PyYAML 6.0.4 does not reverse the list, but skips keys
that it has seen as the same object, so another mapping can win.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from groundrules.yamlsource.values import Mapping, Mark, Place, Problem, place_of


class Pair(NamedTuple):
    """A value of a mapping, and the mark of its key, which merged pairs share."""

    mark: Mark
    value: Any


Pairs = dict[Hashable, dict[int, Pair]]
"""Pairs by key and by the identity of the mark: PyYAML 6.0.4 skips those it has seen."""


class MergedPairs(NamedTuple):
    """A mapping into which others were merged, with all its pairs in PyYAML.

    ``size`` is their number in PyYAML 6.0.3, which keeps overridden pairs.
    """

    mapping: Mapping
    pairs: Pairs
    size: int


class Merges(Struct):
    """Merges mappings, and records values that depend on the release of PyYAML.

    ``depends`` are the mappings with a value that depends on the release.  ``has_nested`` is true
    if a mapping that overrides a merged key was merged itself: see
    `groundrules.yamlsource.nodes`.
    """

    depends: list[Problem] = []
    has_nested: bool = False
    _merged: dict[int, MergedPairs] = {}

    @property
    def has_any(self) -> bool:
        """Whether the text has a ``<<``."""
        return bool(self._merged)

    def merge(self, own: Mapping, merged: list[list[Mapping]], place: Place) -> Mapping:
        """Return ``own`` with the merged keys first; ``merged`` has a list for each ``<<``."""
        value = Mapping()
        value.place, value._marks = own.place, {}
        for mapping in (*(mapping for group in merged for mapping in reversed(group)), own):
            value.update(mapping)
            value._marks.update(mapping._marks)
        self._note(value, [*(mapping for group in merged for mapping in group), own])
        if sum(map(len, merged)) > 1:
            self._compare(own, value, place)
        return value

    def _note(self, value: Mapping, mappings: list[Mapping]) -> None:
        """Store the pairs of ``value``, which come from ``mappings``."""
        pairs: Pairs = {}
        size = 0
        for mapping in mappings:
            known = self._merged.get(id(mapping))
            size += known.size if known else len(mapping)
            self.has_nested |= known is not None and known.size > len(mapping)
            for key, pair in _pairs_of(mapping, known):
                pairs.setdefault(key, {}).setdefault(id(pair.mark), pair)
        self._merged[id(value)] = MergedPairs(value, pairs, size)

    def _compare(self, own: Mapping, value: Mapping, place: Place) -> None:
        """Record the keys for which PyYAML 6.0.4 uses another value."""
        for key, pairs in self._merged[id(value)].pairs.items():
            first, *_, last = [*pairs.values()] * 2
            # Python has one object for each text of one letter, so 6.0.4 skips these too
            newer, mark = first if len(str(key)) == 1 else last, value._marks[key][0]
            if key in own or newer.mark is mark or newer.value == value[key]:
                continue
            lines = place_of(mark).line, place_of(newer.mark).line
            message = (
                f"the value of {key!r} depends on the release of PyYAML: 6.0.3 takes that of line "
                f"{lines[0]}, 6.0.4 that of line {lines[1]}; write {key!r} in this mapping"
            )
            self.depends.append(Problem(message, *place))


def _pairs_of(mapping: Mapping, known: MergedPairs | None) -> Iterator[tuple[Hashable, Pair]]:
    if known:
        return ((key, pair) for key, pairs in known.pairs.items() for pair in pairs.values())
    return ((key, Pair(mapping._marks[key][0], item)) for key, item in mapping.items())
