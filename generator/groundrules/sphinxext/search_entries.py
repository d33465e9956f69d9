"""`SearchEntry`: what readers find, read from each page: its records, or its sections and terms.

The search shows the first sentence of it.  A page is read before others, whose titles its
references show, so the sentence keeps a mark for the title of a record or page, which
`with_titles` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Final, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import glossary, pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from typing_extensions import override

from groundrules.pages import GENERATED

RECORD: Final = "ci_record"
"""The attribute of a record's target: its kind, name, anchor, title, details and other names."""
KEYWORDS: Final = "ci_keywords"
"""The attribute of a target that has the keywords of its page."""


class SearchEntry(NamedTuple):
    """One thing that can be found.

    ``names`` are those beside the title; ``details`` are a few words on it.
    """

    kind: str
    anchor: str
    title: str
    details: str
    sentence: str
    names: tuple[str, ...] = ()


class SearchCollector(EnvironmentCollector):
    """Keeps the entries of each page in the environment."""

    @override
    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        entries_of(env).pop(docname, None)

    @override
    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        others = entries_of(other)
        entries_of(env).update({name: others[name] for name in docnames if name in others})

    @override
    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        docname = app.env.current_document.docname
        entries_of(app.env)[docname] = tuple(_entries(docname, doctree))


def entries_of(env: BuildEnvironment) -> dict[str, tuple[SearchEntry, ...]]:
    """Return the entries of all pages.  The text of a page belongs to its first entry."""
    return cast(
        "dict[str, tuple[SearchEntry, ...]]", env.__dict__.setdefault("groundrules_search", {})
    )


def _entries(docname: str, doctree: nodes.document) -> Iterator[SearchEntry]:
    targets = list(doctree.findall(nodes.target))
    keywords: list[str] = []
    for target in targets:
        keywords += target.get(KEYWORDS, ())
    records = [target for target in targets if RECORD in target]
    if records:
        yield _record(records[0], keywords)
        yield from map(_record, records[1:])
    else:
        yield from _parts(docname, doctree, keywords)


def _record(target: nodes.target, keywords: Sequence[str] = ()) -> SearchEntry:
    kind, name, anchor, title, details, others = target[RECORD]
    below = target.findall(nodes.section, descend=False, siblings=True, ascend=True)
    sentence = first_sentence(next(below, None))
    own = () if name.rpartition("/")[2] == title else (name,)
    return SearchEntry(kind, anchor, title, details, sentence, (*own, *others, *keywords))


def _parts(docname: str, doctree: nodes.document, keywords: Sequence[str]) -> Iterator[SearchEntry]:
    """Yield the entry of a page without records, then those of its sections and terms."""
    page = ""
    for at, section in enumerate(doctree.findall(nodes.section)):
        title, sentence = _title(section), first_sentence(section)
        if at == 0:
            page = title
            kind = "topic" if docname.startswith(f"{GENERATED}/topics/") else "page"
            yield SearchEntry(kind, "", title, "", sentence, tuple(keywords))
        elif docname.startswith(f"{GENERATED}/"):
            return
        else:
            yield SearchEntry("section", section["ids"][0], title, page, sentence)
    for words in doctree.findall(glossary):
        for item in words.findall(nodes.definition_list_item):
            yield _term(item, page)


def _term(item: nodes.definition_list_item, page: str) -> SearchEntry:
    term, *others = item.findall(nodes.term)
    names = tuple(_name(other) for other in others)
    return SearchEntry("term", term["ids"][0], _name(term), page, first_sentence(item), names)


def _title(section: nodes.section) -> str:
    title = section.next_node(nodes.title)
    return _name(title) if title else ""


def _name(node: nodes.Element) -> str:
    return " ".join(node.astext().split())


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
