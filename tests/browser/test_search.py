"""Every fact of ``tests/facts.yaml`` is among the first hits of the manual's own search.

The search's own function is asked for all queries at once; one test types into the page and
proves that what it shows is the same.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.xdist_group("browser")
FACTS = yaml.safe_load((Path(__file__).parents[1] / "facts.yaml").read_text("utf-8"))
SEARCH = """queries => queries.map(
    query => Search._performSearch(...Search._parseQuery(query)).reverse().map(hit => hit[0])
)"""


@pytest.fixture(scope="module")
def page(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    page.wait_for_function("typeof Search !== 'undefined' && Search._index")
    yield page
    context.close()


@pytest.fixture(scope="module")
def hits(page) -> dict[str, list[str]]:
    """The pages that each query finds, best first."""
    queries = [each["query"] for each in FACTS]
    return dict(zip(queries, page.evaluate(SEARCH, queries), strict=True))


@pytest.fixture(scope="module")
def pages(site) -> dict[str, str]:
    """Records, as facts name them → their pages, from the manual's inventory."""
    packed = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    found = {}
    for line in zlib.decompress(packed).decode().splitlines():
        name, kind, _, uri, _ = line.split(" ", 4)
        found[f"{kind.removeprefix('ci:')}:{name}"] = uri.partition(".html")[0]
    return found


def test_there_are_facts():
    assert len(FACTS) > 200


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["fact"])
def test_a_fact_is_found(hits, pages, fact):
    wanted = fact["page"] if "page" in fact else pages[fact["record"]]
    assert wanted in hits[fact["query"]][: fact.get("top", 10)]


@pytest.mark.parametrize("query", ["swap create", "public IP address", "xyzzy"])
def test_the_page_shows_what_the_search_finds(page, site, query):
    page.goto(f"{(site / 'search.html').as_uri()}?q={query.replace(' ', '+')}")
    found = page.evaluate(SEARCH, [query])[0]
    page.wait_for_function(
        "count => document.querySelectorAll('#search-results li').length === count",
        arg=len(found),
    )
    links = page.locator("#search-results li > a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert [link.partition(".html")[0] for link in links] == found
