"""Every page: no complaint, no other host, no serious barrier, no sideways scroll."""

from __future__ import annotations

import pytest
from looking import PAGES, ROOT, WIDTHS, WITH_AXE
from visiting import KINDS

each_page = pytest.mark.parametrize("name", PAGES)
each_kind = pytest.mark.parametrize("name", WITH_AXE)
SECTIONS = {
    "Expectations": ("matrix", "expectations", "topic", "expectation", "kept"),
    "Labels and platforms": ("platforms", "platform", "label"),
    "Job order": ("graphs", "graph", "job"),
    "Decisions": ("sessions", "session", "actions"),
    "What changed": ("changes",),
    "Guides": ("guide",),
    "This tool": ("reference", "rule", "rules"),
    "": ("front", "search", "about"),
}


@pytest.mark.repository
def test_every_kind_of_page_is_looked_at():
    from groundrules.pages.planned_pages import plan
    from groundrules.records import load

    catalogue = load(ROOT).catalogue
    assert catalogue is not None
    assert {page.template for page in plan(catalogue)} <= set(KINDS)


@each_page
def test_a_page_opens_without_complaint(look, name):
    assert look(name).complaints == []


@each_page
def test_a_page_needs_no_other_host(look, name):
    assert (look(name).strangers, len(look(name).asked) > 1) == ([], True)


@each_page
def test_a_page_is_light_or_dark_as_its_reader_wants(look, name):
    assert look(name).themes == ["light", "dark"]


@each_page
def test_a_page_has_one_title(look, name):
    assert look(name).titles == 1


@each_page
def test_no_page_scrolls_sideways(look, name):
    assert look(name).too_wide == {width: [] for width in WIDTHS}


@each_page
def test_nothing_is_cut_on_paper(look, name):
    assert look(name).cut_on_paper == []


@each_page
def test_a_page_prints_without_controls(look, name):
    assert (look(name).controls_on_paper, look(name).is_titled_on_paper) == ([], True)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_says_which_section_it_is_of(look, section):
    for kind in SECTIONS[section]:
        seen = look(KINDS[kind])
        assert "".join(seen.sections).strip() == section, kind
        assert seen.bold == len(seen.sections), kind


def test_every_kind_of_page_is_of_a_section_or_of_none():
    assert {kind for kinds in SECTIONS.values() for kind in kinds} == set(KINDS)


@each_kind
def test_no_serious_barrier_in_either_scheme(look, name):
    assert look(name).barriers == []


@each_kind
def test_a_finger_hits_what_it_aims_at(look, name):
    assert look(name).small == []
