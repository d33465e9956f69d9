"""Follows the path of a reader to an answer, and says where on the page it stands."""

from __future__ import annotations

from typing import Any

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


def follow(page: Any, way: dict[str, Any]) -> None:
    """Type what a way searches for, choose the hit, and click on its links."""
    clicks = list(way["click"])
    if words := way.get("search"):
        page.get_by_label("Find a label").fill(words)
        choose(page, clicks.pop(0))
    for name in clicks:
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()
    for label, text in way.get("fill", {}).items():
        page.get_by_label(label, exact=True).fill(text)


def choose(page: Any, name: str) -> None:
    """Click on a hit of that name, which must be one of the first."""
    hits = page.locator("main .ci-hits a")
    hits.first.wait_for()
    names = hits.locator("b").all_inner_texts()[:FIRST_HITS]
    assert name in names, f"found first: {', '.join(names)}"
    hits.nth(names.index(name)).click()
    page.wait_for_load_state()


def screens_to(page: Any, sentence: str) -> float | None:
    """Return how many screens below the top of the window a sentence begins, if it is shown."""
    screens: float | None = page.evaluate(FIND, sentence)
    return screens
