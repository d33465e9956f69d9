"""`MessagePatterns`: translations of sentences with names, dates or numbers of records.

Sphinx translates a sentence as a whole, and each record makes another sentence of the same words.
So a catalog of this program has it with placeholders, such as ``The label was removed on {date}.``
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from typing_extensions import override

from groundrules.text import MONTHS

LONGEST = 1_000  # characters of a message that is compared with the patterns
_FACETS = " · "
_JOB = ":ci:job:`[^`]+`"
_DATE, _COUNT, _NUMBER = r"\d{4}-\d\d-\d\d", r"\d+", r"[\d.]+"
# the name of a placeholder → what it matches; others match any text
_TYPES = {
    "date": _DATE,
    "last_date": _DATE,
    "count": _COUNT,
    "total": _COUNT,
    "number": _NUMBER,
    "last_number": _NUMBER,
    "kind": "Summit|Sprint|Meeting|Thread",
    "outcome": "decided|proposed|came out of it",
    "where": "[^;]+",
    "job_link": _JOB,
    "other_link": _JOB,
    "day": rf"[1-9]\d? (?:{'|'.join(MONTHS)}) [1-9]\d{{3}}",
}
_TRANSLATED = ("kind", "outcome", "rest")  # placeholders whose value is a message of its own
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class MessagePatterns(gettext.NullTranslations):
    """Translates by those of ``messages`` with placeholders; one with more words comes first."""

    def __init__(self, messages: dict[str, str], language: str) -> None:
        super().__init__()
        self._messages, self._language = messages, language
        self._patterns = [
            (_pattern(message), translation)
            for message, translation in sorted(messages.items(), key=_words)
            if _PLACEHOLDER.search(message)
        ]
        self._catalog: dict[str, str] = {}

    def prepare(self, messages: Iterable[str]) -> None:
        """Translate the messages of a page before Sphinx does.

        Sphinx 9 looks them up in the ``_catalog`` of a catalog and its fallbacks, where older
        versions call `gettext` (``Locale`` in sphinx/transforms/i18n.py).
        """
        translations = ((message, self.gettext(message)) for message in messages)
        self._catalog = {message: text for message, text in translations if text != message}

    @override
    def gettext(self, message: str) -> str:
        if len(message) > LONGEST:
            return message
        return _FACETS.join(map(self._translated, message.split(_FACETS)))

    def _translated(self, message: str) -> str:
        if message in self._messages:
            return self._messages[message]
        for pattern, translation in self._patterns:
            if match := pattern.fullmatch(message):
                values = match.groupdict()
                return translation.format(
                    **{name: self._value(name, values[name]) for name in values}
                )
        return message

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


def _words(entry: tuple[str, str]) -> tuple[int, str]:
    return -len(_PLACEHOLDER.sub("", entry[0])), entry[0]


def _pattern(message: str) -> re.Pattern[str]:
    """Return the expression for a message; each placeholder occurs in it once."""
    parts = _PLACEHOLDER.split(message)
    words, names = map(re.escape, parts[::2]), [*parts[1::2], ""]
    expression = "".join(
        f"{word}(?P<{name}>{_TYPES.get(name, '.+')})" if name else word
        for word, name in zip(words, names, strict=True)
    )
    return re.compile(expression, re.DOTALL)


def messages_of(catalog: gettext.GNUTranslations) -> dict[str, str]:
    """Return the messages of a catalog with their translations."""
    messages: dict[object, str] = catalog._catalog  # type: ignore[attr-defined]
    return {
        message: text for message, text in messages.items() if message and isinstance(message, str)
    }
