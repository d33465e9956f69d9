"""What a site shows of measurements on nodes, and which pages are read again."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html
from manual_copies import with_few_records

from measured_files import ARM_64, DEBIAN_12, KEPT

DAY = "1795996800"  # 30 November 2026
G = "generated/"
FILE = "data/measured/debian-12.yaml"
ARM_FILE = "data/measured/debian-12-arm64.yaml"
SHOWN = {
    "index",
    *(G + page for page in ("kept", "expectations/index", "expectations/memory-8gb")),
    *(G + f"labels/debian-{name}" for name in ("11", "12", "12-arm64")),
}


@pytest.fixture(scope="module", autouse=True)
def on_a_day():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        yield


@pytest.fixture(scope="module")
def site(tmp_path_factory, copy_of_small_manual):
    """The small manual with measurements, built."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("measured") / "manual")
    manual.doctrees_of = "html"
    manual.write(FILE, DEBIAN_12)
    manual.write(ARM_FILE, ARM_64)
    assert manual.build("html").warnings == ""
    assert manual.build("text").warnings == ""
    return manual


@pytest.fixture
def manual(site):
    with site.lent() as manual:
        yield manual


@pytest.fixture(scope="module")
def built(site):
    return site.build("html")


def tree(built, page: str):
    return html.fromstring(built.text(f"{page}.html"))


@pytest.mark.parametrize(
    "page", ["generated/kept", "generated/labels/debian-12", "generated/expectations/memory-8gb"]
)
def test_a_picture_has_a_text(built, page: str):
    [picture] = tree(built, page).xpath("//svg[@class='ci-values']")
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == (
        "Number of nodes in equally wide steps from 7100 to 16000 MB: 123, 0, 0, 1"
    )
    assert len(picture.xpath("rect")) == 2
    assert len(picture.xpath("rect[@class='ci-outside']")) == 1
    assert len(picture.xpath("path[@class='ci-bound']")) == 2
    assert "7100 to 16000 MB · median 7950.5 MB" in tree(built, page).text_content()


def test_only_pages_with_measurements_load_their_style(built):
    style = "groundrules/measured.css"
    assert style in built.text("generated/kept.html")
    assert style not in built.text("generated/labels/debian-11.html")
    assert style not in built.text("index.html")


def test_the_menu_and_the_front_page_lead_to_the_page(built):
    menu = built.app.env.toctree_includes["generated/expectations/index"]
    assert menu[-2:] == ["generated/matrix", "generated/kept"]
    front = tree(built, "index").xpath("//a[contains(@href, 'kept.html')]")
    assert [link.text_content() for link in front] == ["How well promises are kept"]


def test_the_front_page_names_what_is_broken(built):
    words = " ".join(tree(built, "index").text_content().split())
    assert "broken Nodes break these promises: At least 8 GB of memory on debian-12" in words


def test_other_formats_have_the_numbers_and_no_picture(site):
    text = site.build("text").text("generated/kept.txt")
    assert "svg" not in text
    assert "median" in text


def test_the_measurements_are_json_too(built):
    measured = json.loads(built.text("_data/measured.json"))
    assert measured["version"] == 1
    assert [
        (each["label"], each["expectation"], each["provider"], each["state"], each["kept"])
        for each in measured["measurements"]
    ] == [
        ("debian-12", "memory-8gb", "cloud-a", "broken", 120),
        ("debian-12-arm64", "memory-8gb", "cloud-a", "measured", 2),
    ]
    first = measured["measurements"][0]
    assert first["measure"]["at_least"] == 7600
    assert (first["last"], first["example"]) == ("2026-11-29", False)


def test_the_search_says_what_is_broken(built):
    entries = json.loads(built.text("searchentries.js").partition(" = ")[2].removesuffix(";\n"))
    states = {entry[1]: entry[3] for page in entries["pages"].values() for entry in page}
    assert states["memory-8gb"] == "guaranteed · broken"
    assert states["ipv6"] == "varies"


