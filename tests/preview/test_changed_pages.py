"""A page loads again if it was written after it was served."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from groundrules.authoring.preview.changed_pages import ChangedPages, address_of


@pytest.fixture
def builds():
    return ChangedPages()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "index.html"),
        ("/generated/jobs/", "generated/jobs/index.html"),
        ("/generated/about.html", "generated/about.html"),
        ("", "index.html"),
    ],
)
def test_a_folder_is_its_first_page(path, address):
    assert address_of(path) == address


def test_only_a_written_page_has_changed(builds):
    served = builds.number
    builds.note(["a.html"])
    assert builds.has_changed("a.html", served)
    assert not builds.has_changed("b.html", served)
    assert not builds.has_changed("a.html", builds.number)


def test_a_static_file_changes_every_page(builds):
    served = builds.number
    builds.note(None)
    assert builds.has_changed("b.html", served)


def test_a_page_of_an_earlier_preview_has_changed(builds):
    assert builds.has_changed("a.html", builds.number - 1)


def test_builds_of_the_same_moment_have_different_numbers(builds):
    numbers = [builds.number]
    for _ in range(3):
        builds.note([])
        numbers.append(builds.number)
    assert numbers == sorted(set(numbers))


def events(builds: ChangedPages, *notes: dict, page: str = "a.html") -> list[str]:
    """Return the events of a page that was just served, while builds are noted."""

    async def collect() -> list[str]:
        seen: list[str] = []

        async def listen() -> None:
            async for event in builds.events(page, builds.number):
                seen.append(event)

        listening = asyncio.create_task(listen())
        for note in notes:
            await asyncio.sleep(0)
            builds.note(**note)
        for _ in range(3):
            await asyncio.sleep(0)
        listening.cancel()
        return seen

    with ThreadPoolExecutor(1) as thread:  # a browser of another test has a loop in this one
        return thread.submit(lambda: asyncio.run(collect())).result()


RETRY, RELOAD = "retry: 500\n\n", "event: reload\ndata:\n\n"
MISTAKE = 'event: problems\ndata: {"problems": ["a: wrong"], "failed": true}\n\n'
NONE = 'event: problems\ndata: {"problems": [], "failed": false}\n\n'


def test_a_reader_of_a_written_page_is_told_to_load_it(builds):
    assert events(builds, {"pages": ["a.html"]}) == [RETRY, RELOAD]


def test_a_reader_of_another_page_is_told_nothing(builds):
    assert events(builds, {"pages": ["b.html"]}) == [RETRY]


def test_mistakes_are_shown_and_taken_away_without_loading_the_page(builds):
    failed = {"pages": [], "problems": ["a: wrong"], "failed": True}
    mended = {"pages": [], "problems": [], "failed": False}
    assert events(builds, failed, mended) == [RETRY, MISTAKE, NONE]


def test_a_new_reader_sees_the_mistakes_of_the_last_build(builds):
    builds.note([], ["a: wrong"], failed=True)
    assert events(builds) == [RETRY, MISTAKE]
