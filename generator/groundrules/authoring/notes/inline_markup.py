"""The markup inside a line of notes: as plain words, or as reStructuredText that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundrules.prose.escaping import code, inside, link

# links, code, and marks that only change how words look; each bounded, so that reading is linear
_MARKUP = re.compile(
    r"(?P<code>``?(?P<literal>[^`\n]{1,200})``?)"
    r"|!?\[(?P<title>[^\[\]\n]{1,300})\]\((?P<target>https?://[^\s()<>]{1,1000})\)"
    r"|\[(?P<outer>https?://[^\s\[\]<>]{1,1000})(?: +(?P<label>[^\[\]\n]{1,300}))?\]"
    r"|\[\[(?P<page>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{1,300}))?\]\]"
    r"|<(?P<auto>https?://[^\s<>]{1,1000})>"
    r"|<(?P<tag>b|big|code|del|em|i|nowiki|s|small|span|strong|sub|sup|tt|u)>"
    r"(?P<tagged>[^<>\n]{1,300})</(?P=tag)>"
    r"|(?P<mark>'{2,5}|(?<![*\w])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![*\w])"
    r"|<br ?/?>)"
)
_LINE = re.compile(r"([-=_~*#])\1{4,}")  # a line between two parts of a page
# markup that is held back, with a 1st group only where docutils sees its beginning and its end
_HELD = re.compile(r"((?<![^\s'\"(\[{<])(?=\0\d+\0(?:[\s'\")\]}>.,;:!?]|$)))?\0(\d+)\0")


def plain_words(text: str) -> tuple[str, list[str]]:
    """Return a text without markup, and the addresses of its links.

    >>> plain_words("The [plan](https://example.org/) of '''May'''")
    ('The plan of May', ['https://example.org/'])
    """
    words, addresses = [], []
    for _, said, address in _spans(text):
        words.append(said)
        if address and address != said:
            addresses.append(address)
    return " ".join("".join(words).split()), addresses


def prose_words(text: str) -> list[str]:
    """Return the words of a text in reStructuredText that shows them.

    Code and links become markup where docutils would see it, and words elsewhere.
    """
    parts: list[str] = []
    spans = list(_spans(text))
    for number, (kind, said, address) in enumerate(spans):
        is_markup = kind == "code" or (kind == "link" and said != address)
        parts.append(f"\0{number}\0" if is_markup else said)

    def kept(held: re.Match[str]) -> str:
        return held[0] if held[1] is not None else _unmarked(spans[int(held[2])])

    words = _HELD.sub(kept, "".join(parts))
    kept_words = (word for word in words.split() if not _LINE.fullmatch(word))
    return [part for word in kept_words for part in _restored(word, spans).split()]


def _unmarked(span: tuple[str, str, str]) -> str:
    _, said, address = span
    return f"{said} ({address})" if address else said


def _restored(word: str, spans: list[tuple[str, str, str]]) -> str:
    if "\0" not in word:
        return inside(word)
    parts = re.split(r"\0(\d+)\0", word)
    return "".join(
        _markup(spans[int(part)]) if at % 2 else inside(part) for at, part in enumerate(parts)
    )


def _markup(span: tuple[str, str, str]) -> str:
    kind, said, address = span
    return link(said, address) if kind == "link" else code(said)


def _spans(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of a text: kind, words, and the address of a link."""
    at = 0
    for match in _MARKUP.finditer(text):
        if match.start() > at:
            yield "text", text[at : match.start()], ""
        at = match.end()
        if match["code"]:
            yield "code", match["literal"], ""
        elif address := match["target"] or match["outer"] or match["auto"]:
            yield "link", match["title"] or match["label"] or address, address
        elif tagged := match["tagged"]:
            is_code = match["tag"] in ("code", "tt") and "`" not in tagged
            is_gone = match["tag"] in ("del", "s")  # as ``~~``, which is kept too
            yield "code" if is_code else "text", f"~~{tagged}~~" if is_gone else tagged, ""
        elif page := match["page"]:
            shown = match["shown"]
            yield "text", f"{shown} ({page})" if shown and shown != page else page, ""
        else:
            yield "text", " " if match["mark"].startswith("<br") else "", ""
    if at < len(text):
        yield "text", text[at:], ""
