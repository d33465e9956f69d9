"""The questions that a reader must have answered within ten seconds: open, act, read."""

from __future__ import annotations

from visiting import KINDS, visit  # noqa: F401 - a fixture

FRONT = "index.html"


def find(page, text: str, name: str) -> None:
    """Type into the field of the front page and follow the hit of that name."""
    page.get_by_label("Find a label").fill(text)
    page.locator("article .ci-hits a", has_text=name).first.click()
    page.wait_for_load_state()


def test_can_i_count_on_ipv6(visit):
    page = visit().open(FRONT)
    row = page.locator(".ci-glance tr", has_text="Network addresses")
    assert "IPv6" in row.locator("td").nth(3).inner_text()
    row.get_by_role("link", name="IPv6", exact=True).click()
    assert "varies" in page.locator(".bd-article .ci-badge").first.inner_text()


def test_how_much_memory_at_least_and_at_most(visit):
    page = visit().open(FRONT)
    find(page, "memory 8", "At least 8 GB of memory")
    assert "7600 to 9000 MB" in page.inner_text(".bd-article")


def test_is_swap_there_and_what_do_i_do_if_not(visit):
    page = visit().open(FRONT)
    find(page, "swap", "Swap")
    text = page.inner_text(".bd-article")
    assert "not guaranteed" in text
    assert "What to do instead" in text


def test_on_which_labels_may_i_nest_virtual_machines(visit):
    page = visit().open(FRONT)
    assert "labels with nested-virt in their name" in page.inner_text(".ci-glance")
    page.get_by_role("link", name="against every label").click()
    page.get_by_label("Promise").fill("nested")
    page.get_by_label("Standing").select_option("guaranteed")
    heads = page.locator(".ci-matrix thead tr:last-child th:visible").all_inner_texts()[1:]
    everywhere = page.locator(".ci-matrix thead tr:last-child th").count() - 1
    assert len(heads) < everywhere
    assert all("nested-virt" in head for head in heads)


def test_what_changed_since_last_year(visit):
    page = visit().open(FRONT)
    page.get_by_role("link", name="Everything that changed").click()
    page.get_by_label("Since").fill("2025")
    dates = page.locator(".ci-changes tbody tr:visible td:first-child").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    assert all(each >= "2025" for each in dates)
    assert len(dates) > 5


def test_which_label_goes_away_and_what_replaces_it(visit):
    page = visit().open(FRONT)
    going = page.locator("section", has=page.locator("h2", has_text="About to go away")).last
    assert "deprecated" in going.inner_text() or "No label" in going.inner_text()


def test_what_must_finish_before_this_job_and_why(visit):
    page = visit().open(FRONT)
    find(page, "service-gitea", "infra-prod-service-gitea")
    waits = page.locator("section", has=page.locator("h2", has_text="Waits for")).last.inner_text()
    assert "infra-prod-letsencrypt" in waits
    assert "It serves HTTPS" in waits


def test_what_waits_for_a_job_and_what_can_run_beside_it(visit):
    page = visit().open(KINDS["graph"])
    page.get_by_label("Find a job").fill("letsenc")
    told = page.inner_text(".ci-told")
    assert "1 waits for it (infra-prod-service-gitea)" in told
    assert "2 can run beside it" in told
    lit = page.locator(".ci-node.ci-after").all_text_contents()
    assert [each.strip() for each in lit] == ["infra-prod-service-gitea"]
    page.locator(".ci-told summary").click()
    assert "It serves HTTPS" in page.inner_text(".ci-told details")


def test_who_decided_this_and_where_are_the_notes(visit):
    page = visit().open(FRONT)
    find(page, "ocata", "Ocata")
    text = page.inner_text(".bd-article")
    assert "Notes" in text
    assert "Led to" in text or "What refers to this" in text


def test_where_a_record_is_written(visit):
    page = visit().open(KINDS["expectation"])
    assert "data/expectations/memory.yaml, line " in page.inner_text(".ci-origin")
    crumbs = page.get_by_label("Breadcrumb").get_by_role("link").all_inner_texts()
    assert crumbs[1:] == ["What a job may count on", "Memory"]
