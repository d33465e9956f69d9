"""Who wrote the parts of a page, this program or people, so that each has its own catalog.

On a generated page, all is this program's but the texts of records; on another page, only what a
listing says is.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.locale import translators
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import extract_messages
from typing_extensions import override

from groundrules.pages import GENERATED
from groundrules.pages.own_sentences import is_own_sentence
from groundrules.pages.rst import TEXT_ROLE, escape
from groundrules.sphinxext.translation import (
    NAMESPACE,
    builtin_catalog,
    domain_of,
    manual_catalog,
)

_MARKS = "groundrules_authors"  # nodes → whether this program wrote what is in them
_KEPT = "groundrules_kept"  # nodes of people whose message is hidden → the message
_HAS_ROLES = "groundrules_has_text_roles"  # whether the page has a `TextRole`
_TEXT = re.compile(rf":ci:{TEXT_ROLE}:`((?:[^`\\]|\\.)*)`")


class TextRole(SphinxRole):
    """Shows a record's text that is the same as a sentence of this program."""

    @override
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        self.env.current_document[_HAS_ROLES] = True
        return [nodes.Text(self.text)], []


def without_roles(text: str) -> str:
    """Return reStructuredText with the content of each text role in its place."""
    return _TEXT.sub(lambda match: escape(re.sub(r"\\(.)", r"\1", match[1])), text)


def mark(env: BuildEnvironment, parts: Iterable[nodes.Node], *, is_own: bool) -> None:
    """Note that this program, or a person, wrote the parts of the current page."""
    marks: Any = env.current_document.setdefault(_MARKS, {})
    marks.update(dict.fromkeys(parts, is_own))


class PageCatalog(gettext.NullTranslations):
    """The translations of what this program says on one page."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self._catalog = messages  # where Sphinx looks (``Locale`` in sphinx/transforms/i18n.py)


class BuiltinWords(SphinxTransform):
    """Makes Sphinx use the catalog of built-in templates if the manual's has no translation."""

    default_priority = 19  # before Sphinx's own translation

    def apply(self, **options: object) -> None:
        """Load the catalogs for the current page, and hide from them what people wrote."""
        docname = self.env.current_document.docname
        builtin = builtin_catalog(self.config.language)
        manual, has_own = manual_catalog(self.env, docname)
        if builtin is None and not self.env.current_document.get(_HAS_ROLES):
            return
        self._marks: dict[nodes.Node, bool] = self.env.current_document.get(_MARKS) or {}
        self._is_generated = docname.startswith(f"{GENERATED}/")
        every = list(self._messages()) if self._is_generated or self._marks else []
        if builtin is None:
            return
        texts = {message: builtin.gettext(message) for _, message, is_own in every if is_own}
        catalog = PageCatalog({key: text for key, text in texts.items() if text != key})
        kept = {
            node: node.rawsource
            for node, message, is_own in every
            if not is_own and message in catalog._catalog and manual.gettext(message) == message
        }
        for node in kept:
            node.rawsource = f"\\ {node.rawsource}"  # no catalog has it
        self.env.current_document[_KEPT] = kept
        if has_own:
            manual.add_fallback(catalog)
        else:
            translators[NAMESPACE, domain_of(self.env, docname)] = catalog

    def _messages(self) -> Iterator[tuple[nodes.Element, str, bool]]:
        """Yield each node with its message, and whether this program wrote it."""
        for node, message in extract_messages(self.document):
            if _TEXT.search(message) and not is_own_sentence(message):
                node.rawsource = without_roles(message)
                yield node, node.rawsource, False
            else:
                yield node, message, self._is_own(node)

    def _is_own(self, node: nodes.Node) -> bool:
        part: nodes.Node | None = node
        while part is not None:
            if part in self._marks:
                return self._marks[part]
            part = part.parent
        return self._is_generated


class PeoplesWords(SphinxTransform):
    """Gives the nodes that `BuiltinWords` hid from the catalogs their own source again."""

    default_priority = 21  # after Sphinx's own translation

    def apply(self, **options: object) -> None:
        """Restore the sources on the current page."""
        kept: dict[nodes.Element, str] = self.env.current_document.get(_KEPT) or {}
        for node, source in kept.items():
            node.rawsource = source
