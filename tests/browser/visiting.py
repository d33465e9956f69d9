"""A page opened as a reader does, and what it asked for or complained of meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

# one page of each kind, by its address below the site
KINDS = {
    "front": "index.html",
    "matrix": "generated/matrix.html",
    "expectations": "generated/expectations/index.html",
    "topic": "generated/topics/memory.html",
    "expectation": "generated/expectations/memory-8gb.html",
    "platforms": "generated/platforms/index.html",
    "platform": "generated/platforms/single-use-vm.html",
    "graphs": "generated/graphs/index.html",
    "graph": "generated/graphs/opendev-deploy.html",
    "job": "generated/jobs/opendev-deploy/infra-prod-service-gitea.html",
    "sessions": "generated/sessions/index.html",
    "session": "generated/sessions/ocata-summit-2016.html",
    "changes": "generated/changes.html",
    "actions": "generated/actions.html",
    "search": "search.html",
    "guide": "queue-times.html",
    "reference": "reference/records.html",
}


class Visit:
    """One page of the site in a window of its own, and what it asked for or complained of."""

    def __init__(self, browser, site: Path, *, checked: bool = True, **settings) -> None:
        self.site, self.checked = site, checked
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(5000)
        self.page = self.context.new_page()
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _note_message(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, name: str):
        """Open a page, by its address below the site."""
        path, mark, fragment = name.partition("#")
        self.page.goto(f"{(self.site / path).as_uri()}{mark}{fragment}")
        return self.page

    @property
    def strangers(self) -> list[str]:
        """What was asked of others than the site's own folder."""
        own = (self.site.as_uri(), "data:", "blob:", "about:")
        return [address for address in self.asked if not address.startswith(own)]


@pytest.fixture
def visit(browser, site) -> Iterator:
    """Give a function that opens windows with settings of their own; check them at the end."""
    made: list[Visit] = []

    def start(**settings) -> Visit:
        made.append(Visit(browser, site, **settings))
        return made[-1]

    yield start
    for each in made:
        each.context.close()
        assert not each.checked or each.complaints == []
        assert each.strangers == []
