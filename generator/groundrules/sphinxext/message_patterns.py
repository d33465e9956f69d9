"""`MessagePatterns`: translations of sentences with names, dates or numbers of records.

Sphinx translates a sentence as a whole, and each record makes another sentence of the same words.
So a catalog of this program has it with placeholders, such as ``The label was removed on {date}.``
"""

from __future__ import annotations

import gettext
from datetime import date

from babel.dates import format_date
from typing_extensions import override

from groundrules.pages.own_sentences import FACETS, LONGEST, OwnSentences
from groundrules.text import MONTHS

_TRANSLATED = (
    "bounds",
    "kind",
    "outcome",
    "outcomes",
)  # placeholders whose value is a message of its own


class MessagePatterns(gettext.NullTranslations):
    """Translates by the ``messages`` of a catalog, also those with placeholders."""

    def __init__(self, messages: dict[str, str], language: str) -> None:
        super().__init__()
        self._messages, self._language = messages, language
        self._sentences = OwnSentences(messages)

    @override
    def gettext(self, message: str) -> str:
        if len(message) > LONGEST:
            return message
        return FACETS.join(map(self._translated, message.split(FACETS)))

    def _translated(self, message: str) -> str:
        if not (found := self._sentences.match(message)):
            return message
        known, values = found
        if not values:
            return self._messages[known]
        shown = {name: self._value(name, value) for name, value in values.items()}
        return self._messages[known].format(**shown)

    def _value(self, name: str, value: str) -> str:
        """Return the value of a placeholder as a reader of the language writes it."""
        if name == "day":
            return _in_language(value, self._language)
        return self._translated(value) if name in _TRANSLATED else value


def _in_language(day: str, language: str) -> str:
    """Return a day such as ``11 March 2020`` in a language; as it is if there is no such day."""
    number, month, year = day.split()
    try:
        return format_date(date(int(year), MONTHS.index(month) + 1, int(number)), "long", language)
    except ValueError:
        return day
