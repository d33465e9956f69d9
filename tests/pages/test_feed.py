"""The Atom feed: valid, newest first, and entries that stay the same entries."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from groundrules.pages.feed import feed
from groundrules.pages.outline import Outline
from groundrules.prose.markup import plain
from groundrules.records import Catalogue
from groundrules.records.expectation import Topic
from groundrules.records.manual import Manual

ATOM = "{http://www.w3.org/2005/Atom}"


def read(outline: Outline) -> ElementTree.Element:
    text = feed(outline, lambda kind, name: (f"generated/{kind}.html#{name}", None), plain)
    return ElementTree.fromstring(text)  # noqa: S314


def entries(outline: Outline, part: str) -> list[str | None]:
    return [each.findtext(f"{ATOM}{part}") for each in read(outline).iter(f"{ATOM}entry")]


def outline_of(*changes: str, title: str = "Memory", site: str | None = None) -> Outline:
    """Return the outline of one expectation with changes, each on a day of its own."""
    topic = Topic.model_validate(
        {
            "topic": "memory",
            "title": "Memory",
            "expectations": (
                {
                    "id": "memory",
                    "title": title,
                    "standing": "guaranteed",
                    "statement": "Enough.",
                    "changed": tuple(
                        {"date": f"2026-01-{day:02}", "what": what}
                        for day, what in enumerate(changes, 1)
                    ),
                },
            ),
        }
    )
    manual = Manual(title="Ours", publisher="The CI team", summary="*What* jobs get.", site=site)
    return Outline(Catalogue(manual, topics=(topic,)))


def test_a_feed_says_whose_it_is(outline):
    made = read(outline)
    assert made.tag == f"{ATOM}feed"
    assert made.findtext(f"{ATOM}title") == "What our jobs may count on: changes"
    assert made.findtext(f"{ATOM}author/{ATOM}name") == "The CI team"
    assert made.findtext(f"{ATOM}subtitle") == "What a job may rely on, what it may not, and why."
    assert {each.get("rel"): each.get("href") for each in made.findall(f"{ATOM}link")} == {
        "alternate": "https://manual.example.org/",
        "self": "https://manual.example.org/changes.atom",
    }


def test_what_atom_requires_is_there(outline):
    made = read(outline)
    for element in (made, *made.iter(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{required}")) == 1, required
    ids = [each.text for each in made.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)


def test_entries_come_newest_first(outline):
    days = entries(outline, "updated")
    assert days == sorted(days, reverse=True)
    assert days[0] == "2025-08-22T12:00:00+00:00"


def test_the_feed_is_as_new_as_its_newest_entry(outline):
    assert read(outline).findtext(f"{ATOM}updated") == "2025-08-22T12:00:00+00:00"


def test_an_entry_is_text_and_leads_to_its_record(outline):
    entry = list(read(outline).iter(f"{ATOM}entry"))[1]
    assert entry.findtext(f"{ATOM}title") == "debian-11: Deprecated. Use debian-12 instead."
    link = entry.find(f"{ATOM}link").get("href")
    assert link == "https://manual.example.org/generated/label.html#debian-11"


def test_ids_stay_when_the_text_is_corrected():
    before, after = outline_of("Mroe."), outline_of("More.", title="Much memory")
    assert (
        entries(before, "id")
        == entries(after, "id")
        == ["urn:groundrules:expectation:memory:2026-01-01"]
    )


def test_two_changes_of_one_record_on_one_day_are_two_entries(outline):
    # the platform was removed and says so itself
    [removed, switched_off] = [
        each for each in entries(outline, "id") if "static-host" in (each or "")
    ]
    assert removed != switched_off


@pytest.mark.parametrize(
    ("what", "title", "shown"),
    [
        (
            "<script>alert(1)</script>",
            "<script>alert(1)</script>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
        ),
        ("``<a@example.org>``", "<a@example.org>", "&lt;a@example.org&gt;"),
        ("{{ x }} & *y*", "{{ x }} & y", "{{ x }} &amp; y"),
        ("A\n\n* list\n", "A list", "A list"),
        ('It\'s "8 GB"', 'It\'s "8 GB"', 'It\'s "8 GB"'),
        ("8\u00a0GB\u202for more\n", "8\u00a0GB\u202for more", "8\u00a0GB\u202for more"),
        ("C. Boylan raised the limit.", *["C. Boylan raised the limit."] * 2),
        ("E. coli", "E. coli", "E. coli"),
        ("+ 2 GB", "+ 2 GB", "+ 2 GB"),
        ("Since\n\n3. three\n4. four", "Since three four", "Since three four"),
    ],
)
def test_text_of_the_data_is_text(what, title, shown):
    """A title is text; a summary says that it is HTML, so its text is escaped once more."""
    [entry] = read(outline_of(what)).iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").attrib == {}
    assert entry.findtext(f"{ATOM}title") == f"Memory: {title}"
    assert entry.find(f"{ATOM}summary").attrib == {"type": "html"}
    assert entry.findtext(f"{ATOM}summary") == shown


def test_a_manual_in_which_nothing_changed_gives_the_same_feed_every_time():
    assert read(outline_of()).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_only_the_newest_hundred_are_included():
    months = [f"{year}-{month:02}-01" for year in range(2000, 2010) for month in range(1, 13)]
    topic = Topic.model_validate(
        {
            "topic": "t",
            "title": "T",
            "expectations": (
                {
                    "id": "e",
                    "title": "E",
                    "standing": "varies",
                    "statement": "S.",
                    "changed": tuple({"date": each, "what": "Changed."} for each in months),
                },
            ),
        }
    )
    outline = Outline(Catalogue(Manual(title="t", publisher="p", summary="s"), topics=(topic,)))
    assert entries(outline, "updated") == [
        f"{each}T12:00:00+00:00" for each in reversed(months[-100:])
    ]


@pytest.mark.parametrize(
    "site", ["https://example.org/ci/manual", "https://example.org/ci/manual/"]
)
def test_links_begin_with_the_address_of_the_manual(site):
    entry = next(read(outline_of("More.", site=site)).iter(f"{ATOM}entry"))
    link = "https://example.org/ci/manual/generated/expectation.html#memory"
    assert entry.find(f"{ATOM}link").get("href") == link


def test_what_xml_cannot_hold_is_left_out_and_nothing_else():
    made = outline_of("More.", title="a\ufffeb\uffffc\u00a0\u202f\u200d🙂")
    assert entries(made, "title") == ["abc\u00a0\u202f\u200d🙂: More."]


def test_a_manual_without_an_address_has_relative_links():
    entry = next(read(outline_of("More.")).iter(f"{ATOM}entry"))
    assert entry.find(f"{ATOM}link").get("href") == "generated/expectation.html#memory"
