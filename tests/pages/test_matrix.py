"""`matrix`: what every expectation says of every label that can be used today."""

from __future__ import annotations

import pytest

from groundrules.pages.matrix import bounds, matrix, named_bounds
from groundrules.records.expectation import Measure


def as_text(catalogue, topic=None) -> list[str]:
    """Return the matrix as lines of words: the columns, then a line a row."""
    made = matrix(catalogue, topic)
    return [
        " ".join(column.name for column in made.columns),
        *(
            " ".join([row.expectation.id, *(str(a.standing) if a else "-" for a in row.answers)])
            for row in made.rows
        ),
    ]


def test_rows_are_what_is_said_and_columns_what_can_be_used(catalogue):
    assert as_text(catalogue) == [
        "debian-12 debian-12-arm64 debian-11 executor",
        "memory-8gb guaranteed varies guaranteed -",
        "swap not-guaranteed not-guaranteed not-guaranteed not-guaranteed",
        "ipv6 varies varies varies -",
    ]


def test_a_topic_alone_has_its_rows_and_every_column(catalogue):
    assert as_text(catalogue, "network") == [
        "debian-12 debian-12-arm64 debian-11 executor",
        "ipv6 varies varies varies -",
    ]


def test_an_exception_answers_with_its_own_measure(catalogue):
    made = matrix(catalogue, "memory")
    answers = dict(zip([each.name for each in made.columns], made.rows[0].answers, strict=True))
    assert [answers["debian-12"].measure.at_least, answers["debian-12-arm64"].measure.at_least] == [
        7600,
        3600,
    ]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({"at_least": 7600, "at_most": 9000, "unit": "MB"}, "7600 to 9000 MB"),
        ({"at_least": 0.5}, "at least 0.5"),
        ({"at_most": 1500}, "at most 1500"),
        ({"at_least": 8, "at_most": 8, "unit": "GB"}, "8 GB"),
        ({"equals": "x86_64"}, "x86_64"),
        ({"equals": False}, "false"),
        ({"equals": 0, "unit": "MB"}, "0 MB"),
        ({"one_of": (1, "two", True)}, "one of 1, two, true"),
        ({"at_least": 16777216}, "at least 16777216"),
        ({"at_least": 123456789.5}, "at least 123456789.5"),
    ],
)
def test_bounds_in_words(measure, words):
    assert bounds(Measure(fact="fact", **measure)) == words


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({"equals": 0}, "fact: 0"),
        ({"equals": False}, "fact: false"),
        ({"one_of": (1, 2)}, "fact: one of 1, 2"),
        ({"equals": 0, "unit": "MB"}, "0 MB"),
        ({"equals": "x86_64"}, "x86_64"),
        ({"one_of": (1, "two")}, "one of 1, two"),
        ({"at_least": 8}, "at least 8"),
    ],
)
def test_a_value_that_says_nothing_alone_has_its_fact(measure, words):
    assert named_bounds(Measure(fact="fact", **measure)) == words
