"""``ci:keywords``: other words that readers search for a page by.

Entries of Sphinx's index would work only for a site that is built from scratch: in a partial
build, the search loses the entries of unchanged pages.  It does not lose objects of a domain.
"""

from __future__ import annotations

from docutils import nodes
from docutils.utils import escape2null, unescape
from typing_extensions import override

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.domain import KEYWORD
from groundrules.sphinxext.search_entries import KEYWORDS


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