CHANGES = {
    # what changes in the file of a label → the pages that are read again
    "nothing": (("kept: 120\n", "kept: 120\n"), set()),
    "a comment": (("label: debian-12\n", "# Written by hand.\nlabel: debian-12\n"), set()),
    "the number of nodes": (
        ("    kept: 120\n", "    kept: 121\n"),
        {"index", G + "kept", G + "expectations/memory-8gb", G + "labels/debian-12"},
    ),
    "the history": (("day: 2026-10-31, kept: 80", "day: 2026-10-31, kept: 81"), {G + "kept"}),
    "the first day": (("first: 2026-09-01", "first: 2026-09-02"), set()),
    "a bin": (
        ("bins: [123, 0, 0, 1]", "bins: [122, 1, 0, 1]"),
        {G + "kept", G + "expectations/memory-8gb", G + "labels/debian-12"},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_another_measurement_reads_the_pages_that_show_it(manual, name: str):
    (old, new), pages = CHANGES[name]
    manual.replace(FILE, old, new)
    built = manual.build("text")
    assert (built.read, built.warnings) == (pages, "")


def test_the_first_measurement_changes_the_pages_of_what_can_be_measured(
    tmp_path, copy_of_small_manual
):
    manual = copy_of_small_manual(tmp_path / "manual")
    before = manual.build("text")
    assert "generated/kept.txt" not in before.texts
    manual.write(FILE, KEPT)
    built = manual.build("text")
    assert (built.read, built.warnings) == (SHOWN | {G + "expectations/ipv6"}, "")
    (manual.root / FILE).unlink()
    assert manual.build("text").texts == before.texts


def test_a_later_day_reads_only_pages_whose_age_is_another_one(manual, monkeypatch):
    of_today = {G + "platforms/index"}  # its picture has a line for today
    weeks = SHOWN - {G + "labels/debian-11", G + "expectations/index"}
    for days, pages in ((2, set()), (6, weeks | of_today)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY) + days * 86_400))
        assert manual.build("text").read == pages, days


def test_an_old_measurement_is_no_mistake_beside_others(manual):
    manual.write(FILE, KEPT.replace("2026-11-08", "2025-11-08"))
    manual.replace("data/expectations/memory.yaml", "standing: guaranteed", "standing: sure")
    code, _, messages = manual.sphinx_build("-q")
    assert code == 2
    assert "GR212" not in messages
    assert messages.endswith("ERROR: 1 mistake in 1 file; nothing was built\n")


WRONG = {
    "1 2 x": "'1 2 x' are not LEAST MOST COUNT…; write two numbers and whole counts",
    "1 a 3": "'1 a 3' are not LEAST MOST COUNT…; write two numbers and whole counts",
}
WITHOUT_PICTURE = ("2 1 3", "1 2 0", "1 2 -1 3", "nan 2 1", "1 inf 1")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """A manual with a page for each of these arguments."""
    manual = with_few_records(tmp_path_factory.mktemp("pictures") / "manual")
    for number, arguments in enumerate((*WRONG, *WITHOUT_PICTURE)):
        page = f":orphan:\n\nPage\n====\n\n.. ci:values:: {arguments}\n"
        manual.write(f"source/page-{number}.rst", page)
    built = manual.build("html")
    assert len(re.findall(r"WARNING|ERROR", built.warnings)) == len(WRONG)
    return built


def said_of(built, number: int) -> list[str]:
    place = f"ROOT/source/page-{number}.rst:"
    return [line for line in built.warnings.splitlines() if line.startswith(place)]


@pytest.mark.parametrize("number", range(len(WRONG)), ids=list(WRONG))
def test_a_picture_without_numbers_is_an_error(pictures, number: int):
    [message] = said_of(pictures, number)
    assert list(WRONG.values())[number] in message


@pytest.mark.parametrize(
    "number", range(len(WRONG), len(WRONG) + len(WITHOUT_PICTURE)), ids=WITHOUT_PICTURE
)
def test_numbers_of_which_there_is_no_picture_show_none(pictures, number: int):
    assert said_of(pictures, number) == []
    assert "ci-values" not in pictures.text(f"page-{number}.html")
