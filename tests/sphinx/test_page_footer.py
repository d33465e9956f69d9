"""The end of each page, and the day of the last update."""

from __future__ import annotations

import re
import subprocess

import pytest

from groundrules.sphinxext.manual_records import ManualRecords

FORM = {"html_last_updated_fmt": "%Y-%m-%d"}
MANUAL = "data/manual.yaml"
REPORT = "https://tracker.example.org/new?a=1&b=2"
EDIT = "https://code.example.org/edit"


def footer(built, page: str) -> str:
    [found] = re.findall(r'<div class="ci-footer">(.*?)</div>', built.text(page))
    return found


def add_to_manual(manual, *lines: str) -> None:
    first = ("title: Rules", "publisher: Us", "summary: Rules.")
    manual.write(MANUAL, "".join(f"{line}\n" for line in (*first, *lines)))


def last_updated(built) -> list[str]:
    return re.findall(r"Last updated on ([\d-]+)", built.text("index.html"))


def test_a_page_of_a_record_says_who_keeps_it_and_where_it_is(built):
    assert footer(built, "generated/expectations/swap.html") == (
        'Kept by <span class="ci-name">The CI team</span> · '
        "The record: <code>data/expectations/memory.yaml</code> · "
        '<a href="../about.html">About this manual</a>'
    )


def test_a_page_without_a_record_names_none(built):
    assert footer(built, "index.html") == (
        'Kept by <span class="ci-name">The CI team</span> · '
        '<a href="generated/about.html">About this manual</a>'
    )


def test_mistakes_are_reported_and_records_edited_at_the_addresses_of_the_manual(tiny):
    add_to_manual(tiny, f"report: {REPORT}", f"edit: {EDIT}")
    assert footer(tiny.build("html"), "generated/platforms/vm.html") == (
        'Kept by <span class="ci-name">Us</span> · The record: '
        f'<code><a href="{EDIT}/data/platforms/vm.yaml">'
        "data/platforms/vm.yaml</a></code> · "
        '<a href="https://tracker.example.org/new?a=1&amp;b=2">Report a mistake</a> · '
        '<a href="../about.html">About this manual</a>'
    )


def test_the_last_update_is_the_day_that_the_manual_gives(tiny):
    add_to_manual(tiny, "updated: 2026-08-17")
    assert last_updated(tiny.build("html", **FORM)) == ["2026-08-17"]


def test_the_last_update_is_the_day_of_the_commit_that_changed_the_data(tiny, monkeypatch):
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_DATE", "2020-02-03T12:00:00Z")
        monkeypatch.setenv(f"{name}_NAME", "A")
        monkeypatch.setenv(f"{name}_EMAIL", "a@example.org")
    for words in (["init", "-q"], ["add", "data"], ["commit", "-qm", "Data"]):
        subprocess.run(["git", *words], cwd=tiny.root, check=True)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-02-03T12:00:00Z")
    for words in (["add", "source"], ["commit", "-qm", "Pages"]):
        subprocess.run(["git", *words], cwd=tiny.root, check=True)
    assert last_updated(tiny.build("html", **FORM)) == ["2020-02-03"]


@pytest.mark.parametrize("settings", [FORM, {}], ids=["wanted", "not wanted"])
def test_where_nobody_knows_the_day_none_is_shown(tiny, settings):
    assert last_updated(tiny.build("html", **settings)) == []


def test_pages_that_every_build_writes_name_the_present_publisher(tiny):
    tiny.build("html")
    tiny.replace(MANUAL, "publisher: Us", "publisher: They")
    assert 'Kept by <span class="ci-name">They</span>' in footer(tiny.build("html"), "404.html")


def test_a_build_without_a_change_writes_them_and_reads_no_record(tiny, monkeypatch):
    before = tiny.build("html").text("404.html")
    (tiny.root / "build/html/404.html").unlink()
    monkeypatch.setattr(ManualRecords, "loaded", property(lambda records: pytest.fail("read")))
    assert tiny.build("html").text("404.html") == before
