"""`rewritten`: a text with other values, edited only where a value differs.

An alias whose value becomes that of its anchor stays; one whose value differs is replaced by the
value.  Comments of removed items are removed with them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from groundrules.fix import Route
from groundrules.fixes.edits import NoWayError
from groundrules.fixes.proof import FixRefusedError, comment_texts, is_same, verified_value
from groundrules.fixes.value_edits import Remarks, ValueEdits
from groundrules.grouping import grouped
from groundrules.yamlsource import Problem, Tagged, read, untagged
from groundrules.yamlsource.spans import Node, parsed

_LINE_END = re.compile("\n")
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")
ROUNDS = 4
"""How often a text is edited: an edit of an anchor changes aliases and merges as well.

Those that must not change are edited in the next round.
"""


class Rewritten(Struct):
    """The new text, and the lines of aliases in the old one.

    ``shared`` are those that stay although their value changed, ``expanded`` those that are
    replaced by their values.
    """

    text: str
    shared: list[int] = []
    expanded: list[int] = []


def unshared(value: Any) -> Any:
    """Return a copy of a value in which nothing is shared and nothing has a place."""
    if isinstance(value, dict):
        return {key: unshared(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unshared(item) for item in value]
    return Tagged(value.tag, unshared(value.value)) if isinstance(value, Tagged) else value


class SourceText:
    """A text with its values and their places, read once for many edits."""

    def __init__(self, text: str) -> None:
        """Raises `Problem` if the text is not YAML."""
        self.text, self.parsed = text, read(text.encode("utf-8"))

    @cached_property
    def root(self) -> Node:
        """The places of the values."""
        return parsed(self.text)


def rewritten(
    source: SourceText, wanted: Any, remarks: Remarks = MappingProxyType({})
) -> Rewritten:
    """Return the text with the ``wanted`` values.  Raises `FixRefusedError` if it is impossible."""
    text, made = source.text, Rewritten(source.text)
    removed, number = "", 0
    try:
        while not is_same(verified_value(source.parsed), wanted):
            if number == ROUNDS:
                raise NoWayError("a value is shared through an anchor or a merge")
            edits = ValueEdits(made.text, remarks, overrides=number > 0)
            edits.value(source.root, source.parsed.value, wanted, ())
            made.shared += _lines(text, made.text, edits.shared)
            made.expanded += _lines(text, made.text, edits.expanded)
            removed += "".join(f"{made.text[edit.start : edit.end]}\n" for edit in edits.edits)
            made.text = edits.text
            source, number = SourceText(made.text), number + 1
    except (NoWayError, Problem) as error:
        raise FixRefusedError(str(error)) from None
    if _lost(text, made.text, removed):
        raise FixRefusedError("a comment would be lost")
    return made


def without_keys(text: str, routes: Collection[Route]) -> str:
    """Return the text without the keys at the ends of routes.

    An alias stays where all that share it lose the key; another one is replaced by its value.
    Raises `FixRefusedError`.
    """
    source = SourceText(text)
    values = unshared(source.parsed.value)
    for *above, last in routes:
        holder = values
        for step in above:
            holder = untagged(holder[step])
        holder.pop(last, None)
    return rewritten(source, values).text


def _lines(text: str, now: str, places: list[int]) -> list[int]:
    """Return the lines in the old text of aliases in a text that is partly edited.

    Edits add no alias, so that the third ``*name`` is the third one before too.
    """
    starts = [match.end() for match in _LINE_END.finditer(text)]
    before = _aliases(text)
    ordinals = {
        at: (name, number) for name, ats in _aliases(now).items() for number, at in enumerate(ats)
    }
    found = (ordinals[at] for at in places)
    return [bisect_right(starts, before[name][number]) + 1 for name, number in found]


def _aliases(text: str) -> dict[str, list[int]]:
    return grouped((match[0], match.start()) for match in _ALIAS.finditer(text))


def _lost(before: str, after: str, removed: str) -> bool:
    lost = Counter(comment_texts(before)) - Counter(comment_texts(after))
    return any(removed.count(comment) < count for comment, count in lost.items())
