"""`OwnSentences`: what a page can say in words of this program, which its catalogs translate.

A text of a record can be the same words.  Then it has a mark, because only the catalogs of the
manual translate what people wrote.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from groundrules.text import MONTHS

LOCALE = Path(__file__).parents[1] / "locale"
LONGEST = 1_000  # characters of a message that is compared with the patterns
FACETS = " · "
_MOST_KNOWN = 16_384
_DATE, _COUNT, _NUMBER = r"\d{4}-\d\d-\d\d", r"\d+", r"-?[\d.]+(?:e[+-]?\d+)?"
_LITERAL = r"(?:``[^`]+``|:literal:`(?:[^`\\]|\\.)+`)"
_REFERENCE = r":ci:\w+:`[^`]+`"
_OUTCOMES = r"\d+ (?:decisions?|open actions?)"
_BOUNDS = rf"(?:(?:at least|at most) )?{_NUMBER}(?: to {_NUMBER})?(?: .{{1,40}})?|one of .+"
# the name of a placeholder → what it matches; others match any text
_TYPES = {
    "badge": r":ci:badge:`[^`]+`",
    "bounds": _BOUNDS,
    "count": _COUNT,
    "date": _DATE,
    "day": rf"[1-9]\d? (?:{'|'.join(MONTHS)}) [1-9]\d{{3}}",
    "expectation": "[^`<>]+",
    "fact": _LITERAL,
    "jobs": ":ci:.+",
    "job": _REFERENCE,
    "kind": "Summit|Sprint|Meeting|Thread",
    "label": rf"(?::ci:row:`[^`]+` )?{_REFERENCE}|[^\s`<>]+",
    "labels": "[`:].+",
    "last_date": _DATE,
    "last_number": _NUMBER,
    "links": "[`:].+",
    "number": _NUMBER,
    "other": _REFERENCE,
    "outcome": "decided|proposed|came out of it",
    "outcomes": rf"{_OUTCOMES}(?:; {_OUTCOMES})?",
    "project": _LITERAL,
    "providers": rf"{_LITERAL}.*",
    "record": _REFERENCE,
    "records": ":ci:.+",
    "rule": _LITERAL,
    "semaphore": _LITERAL,
    "tag": _LITERAL,
    "total": _COUNT,
    "unit": r"\S.{0,40}",
    "where": ".+?",
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class OwnSentences:
    """The messages of a catalog; those with placeholders are patterns, most words first."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = frozenset(messages)
        ordered = sorted(filter(PLACEHOLDER.search, self.messages), key=_words)
        self._patterns = [(_fragment(each), _pattern(each), each) for each in ordered]

    def match(self, text: str) -> tuple[str, dict[str, str]] | None:
        """Return the message that a text is, with the values of its placeholders."""
        if text in self.messages:
            return text, {}
        for fragment, pattern, message in self._patterns:
            if fragment in text and (match := pattern.fullmatch(text)):
                return message, match.groupdict()
        return None

    def has(self, text: str) -> bool:
        """Return whether a text, or a part of one that is translated by itself, is a message."""
        if len(text) > LONGEST:
            return False
        return any(self.match(part) for part in text.split(FACETS))


def _words(message: str) -> tuple[int, str]:
    return -len(PLACEHOLDER.sub("", message)), message


def _fragment(message: str) -> str:
    """Return the longest text between placeholders, to look for before the pattern is tried."""
    return max(PLACEHOLDER.split(message)[::2], key=len)


def _pattern(message: str) -> re.Pattern[str]:
    """Return the expression for a message; each placeholder occurs in it once."""
    parts = PLACEHOLDER.split(message)
    words, names = map(re.escape, parts[::2]), [*parts[1::2], ""]
    expression = "".join(
        f"{word}(?P<{name}>{_TYPES.get(name, '.+')})" if name else word
        for word, name in zip(words, names, strict=True)
    )
    return re.compile(expression, re.DOTALL)


def messages_of(catalog: gettext.NullTranslations) -> dict[str, str]:
    """Return the messages of a catalog with their translations."""
    messages: dict[object, str] = catalog._catalog  # type: ignore[attr-defined]
    return {
        message: text for message, text in messages.items() if message and isinstance(message, str)
    }


@lru_cache(maxsize=_MOST_KNOWN)
def is_own_sentence(text: str) -> bool:
    """Return whether a catalog of this program would translate a text."""
    return _every_sentence().has(text)


@cache
def _every_sentence() -> OwnSentences:
    """Return the messages of the German catalog, which has every sentence of pages.

    Those of other languages are the same, and pages do not depend on the language of a build.
    """
    return OwnSentences(messages_of(gettext.translation("pages", LOCALE, ["de"])))
