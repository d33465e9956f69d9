"""The search finds every fact of ``tests/facts.yaml`` and every query of ``tests/queries.yaml``.

One page is asked for all of them at once; other tests look at what it shows.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
import yaml

TESTS = Path(__file__).parents[1]
FACTS = yaml.safe_load((TESTS / "facts.yaml").read_text("utf-8"))
QUERIES = yaml.safe_load((TESTS / "queries.yaml").read_text("utf-8"))
NOTHING = ("xyzzy", "qqq zzz", "…", "", "99.98")
OTHERS = ("print", "RAM", "sprint", "CentOS 7", "centos7", "ubuntu_noble", "ubuntu noble")
FIND = """queries => queries.map(
    query => groundrulesSearchIndex.find(query).map(({ page, fragment }) => page + fragment)
)"""
INVENTORY = re.compile(r"(.+?)\s+(\S+)\s+-?\d+\s+(\S*)\s+.*")


@pytest.fixture(scope="module")
def page(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{(site / 'search.html').as_uri()}?q=memory")
    page.locator(".ci-hits a").first.wait_for()
    yield page
    context.close()


@pytest.fixture(scope="module")
def hits(page) -> dict[str, list[str]]:
    """The addresses that each query finds, best first."""
    queries = [*(row["query"] for row in (*FACTS, *QUERIES)), *NOTHING, *OTHERS]
    return dict(zip(queries, page.evaluate(FIND, queries), strict=True))


@pytest.fixture(scope="module")
def addresses(site) -> dict[str, str]:
    """Records and terms → their addresses, from the manual's inventory."""
    packed = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    rows = map(INVENTORY.fullmatch, zlib.decompress(packed).decode().splitlines())
    return {
        f"{kind.removeprefix('ci:')}:{name}": uri.replace(".html", "").replace("$", name)
        for name, kind, uri in (row.groups() for row in rows)
    }


def test_there_are_facts():
    assert len(FACTS) > 200


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["fact"])
def test_a_fact_is_found(hits, addresses, fact):
    wanted = fact["page"] if "page" in fact else addresses[fact["record"]].partition("#")[0]
    found = [address.partition("#")[0] for address in hits[fact["query"]][: fact.get("top", 10)]]
    assert wanted in found


@pytest.mark.parametrize("row", QUERIES, ids=lambda row: row["query"])
def test_what_readers_type_leads_to_the_record(hits, addresses, row):
    wanted = row["page"] if "page" in row else addresses[row["record"]]
    assert wanted in hits[row["query"]][: row.get("top", 3)]


@pytest.mark.parametrize("query", NOTHING)
def test_what_no_page_has_is_not_found(hits, query):
    assert hits[query] == []


def test_words_are_compared_from_their_beginning(hits):
    sprint = "generated/sessions/darmstadt-sprint-2014#darmstadt-sprint-2014"
    assert sprint in hits["sprint"]
    assert sprint not in hits["print"]
    assert not any("frame" in address for address in hits["RAM"])


@pytest.mark.parametrize(
    ("one", "other"), [("CentOS 7", "centos7"), ("ubuntu_noble", "ubuntu noble")]
)
def test_signs_between_words_make_no_difference_to_the_best_hit(hits, one, other):
    assert hits[one][0] == hits[other][0]


@pytest.mark.parametrize("query", ["swap create", "public IP address"])
def test_the_page_shows_what_the_search_finds(page, site, query):
    page.goto(f"{(site / 'search.html').as_uri()}?q={query.replace(' ', '+')}")
    page.locator(".ci-hits a").first.wait_for()
    links = page.locator(".ci-hits a").evaluate_all("links => links.map(link => link.href)")
    found = [link.removeprefix(f"{site.as_uri()}/").replace(".html", "") for link in links]
    assert found == page.evaluate(FIND, [query])[0][:40]


def test_a_hit_shows_what_it_is_its_state_and_a_sentence(page, site):
    page.goto(f"{(site / 'search.html').as_uri()}?q=ubuntu-noble-8GB")
    hit = page.locator(".ci-hits li").first
    hit.wait_for()
    shown = hit.locator("a").inner_text().split("\n")
    assert shown == ["label", "ubuntu-noble-8GB", "Ubuntu 24.04 · 8 GB · seen in use"]
    assert hit.locator("p").inner_text().endswith(".")
    assert page.locator("#search-results").inner_text() == ""


def test_texts_are_shown_as_they_are_written(page):
    shown = page.evaluate(
        """() => Object.values(groundrulesSearchEntries.pages).flat(2)
            .filter(text => /&(amp|lt|gt|quot|#\\d+);|\\0/.test(text))"""
    )
    assert shown == []


def test_a_miss_offers_where_to_ask_and_the_topics(page, site):
    page.goto(f"{(site / 'search.html').as_uri()}?q=xyzzy")
    page.locator(".ci-hits a").first.wait_for()
    assert page.inner_text(".bd-search-container .ci-status") == (
        "Nothing found for “xyzzy”. Where to ask, and the topics:"
    )
    kinds = page.locator(".ci-hits .ci-kind").all_inner_texts()
    assert kinds == ["page", *["topic"] * (len(kinds) - 1)]
    assert len(kinds) > 10


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("If I change gitea, what waits for it?", "generated/jobs/deploy/gitea"),
        ("what must finish before certificates", "generated/jobs/deploy/certificates"),
        ("If I change this job, what waits for it?", "generated/graphs/index"),
        ("how servers are deployed", "generated/graphs/deploy"),
    ],
)
def test_a_job_of_one_word_is_found_by_it_in_a_sentence(browser, marked, query, first):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{(marked / 'search.html').as_uri()}?q=memory")
    page.locator(".ci-hits a").first.wait_for()
    assert page.evaluate(FIND, [query])[0][0].partition("#")[0] == first
    context.close()
