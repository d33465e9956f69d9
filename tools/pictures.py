"""Makes the pictures of the README from the built manual, in a browser.

    python tools/pictures.py [--site build/html] [--output docs]

Needs Playwright and Debian's chromium.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]


def front(page: Page, site: Path) -> None:
    """Show the answers at a glance."""
    page.goto((site / "index.html").as_uri())


def graph(page: Page, site: Path) -> None:
    """Show what a job waits for and what waits for it."""
    page.goto((site / "generated/graphs/opendev-deploy.html").as_uri())
    page.get_by_label("Find a job").fill("manage-projects")
    page.locator(".ci-explanation summary").click()


PICTURES = {"front-page": (front, "light"), "job-graph": (graph, "dark")}


def main() -> None:
    """Make them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "build" / "html")
    parser.add_argument("--output", type=Path, default=ROOT / "docs")
    options = parser.parse_args()
    options.output.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (show, scheme) in PICTURES.items():
            page = browser.new_page(viewport={"width": 1200, "height": 720}, color_scheme=scheme)
            show(page, options.site.resolve())
            page.screenshot(path=options.output / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
