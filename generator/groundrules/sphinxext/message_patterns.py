"""`MessagePatterns`: translations of sentences with names, dates or numbers of records.

Sphinx translates a sentence as a whole, and each record makes another sentence of the same words.
So a catalog of this program has it with placeholders, such as ``The label was removed on {date}.``
"""

from __future__ import annotations

import gettext
import re
from datetime import date

from babel.dates import format_date
from typing_extensions import override

from groundrules.pages.own_sentences import LONGEST, Found, OwnSentences
from groundrules.text import MONTHS

_DAYS = ("day", "last_day")
# placeholders whose value is a message of its own
_MESSAGES = frozenset(
    "bounds event kind looks nodes outcome outcomes reasons runs verification".split()  # noqa: SIM905
)
# placeholders whose value has several, and what divides them
_DIVIDED = {
    "conditions": re.compile("( )(?=called |with the tag |that inherits |that runs )"),
    "counts": re.compile(r"(, | \(|\))"),
    "life": re.compile("( )(and)( )"),
    "plan": re.compile("( )(and)( )"),
}
# placeholders with a list of names; the words between the names are translated
_LISTS = ("jobs", "names", "other_paths", "paths")
_NAMES = re.compile(r"(:[\w:]+:`(?:[^`\\]|\\.)+`|``[^`]+``)")
# a day at the start, such as ``1. März``, would be the first item of a list
_ORDINAL = re.compile(r"^(\d+)\.(?= )")
_BETWEEN = re.compile(r"\d+ more|\b(?:and|or|not|which|shows|from|nodes|everything)\b")


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
        said = "".join(self._said(*part) for part in self._sentences.parts(message))
        return message if said == message else _ORDINAL.sub(r"\1\\.", said)

    def _said(self, part: str, found: Found | None) -> str:
        if found is None:
            return part
        message, values = found
        if not values:
            return self._messages[message]
        shown = {name: self._value(name, value) for name, value in values.items()}
        return self._messages[message].format(**shown)

    def _value(self, name: str, value: str) -> str:
        """Return the value of a placeholder as a reader of the language writes it."""
        if name in _DAYS:
            return _in_language(value, self._language)
        if name in _MESSAGES:
            return self.gettext(value)
        if name in _DIVIDED:
            return "".join(map(self.gettext, _DIVIDED[name].split(value)))
        if name in _LISTS:
            between = (_BETWEEN.sub(self._word, part) for part in _NAMES.split(value)[::2])
            names = [*_NAMES.split(value)[1::2], ""]
            return "".join(map("{}{}".format, between, names))
        return value

    def _word(self, word: re.Match[str]) -> str:
        return self.gettext(word[0])


def _in_language(day: str, language: str) -> str:
    """Return a day such as ``11 March 2020`` in a language; as it is if there is no such day."""
    number, month, year = day.split()
    try:
        return format_date(date(int(year), MONTHS.index(month) + 1, int(number)), "long", language)
    except ValueError:
        return day
