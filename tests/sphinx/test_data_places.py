"""What Sphinx warns of on generated pages is reported at the data that they are made from."""

from __future__ import annotations

import re

import pytest

from groundrules.pages.planned_pages import plan
from groundrules.records import load
from groundrules.sphinxext.manual_records import ManualRecords

WARNING = re.compile(r"^ROOT/(\S+?): WARNING: (.*)$", re.M)
MINIMAL = "Front\n=====\n\n.. toctree::\n\n   listings\n   roles\n   quiet\n"


@pytest.fixture(scope="module")
def warnings(tmp_path_factory, copy_of_small_manual) -> list[tuple[str, str]]:
    """The places and messages of a build in which pages lack, or have what another one has."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("data-places") / "manual")
    manual.write("source/index.rst", MINIMAL)
    built = manual.build(
        "dummy",
        extensions=["groundrules.sphinxext", "sphinx.ext.autosectionlabel"],
        exclude_patterns=["generated/sessions/*"],
    )
    return WARNING.findall(built.warnings)


def places_of(warnings: list[tuple[str, str]], message: str) -> set[str]:
    return {place for place, said in warnings if said.startswith(message)}


def test_no_warning_is_placed_on_a_generated_page(warnings):
    assert len(warnings) > 20
    assert {place for place, _ in warnings if "generated" in place} == set()


def test_an_unknown_record_on_the_page_of_one_has_the_line_of_that_one(warnings):
    assert places_of(warnings, "unknown session 'summit-2016'") >= {
        "data/expectations/memory.yaml:6",
        "data/platforms/vm.yaml:1",
    }


def test_one_on_a_page_of_many_has_the_line_of_the_record_without_a_page(warnings):
    assert "data/sessions/meeting-2021-11-09.yaml:1" in places_of(
        warnings, "unknown session 'meeting-2021-11-09'"
    )


def test_a_page_in_no_table_of_contents_is_for_the_first_page_to_add(warnings):
    missing = "generated/changes: document isn't included in any toctree [toc.not_included]"
    assert places_of(warnings, missing) == {"source/index.rst:1"}


def test_a_heading_that_two_generated_pages_have_is_no_mistake(warnings):
    assert places_of(warnings, "duplicate label") == set()


def test_what_a_listing_shows_has_the_line_of_its_directive(warnings):
    unknown = places_of(warnings, "unknown session 'summit-2016'")
    assert {place for place in unknown if place.startswith("source/listings")} == {
        "source/listings.rst:22"
    }


def test_each_page_of_a_record_is_known(small):
    records = ManualRecords(small.root, "data", {})
    catalogue = load(small.root).catalogue
    assert catalogue
    for page in plan(catalogue):
        record = page.context.get("record", page.context.get("topic"))
        place = record and record.location()
        assert records.place_of_page(page.name) == (place and (place.path, place.line))


def test_pages_of_own_templates_keep_their_lines(built_manual):
    built_manual.write("templates/topic.rst.j2", "{{ topic.title | heading }}\n\nOne *star.\n")
    assert "ROOT/source/generated/topics/memory.rst:5: WARNING: Inline emphasis" in (
        built_manual.build().warnings
    )
