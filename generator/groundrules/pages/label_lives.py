"""`LabelLives`: the lives of labels over the years, measured for a picture.

The labels of an operating system share a row, with a bar for each different life.  What no record
says is a piece of its own: when a label came, or whether it is still supplied after it was seen.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from groundrules.records import Catalogue
from groundrules.records.platform import LIFE, Label, Platform, ProviderStatus
from groundrules.text import in_natural_order

LEFT, RIGHT, TOP = 132, 700, 24
THICK, GAP, LOWEST = 5, 2, 20
BEFORE = 14
"""The width of a piece whose begin nobody knows."""
FURTHEST = 100
"""The years before and after today that are drawn at most."""


class PieceKind(StrEnum):
    """What a piece of a bar says of a label."""

    SUPPLIED = "supplied"
    DEPRECATED = "deprecated"
    UNKNOWN = "unknown"
    NOT_SUPPLIED = "not-supplied"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class LifePiece:
    """A part of a bar, from ``begin`` to ``end``."""

    kind: PieceKind
    begin: float
    end: float

    @property
    def width(self) -> float:
        """The width, so that a day can be seen too."""
        return max(self.end - self.begin, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One life: its pieces, where its label was last seen, and where it was removed."""

    pieces: tuple[LifePiece, ...]
    seen: float | None
    removed: float | None


@dataclass(frozen=True, slots=True)
class LivesRow:
    """An operating system with the different lives of its labels."""

    name: str
    y: float
    bars: tuple[Bar, ...]

    @property
    def height(self) -> float:
        """The height, with the space around the bars."""
        return max(len(self.bars) * (THICK + GAP) + 3 * GAP, LOWEST)

    @property
    def placed(self) -> list[tuple[float, Bar]]:
        """The bars, each with its top."""
        top = self.y + (self.height - len(self.bars) * (THICK + GAP) + GAP) / 2
        return [(top + at * (THICK + GAP), bar) for at, bar in enumerate(self.bars)]


@dataclass(frozen=True, slots=True)
class LabelLives:
    """The picture: its years with their places, today, and the rows."""

    years: tuple[tuple[int, float], ...]
    today: float
    rows: tuple[LivesRow, ...]

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.rows[-1].y + self.rows[-1].height


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    @property
    def end(self) -> datetime.date:
        """The last day that is drawn."""
        return datetime.date(self.last, 12, 31)

    def __call__(self, date: datetime.date) -> float:
        """Return the place of a day; one that is too far away is at the edge."""
        begin = datetime.date(self.first, 1, 1)
        share = (date - begin) / (self.end - begin)
        return round(LEFT + min(max(share, 0), 1) * (RIGHT - LEFT), 1)


def label_lives(catalogue: Catalogue) -> LabelLives | None:
    """Return the lives of all labels; None if there is nothing to draw."""
    pairs = [pair for pair in catalogue.labels.values() if not pair[0].example]
    labels = [lived(platform, label) for platform, label in pairs]
    supplied = [_supplied(platform, label, catalogue.today) for platform, label in pairs]
    if not any(getattr(label, key) for label in labels for key in LIFE):
        return None
    today = catalogue.today
    dates = (date for label in labels for date in _dates(label))
    known = [today, *dates, *(day for day in supplied if day)]
    first = max(min(known).year, today.year - FURTHEST)
    scale = _Scale(first, min(max(known).year, today.year + FURTHEST))
    systems: dict[str, dict[Bar, None]] = {}
    for label, day in zip(labels, supplied, strict=True):
        if (bar := _bar(label, day, today, scale)).pieces:
            systems.setdefault(label.operating_system or "not known", {})[bar] = None
    if not systems:
        return None
    return LabelLives(_years(scale), scale(today), tuple(_rows(systems)))


def _rows(systems: dict[str, dict[Bar, None]]) -> Iterator[LivesRow]:
    y: float = TOP
    for name in in_natural_order(systems):
        bars = sorted(systems[name], key=lambda bar: bar.pieces[0].begin)
        yield (row := LivesRow(name, y, tuple(bars)))
        y += row.height


def _years(scale: _Scale) -> tuple[tuple[int, float], ...]:
    step = (scale.last - scale.first) // 16 + 1
    years = range(scale.first, scale.last + 1, step)
    return tuple((year, scale(datetime.date(year, 1, 1))) for year in years)


def lived(platform: Platform, label: Label) -> Label:
    """Return a label that goes with its platform; nobody knows that it came with it."""
    return platform.dated(label).model_copy(update={"since": label.since})


def _dates(label: Label) -> Iterator[datetime.date]:
    for key in LIFE:
        if date := getattr(label, key):
            yield date
    if label.seen:
        yield label.seen.date


def _supplied(platform: Platform, label: Label, today: datetime.date) -> datetime.date | None:
    """Return the last day for which a provider is known to supply nodes of a label."""
    days = (
        provider.as_of
        for provider in platform.suppliers(label)
        if provider.status is ProviderStatus.ACTIVE and provider.as_of <= today
    )
    return max(days, default=None)


def _bar(label: Label, supplied: datetime.date | None, today: datetime.date, scale: _Scale) -> Bar:
    pieces = tuple(_pieces(label, supplied, today, scale))
    seen = scale(label.seen.date) if label.seen else None
    return Bar(pieces, seen, scale(label.removed) if label.removed else None)


def _pieces(
    label: Label, supplied: datetime.date | None, today: datetime.date, scale: _Scale
) -> Iterator[LifePiece]:
    """Yield the pieces of a life, oldest first.

    A plan to end it, or none, says nothing of whether it is supplied today.
    """
    past = [date for date in (*_dates(label), supplied) if date and date <= today]
    begin = label.since or min(past, default=today)
    if label.since is None:
        yield LifePiece(PieceKind.UNKNOWN, max(scale(begin) - BEFORE, LEFT), scale(begin))
    ends = [date for date in (label.not_supplied, label.removed) if date]
    end = min((date for date in ends if date <= today), default=None)
    known = end or max(past, default=today)
    # a warning not to use it holds until it ends
    warned = label.deprecated if label.deprecated and label.deprecated <= today else None
    last = (end or today) if warned else known
    is_open = label.since is not None and label.since > today and not ends
    plan = max(scale.end, begin) if is_open else max(_dates(label), default=today)
    first = PieceKind.PLANNED if begin > today else PieceKind.SUPPLIED
    for kind, start, stop in (
        (PieceKind.SUPPLIED, begin, min(warned or known, known)),
        (PieceKind.DEPRECATED, max(begin, warned or last), last),
        (PieceKind.UNKNOWN, last, last if end else today),
        (PieceKind.NOT_SUPPLIED, label.not_supplied, min(label.removed or today, today)),
        (PieceKind.PLANNED, max(begin, today), plan),
    ):
        is_first_day = kind is first and start == label.since == stop
        if start is not None and (start < stop or is_first_day):
            yield LifePiece(kind, scale(start), scale(stop))
