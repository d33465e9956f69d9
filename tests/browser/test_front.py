"""What a reader sees first, and how a diagram leads on."""

from __future__ import annotations

from visiting import KINDS

FIRST = (
    "A public IP address",
    "The memory that the label promises, 8 GB by default",
    "At least 80 GB of disk",
    "IPv6",
    "Swap",
    "Nested virtualization",
)


def test_the_first_screen_says_what_a_job_can_and_cannot_count_on(visit):
    page = visit(viewport={"width": 1280, "height": 800}).open(KINDS["front"])
    shown = page.evaluate(
        """[...document.querySelectorAll(".ci-glance th, .ci-glance a")]
           .filter(each => {
             const box = each.getBoundingClientRect();
             return box.height > 0 && box.bottom <= innerHeight && box.right <= innerWidth;
           })
           .map(each => each.innerText.trim())"""
    )
    assert {"A job can count on", "A job cannot count on", *FIRST} <= set(shown)
    assert len(shown) > 30


def test_a_diagram_leads_to_its_jobs(visit, site):
    page = visit().open(KINDS["graph"])
    job = "infra-prod-service-zuul"
    page.locator(".ci-graph a").filter(has=page.get_by_text(job, exact=True)).click()
    page.wait_for_function("name => document.title.startsWith(name)", arg=job, timeout=5000)
    assert page.url == (site / f"generated/jobs/opendev-deploy/{job}.html").as_uri() + f"#{job}"


def test_a_diagram_can_be_reached_and_scrolled_by_keyboard(visit):
    page = visit().open(KINDS["graph"])
    assert page.locator(".ci-diagram").get_attribute("tabindex") == "0"
    page.locator(".ci-diagram").focus()
    assert page.evaluate("document.activeElement.className") == "ci-diagram"
