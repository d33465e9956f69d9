"""`OwnSentences`: what a page can say in words of this program, which its catalogs translate.

A text of a record can be the same words.  Then it has a mark, because only the catalogs of the
manual translate what people wrote.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from groundrules.text import MONTHS

LOCALE = Path(__file__).parents[1] / "locale"
LONGEST = 1_000  # characters of a message that is compared with the patterns
SEPARATORS = (" · ", "; ")
"""Between parts of a message that are translated by themselves; a part can have the second."""
_MOST_KNOWN = 16_384
_DATE, _COUNT, _NUMBER = r"\d{4}-\d\d-\d\d", r"\d+", r"-?[\d.]+(?:e[+-]?\d+)?"
_DAY = rf"[1-9]\d? (?:{'|'.join(MONTHS)}) [1-9]\d{{3}}"
_LITERAL = r"(?:``[^`]+``|:literal:`(?:[^`\\]|\\.)+`)"
_REFERENCE = r":ci:\w+:`[^`]+`"
_NAME = rf"(?:(?:not )?{_LITERAL}|\d+ more)"
_NAMES = rf"{_NAME}(?:(?:, | and | or ){_NAME})*"
_OUTCOMES = r"\d+ (?:decisions?|open actions?)"
_COUNTED = r"\d+ (?:jobs?|dependency|dependencies|rules?)(?: \([^()]*\))?"
_PAST = rf"(?:was removed on|is not supplied by anybody since|is deprecated since) {_DATE}"
_PLAN = (
    rf"(?:can be used from {_DAY} on|will be deprecated on {_DAY}|"
    rf"will not be supplied from {_DAY} on|will be removed on {_DAY})"
)
_LOOK = "(?:pale|thick|dotted)"
# the name of a placeholder → what it matches; others match any text
_TYPES = {
    "badge": r":ci:badge:`[^`]+`",
    "bounds": rf"(?:(?:at least|at most) )?{_NUMBER}(?: to {_NUMBER})?(?: .{{1,40}})?|one of .+",
    "command": _LITERAL,
    "conditions": "(?:called|with the tag|that inherits from|that runs when) .+",
    "count": _COUNT,
    "counts": rf"{_COUNTED}(?:, {_COUNTED})*|no jobs",
    "date": _DATE,
    "day": _DAY,
    "duration": r"\d+ (?:h|min|s)(?: \d+ (?:min|s))*",
    "edge": _REFERENCE,
    "event": "a timer|a tag",
    "expectation": "[^`<>]+",
    "fact": rf"{_LITERAL}|(?=\w+_)[\w.-]++",
    "job": _REFERENCE,
    "jobs": rf"{_REFERENCE}(?: and \d+ more(?:, which {_REFERENCE} shows)?)?",
    "kind": "Summit|Sprint|Meeting|Thread",
    "label": rf"(?::ci:row:`[^`]+` )?{_REFERENCE}|[^\s`<>]+",
    "labels": "[`:].+",
    "last_date": _DATE,
    "last_day": _DAY,
    "last_number": _NUMBER,
    "life": rf"(?:{_PAST}|{_PLAN})(?: and {_PLAN})*",
    "links": "[`:].+",
    "looks": rf"not {_LOOK}|neither {_LOOK}(?: nor {_LOOK})+",
    "nodes": r"\d+ nodes?",
    "number": _NUMBER,
    "other": _REFERENCE,
    "other_paths": _NAMES,
    "outcome": "decided|proposed|came out of it",
    "outcomes": rf"{_OUTCOMES}(?:; {_OUTCOMES})?",
    "paths": _NAMES,
    "pipelines": "[^:;`]+",
    "plan": rf"{_PLAN}(?: and {_PLAN})*",
    "project": _LITERAL,
    "providers": rf"{_LITERAL}.*",
    "record": _REFERENCE,
    "records": ":ci:.+",
    "regions": rf"{_LITERAL}.*",
    "rule": _LITERAL,
    "runs": "(?:every change|no changed file|no change: |a change of ).*",
    "semaphore": _LITERAL,
    "standing": ":ci:badge:`(?:guaranteed|varies|present|not-guaranteed)`",
    "state": ":ci:badge:`(?:verified|drifted|planned|not-checked|kept-by-hand)`",
    "tag": _LITERAL,
    "total": _COUNT,
    "unit": r"\S.{0,40}",
    "verification": ":ci:badge:`[^`]+`.*",
    "where": ".+?",
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")


Found = tuple[str, dict[str, str]]
"""A message, and the values of its placeholders in a text."""


class OwnSentences:
    """The messages of a catalog; those with placeholders are patterns, most words first."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = frozenset(messages)
        ordered = sorted(filter(PLACEHOLDER.search, self.messages), key=_words)
        self._patterns = [(_fragment(each), each) for each in ordered]

    def match(self, text: str) -> Found | None:
        """Return the message that a text is, with the values of its placeholders."""
        if text in self.messages:
            return text, {}
        for fragment, message in self._patterns:
            if fragment in text and (match := _pattern(message).fullmatch(text)):
                return message, match.groupdict()
        return None

    def parts(self, text: str) -> Iterator[tuple[str, Found | None]]:
        """Yield each part of a text that is translated by itself, with what it is.

        The separators are parts too.  Only a part that is no message as a whole is divided further.
        """
        outer, inner = SEPARATORS
        for part in _divided(text, outer):
            found = self.match(part)
            if found or inner not in part:
                yield part, found
            else:
                yield from ((each, self.match(each)) for each in _divided(part, inner))

    def has(self, text: str) -> bool:
        """Return whether a text, or a part of one that is translated by itself, is a message."""
        return len(text) <= LONGEST and any(found for _, found in self.parts(text))


def _divided(text: str, separator: str) -> list[str]:
    """Return the parts of a text with the separators between them."""
    return [each for part in text.split(separator) for each in (separator, part)][1:]


def _words(message: str) -> tuple[int, str]:
    return -len(PLACEHOLDER.sub("", message)), message


def _fragment(message: str) -> str:
    """Return the longest text between placeholders, to look for before the pattern is tried."""
    return max(PLACEHOLDER.split(message)[::2], key=len)


@cache  # most are of no use to a small manual
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
