"""What an expression decides for all texts with one beginning, such as the refs of all tags.

RE2 gives the least and the greatest text that an expression can match.  An expression that matches
the beginning itself matches every text that continues it, unless it looks at what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Any, cast

import re2

from groundrules.ci.zuul.reading.expressions import Expression, for_re2
from groundrules.ci.zuul.reading.lookaheads import Compile, Lookaheads, NotLinearError

LONGEST_RANGE = 200
_WORD = re.compile(r"\\[bB]")  # RE2's range does not count what it matches without a text
_LOOKS = re.compile(r"\$|\\[zQ]")  # a literal '$' is taken for one that looks
_ANY_REST = re.compile(r"(?<!\\)\.([*+])\$?\Z")

Decides = Callable[[str], "bool | None"]


def decided(expression: Expression, beginning: str) -> bool | None:
    """Return whether it matches all texts with this beginning, or none of them.

    None if that depends on the rest of the text, or is not known.  The rest is on one line, and
    is not empty after a slash.
    """
    if not expression.is_run:
        return None
    try:
        result = _decides(expression.pattern)(beginning)
    except NotLinearError:
        return None
    return None if result is None else result is not expression.negate


def beginning_of(pattern: str) -> str:
    """Return the beginning of all texts that an expression matches; empty if it is not known."""
    try:
        least, greatest = _range(for_re2(pattern))
    except re2.error:
        return ""
    pairs = zip(least, greatest, strict=False)
    equal = takewhile(lambda pair: pair[0] == pair[1], pairs)
    return bytes(byte for byte, _ in equal).decode("utf-8", "ignore")


def joined(results: Iterable[bool | None]) -> bool | None:
    """Return whether one of several is true; None if only unknown ones may be."""
    known = set(results)
    return True if True in known else None if None in known else False


@lru_cache(maxsize=1024)
def _decides(pattern: str) -> Decides:
    """Raises `NotLinearError`."""
    try:
        return _of_re2(pattern)[0]
    except ValueError:
        parts = Lookaheads.of(pattern, cast("Compile", _of_re2))
    return lambda beginning: joined(
        _all([part.start(beginning), *(_is(ahead(beginning), to) for ahead, to in part.ahead)])
        for part in parts.alternatives
    )


def _is(result: bool | None, wanted: bool) -> bool | None:
    return None if result is None else result is wanted


def _all(results: Iterable[bool | None]) -> bool | None:
    known = set(results)
    return False if False in known else None if None in known else True


def _of_re2(pattern: str) -> tuple[Decides, Decides]:
    """Return what decides for RE2, twice as `Lookaheads` needs it.  Raises `ValueError`."""
    try:
        compiled = for_re2(pattern)
    except re2.error as error:
        raise ValueError(str(error)) from None
    least, greatest = _range(compiled)

    def decides(beginning: str) -> bool | None:
        if not _is_possible(beginning.encode(), least, greatest):
            return False
        return True if _is_certain(pattern, beginning) else None

    return decides, decides


def _range(compiled: Any) -> tuple[bytes, bytes]:
    """Return the least and the greatest text that is matched, cut to `LONGEST_RANGE`."""
    if _WORD.search(compiled.pattern):
        return b"", b"\xff"
    try:
        return cast("tuple[bytes, bytes]", compiled.possiblematchrange(LONGEST_RANGE))
    except re2.error:
        return b"", b"\xff"


def _is_possible(beginning: bytes, least: bytes, greatest: bytes) -> bool:
    """Return whether a text with this beginning may start with a text of a range."""
    if least.startswith(beginning) or least <= beginning <= greatest:
        return True
    return any(least <= beginning[:end] <= greatest for end in range(len(beginning)))


def _is_certain(pattern: str, beginning: str) -> bool:
    """Return whether the beginning matches, and nothing of the expression looks at the rest."""
    rest = _ANY_REST.search(pattern)
    if rest and (rest[1] == "*" or beginning.endswith("/")):
        pattern = pattern[: rest.start()]
    if _LOOKS.search(pattern) or _WORD.search(pattern):
        return False
    try:
        return for_re2(pattern).match(beginning) is not None
    except re2.error:
        return False
