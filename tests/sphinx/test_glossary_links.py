"""Pages of graphs and jobs link their words to the glossary of the manual, if it has one."""

from __future__ import annotations

import pytest
from lxml import html
from test_marks import graphs_alone

GLOSSARY = """\
:orphan:

Words
=====

.. glossary::

   hard
   soft
      Whether a dependency counts without its job.

   planned
      Not enforced yet.

   semaphore
      A lock.
"""


def links(built, page: str) -> list[tuple[str, str]]:
    """Return the words of a page that lead to the glossary, with their places there."""
    tree = html.fromstring(built.text(f"generated/{page}.html"))
    found = tree.xpath("//a[contains(@href, 'words.html')]")
    return [(each.text_content(), each.get("href").rpartition("#")[2]) for each in found]


@pytest.fixture(scope="module")
def with_glossary(tmp_path_factory, copy_of_small_manual):
    """The graphs of the small manual and a glossary."""
    manual = graphs_alone(copy_of_small_manual(tmp_path_factory.mktemp("explained") / "manual"))
    manual.write("source/words.rst", GLOSSARY)
    return manual


@pytest.fixture(scope="module")
def explained(with_glossary):
    """The same, built, for tests that only look at it."""
    built = with_glossary.build()
    assert built.warnings == ""
    return built


def test_a_page_of_a_job_links_each_word_where_it_first_has_it(explained):
    assert links(explained, "jobs/deploy/gitea") == [
        ("hard", "term-hard"),
        ("◌ planned", "term-planned"),
        ("soft", "term-soft"),
    ]
    # waits for one, hard; one waits for it, hard and planned
    assert links(explained, "jobs/deploy/certificates") == [
        ("hard", "term-hard"),
        ("◌ planned", "term-planned"),
    ]


def test_the_page_of_a_job_with_a_semaphore_links_that_word(explained, with_glossary):
    assert links(explained, "jobs/deploy/base")[-1] == ("soft", "term-soft")
    graph, job = "data/graphs/deploy.yaml", "  - name: certificates\n"
    with with_glossary.lent() as manual:
        manual.replace(graph, job, f"  - name: mail\n{job}")
        assert links(manual.build(), "jobs/deploy/base")[-1] == ("semaphore", "term-semaphore")


def test_the_page_of_a_graph_links_words_of_its_picture(explained):
    words = [word for word, _ in links(explained, "graphs/deploy")]
    assert words[:2] == ["soft", "planned"]
    assert words[2:] == ["hard", "soft", "planned"]  # of the list


@pytest.mark.parametrize("page", ["jobs/deploy/gitea", "graphs/deploy"])
def test_without_a_glossary_a_word_is_a_word(built, page):
    assert built.warnings == ""
    assert links(built, page) == []
    assert "soft" in html.fromstring(built.text(f"generated/{page}.html")).text_content()
