"""What can be seen of every page at once: each is opened once, and looked at from all sides."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from visiting import KINDS, Visit

axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ROOT = Path(__file__).parents[2]
WRITTEN = sorted(
    path.relative_to(ROOT / "source").with_suffix(".html").as_posix()
    for path in (ROOT / "source").rglob("*.rst")
    if "generated" not in path.parts
)
MORE = ("generated/topics/images", "generated/platforms/static-privileged-vm", "genindex")
PAGES = sorted({*KINDS.values(), *WRITTEN, *(f"{name}.html" for name in MORE)})

# axe takes longer than all else: one page of each kind, and two that have what others have not
WITH_AXE = sorted(
    {*KINDS.values(), "reference/sphinx.html", "generated/platforms/static-privileged-vm.html"}
)
WIDTHS = (320, 768, 1200, 1600)
PAPER = {True: 1040, False: 720}  # A4 across, which the matrix asks for, and upright
USUAL = {"width": 1280, "height": 800}
# what is wrong in one scheme is wrong in both, but for colours
BARRIERS = {"light": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "dark": ["color-contrast"]}
THEME_IS = "scheme => document.documentElement.dataset.theme === scheme"
TOO_WIDE = """document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? [...document.querySelectorAll("body, main *")]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
        .map(each => `${each.tagName}.${each.className} ${each.innerText}`.slice(0, 80))
    : []"""
CUT = """[document.documentElement, ...document.querySelectorAll("main *")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
        && (each === document.documentElement || getComputedStyle(each).overflowX !== "visible"))
    .map(each => `${each.tagName}.${each.className} ${each.innerText}`.slice(0, 80))"""
CONTROLS = """[...document.querySelectorAll(".ci-filter, .ci-tools, .ci-search")]
    .filter(each => each.offsetParent).map(each => each.className)"""
# each question to the browser is a turn of its own, so that those of one state are one
OPENED = """({
    theme: document.documentElement.dataset.theme,
    titles: document.querySelectorAll("h1").length,
    isWideOnPaper: document.querySelector(".ci-matrix") !== null,
})"""
BAR = f"""({{
    tooWide: {TOO_WIDE},
    sections: [...document.querySelectorAll(".bd-header .navbar-nav [aria-current]")]
        .map(each => each.innerText),
    bold: document.querySelectorAll(".bd-header .navbar-nav .current").length,
}})"""
PRINTED = f"""({{
    cut: {CUT},
    controls: {CONTROLS},
    isTitled: [...document.querySelectorAll("h1")].some(each =>
        each.checkVisibility({{ visibilityProperty: true }}) && each.getClientRects().length > 0),
}})"""
# axe takes a minute for thousands of cells; the first of a kind stand for those like them
TAKE_OUT = """() => {
    const rest = (parts, most) => [...document.querySelectorAll(parts)].slice(most);
    const columns = document.querySelectorAll(".ci-matrix tr > :nth-child(n + 6)");
    const rows = document.querySelectorAll("tbody > tr:nth-child(n + 7), dl > :nth-child(n + 13)");
    const alike = [...rest("section section", 6), ...rest(".highlight", 6), ...rows, ...columns];
    window.takenOut = alike.map(each => {
        const place = document.createComment("");
        each.replaceWith(place);
        return () => place.replaceWith(each);
    });
}"""
PUT_BACK = "() => window.takenOut.reverse().forEach(put => put())"


@dataclass
class Look:
    """What one page did on screens of all widths, in light and dark; lists are of what is wrong."""

    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    titles: int = 0
    too_wide: dict[int, list[str]] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    bold: int = 0
    cut_on_paper: list[str] = field(default_factory=list)
    controls_on_paper: list[str] = field(default_factory=list)
    is_titled_on_paper: bool = False
    barriers: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)


def looked_at(window: Visit, name: str) -> Look:
    """Open a page of the manual and look at it."""
    page, made = window.page, Look()
    window.forget()
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size(USUAL)
    window.open(name)
    opened = page.evaluate(OPENED)
    made.titles = opened["titles"]
    with_axe = name in WITH_AXE
    if with_axe:
        page.evaluate(TAKE_OUT)
    for scheme, rules in BARRIERS.items():
        made.themes.append(opened["theme"] if opened["theme"] == scheme else _theme(page, scheme))
        if with_axe:
            made.barriers += [f"{scheme}: {each}" for each in _violations(page, rules)]
    if with_axe:
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        made.small = _violations(page, ["target-size"])
        page.evaluate(PUT_BACK)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        shown = page.evaluate(BAR)
        made.too_wide[width] = shown["tooWide"]
    made.sections, made.bold = shown["sections"], shown["bold"]  # where the screen is wide
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": PAPER[opened["isWideOnPaper"]], "height": 1000})
    printed = page.evaluate(PRINTED)
    made.cut_on_paper, made.controls_on_paper = printed["cut"], printed["controls"]
    made.is_titled_on_paper = printed["isTitled"]
    made.complaints, made.asked = [*window.complaints, *window.failed], [*window.asked]
    made.strangers = window.strangers
    return made


def _theme(page, scheme: str) -> str:
    """Ask for a scheme; return the theme that the page is in then."""
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate(THEME_IS, scheme):
        with suppress(playwright.TimeoutError):  # the theme follows when the page is drawn again
            page.wait_for_function(THEME_IS, arg=scheme)
    return page.evaluate("document.documentElement.dataset.theme")


def _violations(page, rules: list[str]) -> list[str]:
    options = {
        "iframes": False,
        "preload": False,
        "reporter": "no-passes",
        "resultTypes": ["violations"],
        "runOnly": rules,
        "selectors": False,  # to name each part by a selector takes as long as all rules
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.AXE_SCRIPT)
    violations = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]
