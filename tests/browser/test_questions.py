"""The questions that a reader must have answered within ten seconds: open, act, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from marked import EDIT
from visiting import KINDS, Visit

FRONT = "index.html"
OWN = "generated/graphs/own.html"


def find(page, text: str, name: str) -> None:
    """Type into the field of the front page and follow the hit of that name."""
    page.get_by_label("Find a label").fill(text)
    page.locator("article .ci-hits a", has_text=name).first.click()
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def ask(browser) -> Iterator[Callable[[Path, str, str], Any]]:
    """Give a function that types jobs into the field of a graph, which stays open meanwhile."""
    windows: dict[str, Visit] = {}

    def typed(manual: Path, name: str, jobs: str) -> Any:
        if name not in windows:
            windows[name] = Visit(browser)
            windows[name].site = manual
            windows[name].open(name)
        page = windows[name].page
        page.get_by_label("Find a job").fill("")
        assert page.inner_text(".ci-explanation") == ""
        page.get_by_label("Find a job").fill(jobs)
        return page

    yield typed
    noted = [each for one in windows.values() for each in (*one.complaints, *one.strangers)]
    for one in windows.values():
        one.context.close()
    assert noted == []


@pytest.fixture
def ask_own(ask, marked) -> Callable[[str], str]:
    """Give a function that types jobs of the small manual and returns what is said of them."""
    return lambda jobs: ask(marked, OWN, jobs).inner_text(".ci-explanation")


def test_can_i_count_on_ipv6(visit):
    page = visit().open(FRONT)
    row = page.locator(".ci-glance tr", has_text="Network addresses")
    assert "IPv6" in row.locator("td").nth(3).inner_text()
    row.get_by_role("link", name="IPv6", exact=True).click()
    assert "varies" in page.locator(".bd-article .ci-badge").first.inner_text()


def test_how_much_memory_at_least_and_at_most(visit):
    page = visit().open(FRONT)
    find(page, "memory 8", "The memory that the label promises, 8 GB by default")
    assert "7600 to 9000 MB" in page.inner_text(".bd-article")


def test_is_swap_there_and_what_do_i_do_if_not(visit):
    page = visit().open(FRONT)
    find(page, "swap", "Swap")
    text = page.inner_text(".bd-article")
    assert "not guaranteed" in text
    assert "What to do instead" in text


def test_on_which_labels_may_i_nest_virtual_machines(visit):
    page = visit().open(FRONT)
    assert "Labels with nested-virt in their name" in page.inner_text(".ci-glance")
    page.get_by_role("link", name="against every label").click()
    page.get_by_label("Expectation").fill("nested")
    page.get_by_label("Standing").select_option("varies")
    heads = page.locator(".ci-differing thead th:visible code").all_inner_texts()
    assert 0 < len(heads) < page.locator(".ci-differing thead code").count()
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
    assert "deprecated" in going.inner_text() or "No announced end" in going.inner_text()


def test_what_must_finish_before_this_job_and_why(visit):
    page = visit().open(FRONT)
    find(page, "service-zuul", "infra-prod-service-zuul")
    waits = page.locator("section", has=page.locator("h2", has_text="Waits for")).last.inner_text()
    assert "infra-prod-manage-projects" in waits
    assert "A new repository must be in Gerrit" in waits


def test_what_waits_for_a_job_and_what_can_run_beside_it(ask, site):
    page = ask(site, KINDS["graph"], "manage")
    told = page.inner_text(".ci-explanation")
    assert "1 waits for it (infra-prod-service-zuul)" in told
    assert "not known for 5" in told
    assert "can run side by side" not in told
    lit = page.locator(".ci-node.ci-after").all_text_contents()
    assert [each.strip() for each in lit] == ["infra-prod-service-zuul"]
    page.locator(".ci-explanation summary").click()
    assert "A new repository must be in Gerrit" in page.inner_text(".ci-explanation details")


@pytest.mark.parametrize(
    ("asked", "output"),
    [
        (
            "service-zuul, bootstrap",
            "infra-prod-service-zuul waits for infra-prod-bootstrap-bridge.",
        ),
        (
            "manage, grafana",
            "Nothing written here makes infra-prod-manage-projects or infra-prod-service-grafana "
            "wait for the other. To be known before they run side by side: what do they touch, and "
            "does one have to wait?",
        ),
    ],
)
def test_can_these_two_run_side_by_side(ask, site, asked, output):
    page = ask(site, KINDS["graph"], asked)
    assert page.get_by_label("Find a job, or two").input_value() == asked
    assert page.inner_text(".ci-explanation") == output
    assert page.locator(".ci-explanation").get_attribute("aria-live") == "polite"
    found = page.locator(".ci-node.ci-match").all_text_contents()
    assert len(found) == 2
    assert all(each.strip() in output for each in found)


def test_two_jobs_that_hold_the_same_semaphore_take_turns(ask_own):
    assert ask_own("base, lint") == "base and lint take turns: both hold tools."
    assert ask_own("base, xyzzy").startswith("base waits for 0; ")


def test_two_jobs_that_are_declared_independent_can_run_side_by_side(ask_own):
    assert ask_own("docs, lint") == (
        "docs and lint can run side by side: they are declared independent."
    )
    told = (
        "docs waits for 1 (base (planned)); 0 wait for it; can run side by side with 2; "
        "not known for 1."
    )
    assert ask_own("docs") == told


@pytest.mark.parametrize(
    ("asked", "output"),
    [
        (
            "docs, site",
            "docs and site can run side by side: neither touches what the other uses.",
        ),
        (
            "docs, tests",
            "Nothing written here makes docs or tests wait for the other. To be known before they "
            "run side by side: one touches what the other uses: can they at the same time?",
        ),
    ],
)
def test_two_jobs_can_run_side_by_side_if_neither_touches_what_the_other_uses(
    asked, output, ask_own
):
    assert ask_own(asked) == output


RELATION = """([one, other]) => {
    const svg = document.querySelector(".ci-graph");
    svg.dataset.order = "complete";
    const graph = groundrulesJobGraph.read(svg);
    return graph.relation(graph.names.indexOf(one), graph.names.indexOf(other));
}"""


def test_in_a_complete_and_verified_graph_neither_waits_which_is_no_reason(ask, marked):
    page = ask(marked, OWN, "docs, tests")
    assert page.evaluate(RELATION, ["tests", "site"]) == (
        "tests and site can run side by side: neither touches what the other uses."
    )
    assert page.evaluate(RELATION, ["docs", "tests"]) == (
        "Neither docs nor tests waits for the other. To be known before they run side by side: one "
        "touches what the other uses: can they at the same time?"
    )


def test_a_job_that_waits_by_a_rule_alone_is_found_waiting(ask_own):
    assert ask_own("base, docs") == "docs waits for base (planned)."


def test_what_nothing_enforces_yet_is_called_planned(ask, marked):
    page = ask(marked, "generated/graphs/deploy.html", "gitea, cert")
    assert page.inner_text(".ci-explanation") == "gitea waits for certificates (planned)."
    page = ask(marked, OWN, "tests, base")
    assert page.inner_text(".ci-explanation") == "tests waits for base."


def test_a_name_that_no_job_has_is_not_passed_over(ask, marked):
    page = ask(marked, OWN, "tests, xyzzy, base, no such job")
    status = page.locator(".ci-tools output")
    assert status.inner_text() == "2 jobs; no job called xyzzy; no job called no such job"
    ask(marked, OWN, "tests, base")
    assert status.inner_text() == "2 jobs"
    ask(marked, OWN, "xyzzy")
    assert status.inner_text() == "0 jobs"


def test_what_holds_on_one_label(visit):
    page = visit().open(FRONT)
    find(page, "noble-8", "ubuntu-noble-8GB")
    assert page.inner_text("h1").startswith("ubuntu-noble-8GB")
    page.get_by_role("link", name="All expectations for this label").click()
    page.wait_for_url("**/matrix.html#label=ubuntu-noble-8GB")
    heads = page.locator(".ci-matrix thead th:visible").all_inner_texts()
    assert heads == ["Expectation", "ubuntu-noble-8GB"]
    assert page.locator(".ci-matrix tbody tr:visible").count() > 40


def test_what_does_noble_have_that_jammy_has_not(visit):
    page = visit().open(FRONT)
    page.get_by_role("link", name="Compare two or three labels").click()
    page.get_by_label("Label", exact=True).fill("noble, jammy")
    row = page.locator(".ci-differing tbody tr", has_text="A virtual IOMMU")
    heads = page.locator(".ci-differing thead th:visible").all_inner_texts()
    says = dict(zip(heads, row.locator("> :visible").all_inner_texts(), strict=True))
    with_it = [head for head in heads if says[head] == "◆ present, not promised"]
    assert with_it == ["viommu-ubuntu-noble"]


def test_jobs_that_hold_the_same_semaphore_do_not_run_side_by_side(ask_own):
    told = "base waits for 0; 2 wait for it (tests, docs (planned)); can run side by side with 0."
    assert told in ask_own("base")


def test_who_decided_this_and_where_are_the_notes(visit):
    page = visit().open(FRONT)
    find(page, "ocata", "Ocata")
    text = page.inner_text(".bd-article")
    assert "Notes" in text
    assert "Led to" in text or "What refers to this" in text


def test_is_it_still_true_and_who_looked(visit):
    page = visit().open(FRONT)
    page.get_by_role("link", name="Is it still true?").click()
    section = page.locator("section", has=page.locator("h2", has_text="Is it still true?")).last
    assert section.bounding_box()["y"] < page.viewport_size["height"]
    text = section.inner_text()
    assert "OpenDev deployment: project-config: ✔ verified on 2026-11-29 against" in text
    assert "Expectations were never compared with nodes that jobs can request" in text


def test_what_differs_from_what_and_when_was_that_seen(visit, marked):
    page = visit(marked).open(FRONT)
    line = page.locator("li", has_text="How the servers are deployed: ").first
    seen = r"✘ drifted from Our deployment, snapshot [0-9a-f]{12}, compared on \w+ \d+, \d{4}: "
    assert re.search(seen + "1 of its jobs, dependencies and rules differs", line.inner_text())
    line.get_by_role("link").click()
    assert re.search(seen, page.inner_text("h1 + p"))
    row = page.locator(".ci-edges tr", has_text="Users come first.")
    assert "✘ drifted: ‘certificates’ does not wait for ‘base’" in row.inner_text()
    assert page.locator(".ci-arrow.ci-drifted").count() == 1
    widths = page.locator(".ci-arrow path").evaluate_all(
        "all => all.map(each => getComputedStyle(each).strokeWidth)"
    )
    assert sorted(set(widths)) == ["1.2px", "3px"]
    assert widths.count("3px") == 1
    row.get_by_role("link", name="certificates").click()
    text = page.inner_text(".bd-article")
    assert "✘ drifted: 1 of its 1 dependency differs" in text
    assert "In the configuration: ‘certificates’ does not wait for ‘base’" in text


def test_what_is_verified_planned_and_not_checked_says_so(visit, marked):
    window = visit(marked)
    page = window.open("generated/jobs/deploy/gitea.html")
    assert "✔ verified" in page.locator("h1 ~ p:has(.ci-badge)").first.inner_text()
    waits = page.inner_text("section:has(> h2:has-text('Waits for'))")
    assert "certificates (hard, ◌ planned)" in waits
    assert "base (soft, ✔ verified)" in waits
    page = window.open(OWN)
    assert page.inner_text("h1 + p") == (
        "? not checked against This project’s own jobs: the configuration could not be read when "
        "this manual was built"
    )
    assert page.locator(".ci-arrow.ci-unchecked").count() == 2
    dots = "getComputedStyle(document.querySelector('.ci-unchecked path')).strokeDasharray"
    assert page.evaluate(dots) == "1.5px, 3px"


def test_where_a_record_is_written(visit):
    page = visit().open(KINDS["expectation"])
    assert "data/expectations/memory.yaml, line " in page.inner_text(".ci-origin")
    crumbs = page.get_by_label("Breadcrumb").get_by_role("link").all_inner_texts()
    assert crumbs[1:] == ["Expectations", "Memory"]


def test_a_record_can_be_edited_at_its_very_line(visit, marked):
    window = visit(marked)
    folder = marked.parent / "manual"
    for page, path, first in (
        ("expectations/swap", "data/expectations/memory.yaml", "id: swap"),
        ("jobs/deploy/certificates", "data/graphs/deploy.yaml", "name: certificates"),
        ("graphs/deploy", "data/graphs/deploy.yaml", "id: deploy"),
        ("platforms/vm", "data/platforms/vm.yaml", "id: vm"),
        ("sessions/summit-2016", "data/sessions/summit-2016.yaml", "id: summit-2016"),
    ):
        link = window.open(f"generated/{page}.html").get_by_title("Edit this record")
        address, _, line = link.get_attribute("href").partition("#L")
        assert address == EDIT + path
        assert first in (folder / path).read_text("utf-8").splitlines()[int(line) - 1]
        assert link.inner_text() == f"{path}, line {line}"
