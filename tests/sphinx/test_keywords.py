"""What Sphinx's own search is given: keywords of records and pages."""

from __future__ import annotations

import json

import pytest

MEMORY = "generated/expectations/memory-8gb"


def index(built) -> dict:
    """Return the search index of a build."""
    return json.loads(built.text("searchindex.js").removeprefix("Search.setIndex(")[:-1])


def keywords(built) -> dict[str, str]:
    """Return keywords as the search shows them, and the page of each."""
    found = index(built)
    return {
        last: found["docnames"][page]
        for page, kind, priority, _, last in found["objects"][""]
        if found["objnames"][str(kind)] == ["ci", "keyword", "keyword"] and priority == 0
    }


def pages_of_word(built, word: str) -> list[str]:
    """Return the pages that the index has a word of the text for."""
    found = index(built)
    pages = found["terms"].get(word, [])
    return [found["docnames"][each] for each in (pages if isinstance(pages, list) else [pages])]


def test_keywords_of_records_and_pages_are_found_first(built):
    found = keywords(built)
    assert found["RAM"] == found["main memory"] == MEMORY
    assert found["C*"] == found["VM"] == "generated/platforms/vm"
    assert found["deploy order"] == "generated/graphs/deploy"
    assert found["who decided"] == "generated/sessions/index"


def test_each_word_of_a_keyword_is_one_of_the_page_too(built):
    assert MEMORY in pages_of_word(built, "ram")
    assert MEMORY in pages_of_word(built, "main")


def test_keywords_stand_in_the_head_and_are_not_shown(built):
    head, _, body = built.text(f"{MEMORY}.html").partition("</head>")
    assert '<meta content="RAM,main,memory" name="keywords" />' in head
    assert "<span" not in head  # an anchor there would end it
    assert "main memory" not in body


def test_a_build_of_other_pages_forgets_no_keyword(built, built_manual):
    built_manual.replace("data/graphs/deploy.yaml", "It is *slow*.", "It is *fast*.")
    after = built_manual.build("html")
    assert MEMORY not in after.read
    assert keywords(after) == keywords(built)
    assert MEMORY in pages_of_word(after, "ram")


def test_a_keyword_that_is_gone_is_not_found(built_manual):
    built_manual.replace(
        "data/expectations/memory.yaml", "keywords: [RAM, main memory]", "keywords: []"
    )
    after = built_manual.build("html")
    assert "RAM" not in keywords(after)
    assert pages_of_word(after, "ram") == []


@pytest.mark.parametrize("builder", ["text", "latex", "man"])
def test_other_builders_leave_keywords_out(built_with, builder):
    built = built_with(builder)
    made = [each for each in built.folder.rglob("*") if each.suffix in (".tex", ".txt", ".1")]
    assert built.warnings == ""
    assert made != []
    assert not any("main memory" in each.read_text("utf-8") for each in made)
