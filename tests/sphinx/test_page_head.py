"""What the head of a page says, the page for wrong addresses, and marks for screen readers."""

from __future__ import annotations

import re

import pytest


def descriptions(built, page: str) -> list[str]:
    return re.findall(
        r'<meta[^>]* name="description"[^>]*>|<meta name="description"[^>]*>', built.text(page)
    )


@pytest.mark.parametrize(
    ("page", "description"),
    [
        # its first sentence
        ("generated/expectations/swap.html", "There may be no swap at all."),
        # that of a directive alone
        ("generated/expectations/index.html", "What test jobs may count on, by topic."),
    ],
)
def test_a_page_has_one_description(built, page, description):
    [tag] = descriptions(built, page)
    assert f'content="{description}"' in tag


def test_a_page_names_the_feed_from_any_depth(built):
    tag = (
        '<link rel="alternate" type="application/atom+xml" title="What our jobs may count on" '
        'href="../../changes.atom" />'
    )
    assert tag in built.text("generated/expectations/swap.html")


@pytest.mark.parametrize(
    ("page", "kind"), [("labels/debian-12", "label"), ("graphs/deploy", "graph")]
)
def test_the_page_of_a_label_or_graph_names_its_own_feed_first(built, page, kind):
    text = built.text(f"generated/{page}.html")
    found = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="(.*?)"', text)
    assert len(found) == 2
    assert found[0].startswith("What our jobs may count on: ")
    assert f'href="../../_data/feeds/{page}.atom"' in text
    identity = f"<id>urn:groundrules:What our jobs may count on:{kind}:"
    assert identity in built.text(f"_data/feeds/{page}.atom")


def test_pages_of_many_records_have_no_feed_of_their_own(built):
    for page in ("generated/graphs/index.html", "generated/expectations/swap.html"):
        assert built.text(page).count('type="application/atom+xml"') == 1


def test_a_wrong_address_leads_back_to_the_manual(built):
    page = built.text("404.html")
    assert '<base href="https://manual.example.org/" />' in page
    assert page.index("<base") < page.index("<link")
    assert "<h1>Page not found</h1>" in page
    assert '<a href="search.html">Search the manual</a>' in page


def test_a_wrong_address_leads_back_where_pages_are_folders(built_with):
    page = built_with("dirhtml").text("404.html")
    assert '<base href="https://manual.example.org/404/" />' in page
    assert '<a href="../search/">Search the manual</a>' in page
    assert '<a href="../">Go to the front page</a>' in page


@pytest.mark.parametrize(
    ("builder", "cut", "home"),
    [
        ("html", r"/\/(?:(?:generated)\/.*|[^/]*)$/", "/"),
        ("dirhtml", r"/\/(?:(?:generated|index|quiet)\/.*|[^/]*\/?)$/", "/404/"),
    ],
)
def test_without_an_address_the_manual_begins_above_its_folders(tiny, builder, cut, home):
    tiny.write("source/quiet.rst", ":orphan:\n\nQuiet\n=====\n")
    page = tiny.build(builder).text("404.html")
    assert f"location.pathname.replace({cut}, '{home}')" in page


def test_a_manual_may_have_a_page_of_its_own_for_wrong_addresses(tiny):
    tiny.replace("data/manual.yaml", "{", "{site: 'https://manual.example.org/', ")
    tiny.write("source/404.rst", ":orphan:\n\nLost?\n=====\n\nAsk us.\n")
    page = tiny.build().text("404.html")
    assert "Ask us." in page
    assert "<base" in page


def test_a_page_of_its_own_stays_where_sphinx_writes_it(tiny):
    tiny.replace("data/manual.yaml", "{", "{site: 'https://manual.example.org/', ")
    tiny.write("source/404.rst", ":orphan:\n\nLost?\n=====\n\nAsk us.\n")
    built = tiny.build("dirhtml")
    assert '<base href="https://manual.example.org/404/" />' in built.text("404/index.html")
    assert not (built.folder / "404.html").exists()


def test_screen_readers_skip_the_symbol_of_a_badge(built):
    badge = (
        '<span class="ci-badge ci-guaranteed"><span aria-hidden="true">✔</span> guaranteed</span>'
    )
    assert badge in built.text("generated/expectations/memory-8gb.html")
