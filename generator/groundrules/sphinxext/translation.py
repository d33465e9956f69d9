"""Translations of this program's own texts; the manual's catalogs override them.

The catalog ``groundrules`` has the texts of directives, marks and scripts, ``pages`` those of the
built-in templates, those with names or numbers with placeholders (`message_patterns`).  What people
wrote, in records or on pages of their own, is only in the manual's own catalogs.
"""

from __future__ import annotations

import gettext
from functools import cache

from docutils.utils import escape2null, unescape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation, init, translators
from sphinx.util.i18n import docname_to_domain

from groundrules.pages.own_sentences import LOCALE, messages_of
from groundrules.pages.rst import Rst
from groundrules.sphinxext.message_patterns import MessagePatterns

WORDS, PAGES = "groundrules", "pages"
NAMESPACE = "general"  # Sphinx's namespace for the catalogs of manuals

_gettext = get_translation(WORDS)


def N_(text: str) -> str:  # noqa: N802 - gettext's name for it
    """Mark a text that is translated where it is used."""
    return text


def word(text: str) -> str:
    """Return the translation of a word of this program."""
    return str(_gettext(text))


def add_catalog(app: Sphinx) -> None:
    """Load the catalog of this program, replacing that of an earlier build in this process."""
    translators.pop((NAMESPACE, WORDS), None)
    app.add_message_catalog(WORDS, str(LOCALE))


def translated(env: BuildEnvironment, text: str) -> str:
    """Return a record's text in the manual's own translation, such as the title of a page."""
    catalog, _ = manual_catalog(env, env.current_document.docname)
    return unescape(escape2null(catalog.gettext(text)))


def translated_prose(env: BuildEnvironment, text: str, docname: str) -> str:
    """Return reStructuredText as a page shows it; Sphinx translates each paragraph by itself.

    `Rst` is a sentence of this program, other text that of a record.
    """
    catalog, _ = manual_catalog(env, docname)
    builtin = builtin_catalog(env.config.language) if isinstance(text, Rst) else None

    def shown(paragraph: str) -> str:
        message = " ".join(paragraph.split())
        translation = catalog.gettext(message) if message else ""
        if translation == message and builtin:
            translation = builtin.gettext(message)
        return paragraph if translation == message else translation

    return "\n\n".join(map(shown, text.split("\n\n")))


@cache
def builtin_catalog(language: str) -> MessagePatterns | None:
    """Return the catalog of built-in templates; None for a language without one."""
    builtin = gettext.translation(PAGES, str(LOCALE), [language], fallback=True)
    if not isinstance(builtin, gettext.GNUTranslations):
        return None
    return MessagePatterns(messages_of(builtin), language)


def manual_catalog(env: BuildEnvironment, docname: str) -> tuple[gettext.NullTranslations, bool]:
    """Return the manual's own catalog of a page, and whether it has one.

    Without ``pop``, Sphinx would add the same files for each page, and fail after a thousand.
    """
    domain = domain_of(env, docname)
    translators.pop((NAMESPACE, domain), None)
    own = [env.srcdir / folder for folder in env.config.locale_dirs]
    return init(own, env.config.language, domain, NAMESPACE)


def domain_of(env: BuildEnvironment, docname: str) -> str:
    """Return the name of the catalog of a page."""
    return docname_to_domain(docname, env.config.gettext_compact)
