"""A page opened as a reader does, and what it asked for or complained of meanwhile."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

# one page of each kind, by its address below the site; generated ones by their template
KINDS = {
    "front": "index.html",
    "matrix": "generated/matrix.html",
    "expectations": "generated/expectations/index.html",
    "topic": "generated/topics/memory.html",
    "expectation": "generated/expectations/memory-8gb.html",
    "platforms": "generated/platforms/index.html",
    "platform": "generated/platforms/single-use-vm.html",
    "label": "generated/labels/ubuntu-jammy-32GB.html",
    "graphs": "generated/graphs/index.html",
    "graph": "generated/graphs/opendev-deploy.html",
    "job": "generated/jobs/opendev-deploy/infra-prod-service-zuul.html",
    "sessions": "generated/sessions/index.html",
    "session": "generated/sessions/ocata-summit-2016.html",
    "changes": "generated/changes.html",
    "kept": "generated/kept.html",
    "actions": "generated/actions.html",
    "about": "generated/about.html",
    "rule": "generated/rules/GR210.html",
    "rules": "reference/rules.html",
    "search": "search.html",
    "guide": "queue-times.html",
    "reference": "reference/records.html",
}


def served(browser, site: Path, address: str):
    """Open an address below ``http://manual.test/manual/``, as a web server would answer it."""

    def answer(route) -> None:
        path = site / urlsplit(route.request.url).path.removeprefix("/manual/")
        path = path / "index.html" if path.is_dir() else path
        route.fulfill(path=path if path.is_file() else site / "404.html")

    page = browser.new_page()
    page.route("http://manual.test/**", answer)
    page.goto(f"http://manual.test/manual/{address}")
    return page


class Visit:
    """One window on a site, and what its pages asked for or complained of."""

    def __init__(self, browser, **settings) -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.failed: list[str] = []
        self.site, self.checked = Path(), True
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(5000)
        self.page = self.context.new_page()
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.failed.append(request.url))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _note_message(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, name: str):
        """Open a page, by its address below the site, even where only the part after # differs."""
        path, mark, rest = name.partition("#")
        if mark:
            self.page.goto("about:blank")
        path, query, asked = path.partition("?")
        self.page.goto(f"{(self.site / path).as_uri()}{query}{asked}{mark}{rest}")
        return self.page

    @property
    def strangers(self) -> list[str]:
        """What was asked of others than the site's own folder."""
        own = (self.site.as_uri(), "data:", "blob:", "about:")
        return [address for address in self.asked if not address.startswith(own)]

    def forget(self) -> None:
        """Leave nothing of this visit to the next: what was noted, what pages have stored."""
        if self.page.url.startswith("file:"):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        for each in (self.complaints, self.asked, self.failed):
            each.clear()
