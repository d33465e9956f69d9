"""Follows the path of a reader to an answer, and says where on the page it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from visiting import Visit

PHONE = {"width": 390, "height": 844}
# Show the place of the address, as when a page opens
ARRIVE = """() => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place) place.scrollIntoView();
    else scrollTo(0, 0);
}"""
# Where a click leads: the last to hear of it keeps the address, and the page stays open
KEEP_CLICK = """addEventListener("click", event => {
    window.clicked = event.defaultPrevented ? null : event.target.closest("a")?.href;
    event.preventDefault();
}, {once: true})"""
FIRST_HITS = 3  # further down nobody looks
# Where a sentence begins, in screens below the top of the window; null if the page does not show it
FIND = """sentence => {
    const parts = [];
    const all = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let at = 0; all.nextNode(); ) {
        const node = all.currentNode;
        if (!node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
        if (node.parentElement.closest(".headerlink, .ci-hits, [aria-hidden]")) continue;
        parts.push({ node, at });
        at += node.data.length;
    }
    const text = parts.map(({ node }) => node.data).join("");
    const words = sentence.trim().split(/\\s+/).map(word => word.replace(/[^\\w]/g, "\\\\$&"));
    const found = new RegExp(words.join("\\\\s+")).exec(text);
    if (!found) return null;
    const { node, at } = parts.findLast(part => part.at <= found.index);
    const range = document.createRange();
    range.setStart(node, found.index - at);
    range.setEnd(node, Math.min(node.data.length, found.index - at + words[0].length));
    return range.getBoundingClientRect().top / innerHeight;
}"""


class Readers:
    """What readers have on two phones: the front page, and the page where a way ends.

    Both stay open, so that the address to which a click leads is opened on the second one.
    """

    def __init__(self, browser: Any, site: Path) -> None:
        self.phones = [Visit(browser, viewport=PHONE) for _ in range(2)]
        for phone in self.phones:
            phone.site = site
        self.front, self.last = (phone.page for phone in self.phones)
        self.phones[0].open("index.html")
        self.is_as_opened = False

    def follow(self, way: dict[str, Any]) -> Any:
        """Type what a way searches for, go to the hit, and by its links; return the last page."""
        first, *more = way["click"]
        words = way.get("search")
        cleared(self.front)
        self.open(chosen(self.front, words, first) if words else linked(self.front, first))
        for name in more:
            self.open(linked(self.last, name))
        for label, text in way.get("fill", {}).items():
            self.last.get_by_label(label, exact=True).fill(text)
            self.is_as_opened = False
        return self.last

    def open(self, address: str) -> None:
        """Show an address on the second phone, as when it is opened; even if only # differs."""
        self.last.set_viewport_size(PHONE)
        if self.is_as_opened and self.last.url == address:
            self.last.evaluate(ARRIVE)
            return
        self.last.goto("about:blank")
        self.last.goto(address)
        self.is_as_opened = True

    @property
    def complaints(self) -> list[str]:
        """What the pages complained of, and what they asked of others, since this was asked."""
        found = [each for phone in self.phones for each in (*phone.complaints, *phone.strangers)]
        for phone in self.phones:
            phone.complaints.clear()
            phone.asked.clear()
        return found

    def close(self) -> None:
        for phone in self.phones:
            phone.context.close()


def cleared(page: Any) -> None:
    """Take away what an earlier way has searched for, whose hits are links too."""
    page.get_by_label("Find a label").fill("")
    page.locator("main .ci-hits a").first.wait_for(state="detached")


def linked(page: Any, name: str) -> str:
    """Return where a link of that name leads to that a reader can click on."""
    return address_of(page.locator("main").get_by_role("link", name=name, exact=True).first)


def chosen(page: Any, words: str, name: str) -> str:
    """Search; return where a hit of that name leads to, which must be one of the first."""
    hits = page.locator("main .ci-hits a")
    page.get_by_label("Find a label").fill(words)
    hits.first.wait_for()
    names = hits.locator("b").all_inner_texts()[:FIRST_HITS]
    assert name in names, f"found first: {', '.join(names)}"
    return address_of(hits.nth(names.index(name)))


def address_of(link: Any) -> str:
    """Click on a link; return where that leads to, without going there."""
    page = link.page
    page.evaluate(KEEP_CLICK)
    link.click()
    address = page.evaluate("window.clicked")
    assert address, "a click on the link leads nowhere"
    return str(address)


def screens_to(page: Any, sentence: str) -> float | None:
    """Return how many screens below the top of the window a sentence begins, if it is shown."""
    screens: float | None = page.evaluate(FIND, sentence)
    return screens
