"""Translations of this program's own texts; the manual's catalogs override them.

The catalog ``groundrules`` has the texts of directives, marks and scripts, ``pages`` those of the
built-in templates, those with names or numbers with placeholders (`message_patterns`).  Records are
in the manual's own catalogs.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from docutils.utils import escape2null, unescape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation, init, translators
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from groundrules.sphinxext.message_patterns import MessagePatterns, messages_of

WORDS, PAGES = "groundrules", "pages"
LOCALE = Path(__file__).parents[1] / "locale"
_NAMESPACE = "general"  # Sphinx's namespace for the catalogs of manuals

_gettext = get_translation(WORDS)


def N_(text: str) -> str:  # noqa: N802 - gettext's name for it
    """Mark a text that is translated where it is used."""
    return text


def word(text: str) -> str:
    """Return the translation of a word of this program."""
    return str(_gettext(text))


def add_catalog(app: Sphinx) -> None:
    """Load the catalog of this program, replacing that of an earlier build in this process."""
    translators.pop((_NAMESPACE, WORDS), None)
    app.add_message_catalog(WORDS, str(LOCALE))


def translated(env: BuildEnvironment, text: str) -> str:
    """Return the translation of reStructuredText on the current page, such as its title."""
    catalog = _catalog(env, env.current_document.docname)
    return unescape(escape2null(catalog.gettext(text)))


def translated_prose(env: BuildEnvironment, text: str, docname: str) -> str:
    """Return reStructuredText as a page shows it; Sphinx translates each paragraph by itself."""
    catalog = _catalog(env, docname)

    def shown(paragraph: str) -> str:
        message = " ".join(paragraph.split())
        translation = catalog.gettext(message) if message else ""
        return paragraph if translation == message else translation

    return "\n\n".join(map(shown, text.split("\n\n")))


class BuiltinWords(SphinxTransform):
    """Makes Sphinx use the catalog of built-in templates if the manual's has no translation."""

    default_priority = 19  # before Sphinx's own translation

    def apply(self, **options: object) -> None:
        """Load the catalogs for the current page."""
        _catalog(self.env, self.env.current_document.docname)
        if patterns := _patterns(str(LOCALE), self.config.language):
            patterns.prepare(message for _, message in extract_messages(self.document))


@cache
def builtin_catalog(folder: str, language: str) -> gettext.GNUTranslations | None:
    """Return the catalog of built-in templates, with its messages that have placeholders."""
    builtin = gettext.translation(PAGES, folder, [language], fallback=True)
    if not isinstance(builtin, gettext.GNUTranslations):
        return None
    if patterns := _patterns(folder, language):
        builtin.add_fallback(patterns)
    return builtin


@cache
def _patterns(folder: str, language: str) -> MessagePatterns | None:
    builtin = gettext.translation(PAGES, folder, [language], fallback=True)
    if not isinstance(builtin, gettext.GNUTranslations):
        return None
    return MessagePatterns(messages_of(builtin), language)


def _catalog(env: BuildEnvironment, docname: str) -> gettext.NullTranslations:
    """Return the catalog of a page, as Sphinx uses it next when it reads the page.

    Otherwise Sphinx would add the same files again for each page, and fail after a thousand.
    """
    config = env.config
    domain = docname_to_domain(docname, config.gettext_compact)
    translators.pop((_NAMESPACE, domain), None)
    own = [env.srcdir / folder for folder in config.locale_dirs]
    catalog, has_own = init(own, config.language, domain, _NAMESPACE)
    builtin = builtin_catalog(str(LOCALE), config.language)
    if builtin is None:
        return catalog
    if has_own:
        catalog.add_fallback(builtin)
        return catalog
    translators[_NAMESPACE, domain] = builtin
    return builtin
