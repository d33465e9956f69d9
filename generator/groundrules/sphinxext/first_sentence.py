"""The first sentence of a part of a page, as the search shows it below what it found.

A page is read before others, whose titles its references show.  So the text keeps a mark for the
title of a record or page, which `with_titles` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref

LONGEST = 240  # characters
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s+[^\sa-z]|\s*$)|[。！？])")
_TITLE = re.compile("\x00([^\x00]*)\x00([^\x00]*)\x00")
_ASIDES = (
    nodes.Admonition, nodes.caption, nodes.comment, nodes.field_list, nodes.figure,
    nodes.literal_block, nodes.section, nodes.table, nodes.topic,
)  # fmt: skip


def first_sentence(part: nodes.Element | None) -> str:
    """Return the first sentence of the text of a part, outside its sections, lists of fields, …"""
    for paragraph in _paragraphs(part) if part else ():
        if match := _SENTENCE.match(" ".join(_text(paragraph).split())):
            return match[0]
    return ""


def with_titles(text: str, title_of: Callable[[str, str], str]) -> str:
    """Return a sentence with the titles of what it refers to, by kind and name, not too long."""
    text = _TITLE.sub(lambda match: title_of(match[1], match[2]), text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"


def _paragraphs(part: nodes.Element) -> Iterator[nodes.paragraph]:
    for child in part.children:
        if isinstance(child, nodes.paragraph):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, _ASIDES):
            yield from _paragraphs(child)


def _text(node: nodes.Node) -> str:
    if not isinstance(node, nodes.Element):
        return node.astext()
    if "ci-badge" in node.get("classes", ()):
        return ""
    if isinstance(node, pending_xref) and not node.get("refexplicit"):
        kind, name = node["reftype"], node["reftarget"]
        if kind == "doc" or (node["refdomain"] == "ci" and kind not in ("job", "label")):
            return f"\x00{kind}\x00{name}\x00"
    return "".join(map(_text, node.children))
