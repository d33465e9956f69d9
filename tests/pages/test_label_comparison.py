"""`compared`: what differs between labels, and what is the same on all of them."""

from __future__ import annotations

from groundrules.pages.label_comparison import LabelComparison, compared
from groundrules.pages.matrix import Matrix, matrix


def as_text(made: LabelComparison) -> list[str]:
    """Return the columns of both tables, then a line for each row."""

    def row(mark: str, row) -> str:
        answers = [str(answer.standing) if answer else "-" for answer in row.answers]
        return " ".join([mark, row.expectation.id, *answers])

    return [
        " | ".join("=".join(column.name for column in group) for group in made.columns),
        " | ".join(column.name for column in made.others),
        *(row("≠", each) for each in made.differing),
        *(row("=", each) for each in made.same),
    ]


def test_labels_with_the_same_answers_share_a_column(catalogue):
    assert as_text(compared(matrix(catalogue))) == [
        "debian-12=debian-11 | debian-12-arm64",
        "executor",
        "≠ memory-8gb guaranteed varies",
        "= swap not-guaranteed not-guaranteed",
        "= ipv6 varies -",
    ]


def test_nothing_differs_on_a_topic_with_one_answer(catalogue):
    assert as_text(compared(matrix(catalogue, "network"))) == [
        "debian-12=debian-12-arm64=debian-11",
        "executor",
        "= ipv6 varies -",
    ]


def test_platforms_are_compared_where_none_has_labels(catalogue):
    every = matrix(catalogue)
    last = every.columns[-1:]
    rows = tuple(type(row)(row.topic, row.expectation, row.answers[-1:]) for row in every.rows)
    assert as_text(compared(Matrix(last, rows)))[:2] == ["executor", ""]


def test_a_matrix_of_nothing_compares_nothing():
    assert compared(Matrix((), ())) == LabelComparison((), (), (), ())
