"""The section that a page is marked as part of in the navigation bar."""

from __future__ import annotations

from groundrules.sphinxext.breadcrumbs import marked, section_of

INCLUDES = {
    "index": ["guides", "generated/graphs/index"],
    "guides": ["start", "more"],
    "generated/graphs/index": ["generated/graphs/deploy"],
}
BAR = """
<li class="nav-item ">
  <a class="nav-link nav-internal" href="../graphs/index.html">
    Job order
  </a>
</li>
<li class="nav-item {active}">
  <a class="nav-link nav-internal" href="../sessions/index.html"{current}>
    Decisions
  </a>
</li>
"""


def test_a_section_is_the_page_below_the_front_page():
    assert section_of(INCLUDES, "generated/graphs/deploy", "index") == "generated/graphs/index"
    assert section_of(INCLUDES, "generated/graphs/index", "index") == "generated/graphs/index"
    assert section_of(INCLUDES, "more", "index") == "guides"


def test_a_page_that_nothing_leads_to_is_its_own_section():
    assert section_of(INCLUDES, "elsewhere", "index") == "elsewhere"


def test_tables_of_contents_that_lead_in_a_circle_end():
    assert section_of({"a": ["b"], "b": ["a"]}, "a", "index") in ("a", "b")


def test_the_entry_of_an_orphan_is_marked():
    bar = BAR.format(active="", current="")
    assert marked(bar, "../graphs/index.html") == bar.replace(
        'nav-item ">\n  <a class="nav-link nav-internal" href="../graphs',
        'nav-item  current active">\n  <a aria-current="true" class="nav-link nav-internal" '
        'href="../graphs',
    )


def test_an_entry_that_the_theme_marks_is_marked_for_all_readers():
    bar = BAR.format(active="current active", current="")
    assert marked(bar, "") == bar.replace(
        'current active">\n  <a ', 'current active">\n  <a aria-current="true" '
    )


def test_the_page_itself_stays_what_the_theme_calls_it():
    bar = BAR.format(active="current active", current=' aria-current="page"')
    assert marked(bar, "") == bar


def test_a_page_of_no_section_marks_nothing():
    bar = BAR.format(active="", current="")
    assert marked(bar, "") == bar
    assert marked(bar, "../other.html") == bar
