"""``ci:search`` and ``ci:keywords``: a search on the page itself, and more words to find a page by.

Entries of Sphinx's index would work only for a site that is built from scratch: in a partial
build, the search loses the entries of unchanged pages.  It does not lose objects of a domain.
"""

from __future__ import annotations

import html
from typing import Any, cast

from docutils import nodes
from docutils.utils import escape2null, unescape
from sphinx.addnodes import translatable
from sphinx.locale import _ as of_sphinx
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.domain import KEYWORD
from groundrules.sphinxext.search_entries import KEYWORDS


class search(nodes.General, nodes.Element, translatable):  # noqa: N801 - docutils names nodes so
    """A search field with its label, which the manual's catalog can translate."""

    @override
    def preserve_original_messages(self) -> None:
        self.setdefault("original", self["label"])

    @override
    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        self["label"] = translated_message

    @override
    def extract_original_messages(self) -> list[str]:
        return [self["original"]]


class Search(CiDirective):
    """Shows a search field; the argument is its label."""

    required_arguments = 1
    final_argument_whitespace = True

    @override
    def run(self) -> list[nodes.Node]:
        node = search("", label=self.arguments[0])
        self.set_source_info(node)
        return [node]


def visit_html(self: HTML5Translator, node: search) -> None:
    """Write a form for Sphinx's own search; nothing in an ePub, which has no search."""
    builder = cast(Any, self.builder)
    if not builder.search:
        raise nodes.SkipNode
    action = builder.get_relative_uri(builder.current_docname, "search")
    label = html.escape(node["label"])
    self.body.append(
        f'<form class="ci-search" role="search" action="{html.escape(action)}" method="get">'
        f'<label><span>{label}</span><input type="search" name="q" autocomplete="off"/></label>'
        f"<button>{html.escape(of_sphinx('Search'))}</button></form>"
    )
    raise nodes.SkipNode


class Keywords(CiDirective):
    """Registers the given words, separated by commas; shows nothing."""

    required_arguments = 1
    final_argument_whitespace = True

    @override
    def run(self) -> list[nodes.Node]:
        text = unescape(escape2null(self.arguments[0]))
        keywords = [word for each in text.split(",") if (word := each.strip())]
        page, number = self.env.current_document.docname, self.env.new_serialno(KEYWORD)
        anchor = f"{KEYWORD}-{number}"
        target = nodes.target("", "", ids=[anchor])
        self.state.document.note_explicit_target(target)
        target[KEYWORDS] = keywords
        for word in keywords:
            name = f"{page}/{'-'.join(word.split())}"
            self.ci.note_record(KEYWORD, name, word, anchor, self.get_location())
        words = ",".join(" ".join(keywords).split())
        # at the top, as in docutils: an anchor gives its name to the next node
        self.state.document.insert(0, nodes.meta(name="keywords", content=words))
        return [target]
