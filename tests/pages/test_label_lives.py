"""The picture of the lives of labels: what is known, planned and not known, by its dates."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest

from groundrules.pages.label_lives import LEFT, RIGHT, label_lives
from groundrules.pages.render import Templates
from groundrules.records import Catalogue
from groundrules.records.manual import Manual
from groundrules.records.platform import Label, Platform, Provider
from steps import growth

MANUAL = Manual(title="M", publisher="P", summary="S.")
TODAY = datetime.date(2026, 7, 1)
SEEN = {"date": "2025-01-01", "where": "our jobs"}
SVG = "{http://www.w3.org/2000/svg}"


def lives(*labels: dict, **platform):
    made = tuple(
        Label(**{"name": f"label-{at}", "operating_system": "A", **each})
        for at, each in enumerate(labels)
    )
    record = Platform(id="vm", title="T", summary="S.", labels=made, **platform)
    return label_lives(Catalogue(MANUAL, platforms=(record,), today=TODAY))


def pieces(*providers: Provider, **dates) -> list[str]:
    """Return the pieces of a label, each with its first and last year and part of the year."""
    frame = {"since": "2020-01-01", "removed": "2021-01-01", "operating_system": "Z"}
    last = {"since": "2028-01-01", "operating_system": "Z"}
    drawn = lives(dates, frame, last, providers=providers)
    [bar] = drawn.rows[0].bars
    return [f"{piece.kind} {_year(piece.begin):.1f} {_year(piece.end):.1f}" for piece in bar.pieces]


def _year(place: float) -> float:
    """Return the year of a place in a picture from 2020 to 2028."""
    return 2020 + (place - LEFT) / (RIGHT - LEFT) * 9


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"since": "2022-01-01", "removed": "2024-01-01"}, ["supplied 2022.0 2024.0"]),
        (
            {"since": "2022-01-01", "deprecated": "2023-01-01", "removed": "2024-01-01"},
            ["supplied 2022.0 2023.0", "deprecated 2023.0 2024.0"],
        ),
        (
            {"since": "2022-01-01", "not_supplied": "2023-01-01", "removed": "2024-01-01"},
            ["supplied 2022.0 2023.0", "not-supplied 2023.0 2024.0"],
        ),
        (
            {"since": "2022-01-01", "not_supplied": "2023-01-01"},
            ["supplied 2022.0 2023.0", "not-supplied 2023.0 2026.5"],
        ),
        (
            {"since": "2022-01-01", "deprecated": "2023-01-01"},
            ["supplied 2022.0 2023.0", "deprecated 2023.0 2026.5"],
        ),
        (
            {"since": "2022-01-01", "removed": "2027-07-01"},
            ["supplied 2022.0 2022.0", "unknown 2022.0 2026.5", "planned 2026.5 2027.5"],
        ),
        (
            {"since": "2022-01-01", "seen": SEEN, "not_supplied": "2027-07-01"},
            ["supplied 2022.0 2025.0", "unknown 2025.0 2026.5", "planned 2026.5 2027.5"],
        ),
        (
            {"since": "2022-01-01", "deprecated": "2024-01-01", "removed": "2027-07-01"},
            ["supplied 2022.0 2024.0", "deprecated 2024.0 2026.5", "planned 2026.5 2027.5"],
        ),
        ({"since": "2027-01-01"}, ["planned 2027.0 2029.0"]),
    ],
)
def test_pieces_end_at_the_dates_of_the_record(dates, said):
    assert pieces(**dates) == said


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (
            {"since": "2022-01-01", "seen": SEEN},
            ["supplied 2022.0 2025.0", "unknown 2025.0 2026.5"],
        ),
        ({"since": "2022-01-01"}, ["supplied 2022.0 2022.0", "unknown 2022.0 2026.5"]),
        ({"seen": SEEN}, ["unknown 2024.8 2025.0", "unknown 2025.0 2026.5"]),
        ({"removed": "2024-01-01"}, ["unknown 2023.8 2024.0"]),
        ({}, ["unknown 2026.3 2026.5"]),
    ],
)
def test_what_no_record_says_is_drawn_as_not_known(dates, said):
    assert pieces(**dates) == said


def provider(status: str = "active", day: str = "2026-01-01", label: str = "label-0") -> Provider:
    return Provider(name="cloud", status=status, as_of=day, labels=[label])


@pytest.mark.parametrize(
    ("given", "dates", "said"),
    [
        (provider(), {}, ["supplied 2022.0 2026.0", "unknown 2026.0 2026.5"]),
        (
            provider(),
            {"removed": "2027-07-01"},
            ["supplied 2022.0 2026.0", "unknown 2026.0 2026.5", "planned 2026.5 2027.5"],
        ),
        (provider(), {"removed": "2024-01-01"}, ["supplied 2022.0 2024.0"]),
        (
            provider(),
            {"deprecated": "2024-01-01"},
            ["supplied 2022.0 2024.0", "deprecated 2024.0 2026.5"],
        ),
    ],
)
def test_a_provider_tells_until_when_a_label_is_known_to_be_supplied(given, dates, said):
    assert pieces(given, since="2022-01-01", **dates) == said


@pytest.mark.parametrize(
    "given",
    [provider("disabled"), provider("removed"), provider("unknown"), provider(day="2027-01-01"),
     provider(label="other-*")],
)  # fmt: skip
def test_other_providers_tell_nothing_of_it(given):
    alone = ["supplied 2022.0 2022.0", "unknown 2022.0 2026.5"]
    assert pieces(given, since="2022-01-01") == alone


def test_labels_go_with_their_platform_but_need_not_have_come_with_it():
    [row] = lives({}, since="2020-01-01", removed="2024-01-01").rows
    [bar] = row.bars
    assert [piece.kind for piece in bar.pieces] == ["unknown"]
    assert bar.removed == bar.pieces[-1].end


def test_labels_of_a_system_with_the_same_dates_share_a_bar():
    drawn = lives(
        {"operating_system": "Debian 10", "since": "2020-01-01"},
        {"operating_system": "Debian 9", "since": "2018-01-01"},
        {"operating_system": "Debian 9", "since": "2017-01-01"},
        {"operating_system": "Debian 9", "since": "2018-01-01"},
    )
    assert [(row.name, len(row.bars)) for row in drawn.rows] == [("Debian 9", 2), ("Debian 10", 1)]
    first, second = drawn.rows[0].bars
    assert first.pieces[0].begin < second.pieces[0].begin


def test_every_bar_is_inside_its_row_and_every_row_below_the_one_before():
    drawn = lives(*({"since": f"20{10 + at}-01-01"} for at in range(9)), {"operating_system": "B"})
    first, second = drawn.rows
    tops = [top for top, _ in first.placed]
    assert first.y < tops[0]
    assert tops[-1] + 5 < first.y + first.height == second.y
    assert drawn.bottom == second.y + second.height


def test_without_a_date_of_any_life_there_is_no_picture():
    assert lives({}, {"seen": SEEN}) is None
    assert label_lives(Catalogue(MANUAL, today=TODAY)) is None


def test_years_end_a_century_before_and_after_today():
    drawn = lives({"since": "0001-01-01", "removed": "9999-12-31"}, {"since": "9999-12-31"})
    assert len(drawn.years) <= 17
    assert drawn.years[0] == (1926, LEFT)
    assert drawn.years[-1][0] <= 2126
    whole, _ = drawn.rows[0].bars
    assert (whole.pieces[0].begin, whole.removed) == (LEFT, RIGHT)


def test_a_label_that_comes_on_the_last_day_drawn_has_a_bar():
    [bar] = lives({"since": "2028-12-31"}).rows[0].bars
    assert [(piece.kind, piece.begin, piece.width) for piece in bar.pieces] == [
        ("planned", RIGHT, 1)
    ]


def test_a_label_that_is_gone_on_the_day_of_its_coming_has_a_bar():
    [bar] = lives({"since": "2028-05-05", "removed": "2028-05-05"}).rows[0].bars
    assert [piece.kind for piece in bar.pieces] == ["planned"]


def test_a_label_that_comes_after_its_platform_went_has_no_bar():
    late = {"since": "2025-01-01", "operating_system": "B"}
    drawn = lives(late, {"since": "2019-01-01"}, removed="2020-01-01")
    assert [row.name for row in drawn.rows] == ["A"]
    assert lives(late, removed="2020-01-01") is None


def test_the_picture_is_valid_and_names_are_text():
    drawn = lives({"operating_system": "<A & B>", "since": "2020-01-01", "seen": SEEN})
    words = dict.fromkeys(
        ("title", "description", "supplied", "deprecated", "not_supplied", "planned", "unknown",
         "seen", "removed", "today"), "a <word>",
    )  # fmt: skip
    svg = Templates().picture("lives", {"lives": drawn, "words": words})
    picture = ElementTree.fromstring(svg)  # noqa: S314
    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title") == picture.findtext(f"{SVG}desc") == "a <word>"
    assert picture.find(f"{SVG}g/{SVG}text").text == "<A & B>"


def test_the_cost_is_in_proportion_to_the_number_of_labels():
    def drawn(size: int):
        years = ({"since": f"{2000 + at % 20}-01-01"} for at in range(size))
        labels = tuple(
            Label(name=f"label-{at}", operating_system=f"System {at % 7}", **each)
            for at, each in enumerate(years)
        )
        platform = Platform(id="vm", title="T", summary="S.", labels=labels)
        catalogue = Catalogue(MANUAL, platforms=(platform,), today=TODAY)
        return lambda: label_lives(catalogue)

    assert growth(drawn, 500) == pytest.approx(2, abs=0.1)


def test_a_provider_that_lists_its_labels_costs_in_proportion_to_them():
    def drawn(size: int):
        names = [f"label-{at}" for at in range(size)]
        labels = tuple(Label(name=name, operating_system="L", since="2020-01-01") for name in names)
        provider = Provider(name="p", status="active", as_of="2026-01-01", labels=tuple(names))
        platform = Platform(id="vm", title="T", summary="S.", labels=labels, providers=(provider,))
        catalogue = Catalogue(MANUAL, platforms=(platform,), today=TODAY)
        return lambda: label_lives(catalogue)

    assert growth(drawn, 200) == pytest.approx(2, abs=0.1)
