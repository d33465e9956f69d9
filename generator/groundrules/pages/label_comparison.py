"""`LabelComparison`: a matrix by what differs between its labels, and what is the same on all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from groundrules.grouping import grouped
from groundrules.pages.matrix import Column, Matrix, Row, elsewhere, shown
from groundrules.records.expectation import ExpectationAnswer, Standing

Shown = tuple[Standing | None, str]
AnswerKey = tuple[Shown, tuple[tuple[tuple[str, ...], Shown], ...]]


@dataclass(frozen=True, slots=True)
class LabelComparison:
    """Two tables: rows that differ between labels, and rows that do not.

    Labels of one platform with the same answers share one of ``columns``.  The answers of the
    rows in ``same`` are those of all labels, then those of ``others``: platforms without labels.
    """

    columns: tuple[tuple[Column, ...], ...]
    differing: tuple[Row, ...]
    others: tuple[Column, ...]
    same: tuple[Row, ...]


def compared(matrix: Matrix) -> LabelComparison:
    """Return the comparison of a matrix; without labels, its platforms are compared."""
    with_labels = [at for at, column in enumerate(matrix.columns) if column.label]
    places = with_labels or [*range(len(matrix.columns))]
    others = [at for at in range(len(matrix.columns)) if at not in set(places)]
    keys = [[answer_key(answer) for answer in row.answers] for row in matrix.rows]
    differs = [len({row[at] for at in places}) > 1 for row in keys]
    differing = [row for row, is_different in zip(keys, differs, strict=True) if is_different]
    groups = [*_groups(matrix, differing, places)]
    # a platform without labels to which none of the rows applies has no column
    groups += [[at] for at in others if any(row[at][0][0] for row in differing)]
    same_places = [*places[:1], *others]
    return LabelComparison(
        tuple(tuple(matrix.columns[at] for at in group) for group in groups),
        tuple(_rows(matrix, differs, [group[0] for group in groups], chosen=True)),
        tuple(matrix.columns[at] for at in others),
        tuple(_rows(matrix, differs, same_places, chosen=False)),
    )


def answer_key(answer: ExpectationAnswer | None) -> AnswerKey:
    """Return what a cell says, to compare it with others."""
    return shown(answer), tuple((tuple(names), shown(other)) for names, other in elsewhere(answer))


def _groups(
    matrix: Matrix, rows: list[list[AnswerKey]], places: Iterable[int]
) -> Iterable[list[int]]:
    """Return the places of columns of one platform that are the same in all ``rows``."""
    return grouped(
        ((matrix.columns[at].platform.id, *(row[at] for row in rows)), at) for at in places
    ).values()


def _rows(matrix: Matrix, differs: list[bool], places: list[int], *, chosen: bool) -> Iterator[Row]:
    for row, is_different in zip(matrix.rows, differs, strict=True):
        if is_different is chosen:
            yield replace(row, answers=tuple(row.answers[at] for at in places))
