"""`ValueBars`: the picture of the numbers that nodes had, with the bounds of the promise."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundrules.records.measured import MOST_BINS

WIDTH, HEIGHT, MARGIN = 160, 36, 4
THIN = 3
"""The least width of a bar, and the height of one for few nodes."""


@dataclass(frozen=True, slots=True)
class ValueBar:
    """The nodes with a number between two others; with ``is_outside``, all of them break it."""

    x: float
    width: float
    height: float
    is_outside: bool

    @property
    def y(self) -> float:
        """Its top."""
        return round(HEIGHT - self.height, 1)


@dataclass(frozen=True, slots=True)
class ValueBars:
    """The picture: its bars, and the places of the bounds."""

    bars: tuple[ValueBar, ...]
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _ValueScale:
    least: float
    most: float

    def __call__(self, value: float) -> float:
        """Return the place of a number."""
        if self.most == self.least:
            return WIDTH / 2
        share = (value - self.least) / (self.most - self.least)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def value_bars(
    least: float,
    most: float,
    counts: Sequence[int],
    at_least: float | None = None,
    at_most: float | None = None,
    one_of: Sequence[float] = (),
) -> ValueBars | None:
    """Return the picture of the numbers of nodes, counted in equally wide steps.

    With ``one_of``, only those numbers keep the promise.  None if there is nothing to draw.
    """
    bounds = [bound for bound in (at_least, at_most, *one_of) if bound is not None]
    numbers = (least, most, *bounds)
    is_drawn = 0 < len(counts) <= MOST_BINS and min(counts) >= 0 and any(counts)
    if not is_drawn or least > most or not all(map(math.isfinite, numbers)):
        return None
    scale = _ValueScale(min(numbers), max(numbers))
    step = (most - least) / len(counts)
    spans = [(least + at * step, least + (at + 1) * step) for at in range(len(counts))]
    outside = [_is_outside(span, at_least, at_most, one_of) for span in spans]
    bars = _bars(counts, [(scale(begin), scale(end)) for begin, end in spans], outside)
    return ValueBars(tuple(bars), tuple(dict.fromkeys(map(scale, bounds))))


def _is_outside(
    span: tuple[float, float],
    at_least: float | None,
    at_most: float | None,
    one_of: Sequence[float],
) -> bool:
    begin, end = span
    is_less = at_least is not None and end < at_least
    is_more = at_most is not None and begin > at_most
    is_other = bool(one_of) and not any(begin <= number <= end for number in one_of)
    return is_less or is_more or is_other


def _bars(
    counts: Sequence[int], places: Sequence[tuple[float, float]], outside: Sequence[bool]
) -> Iterator[ValueBar]:
    largest = max(counts)
    for count, (begin, end), is_outside in zip(counts, places, outside, strict=True):
        if count:
            x, width = _wide_enough(begin, end)
            height = round(max(count / largest * (HEIGHT - MARGIN), THIN), 1)
            yield ValueBar(x, width, height, is_outside)


def _wide_enough(begin: float, end: float) -> tuple[float, float]:
    """Return the place and width of a bar that can be seen, with a gap to the next one."""
    width = end - begin - 1
    if width >= THIN:
        return begin, round(width, 1)
    return round((begin + end - THIN) / 2, 1), THIN
