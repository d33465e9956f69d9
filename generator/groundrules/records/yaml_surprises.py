"""Values that YAML 1.1 reads as another type than intended."""

from __future__ import annotations

import datetime
import re
from typing import Any

from groundrules.yamlsource import Place, lines_of

# after an anchor and a tag; a comment such as #opendev only where nothing is before it
_WORD = re.compile(r"(?:[&!]\S+\s+)*(?:[ \t]+(#[^\s#!]\S*)|([^\s,\]}#]*))")


def word_at(text: str, place: Place) -> str:
    """Return the unquoted word at ``place`` in the file ``text``, or the comment instead of it."""
    lines = (*lines_of(text), "")  # a key without a value may stand after the last line
    match = _WORD.match(lines[min(place.line, len(lines)) - 1], place.column - 1)
    return match[1] or match[2] if match else ""


def surprise(value: Any, word: str) -> str | None:
    """Return the message if YAML does not read ``word`` as text, else ``None``.

    The types are those of https://yaml.org/type/ as PyYAML reads them.
    """
    meaning = "a comment" if word.startswith("#") else _meaning(value, word)
    return f"YAML reads {word} as {meaning}" if meaning and word else None


def quoted(word: str) -> str:
    """Return the advice to quote ``word``."""
    if word.startswith("#"):
        return "quote the whole text"
    at_anchor = f"quote the value at &{word[1:]}"
    return (at_anchor if word.startswith("*") else f"write '{word}'") + " for text"


def _meaning(value: Any, word: str) -> str | None:
    match value:
        case None:
            return "nothing"
        case bool():
            return f"the truth value {str(value).lower()}"
        case int() | float():
            return f"the {_base(word)}number {value}"
        case datetime.date():
            return "a date"
    return None


def _base(word: str) -> str:
    if ":" in word:
        return "sexagesimal "
    return "octal " if re.fullmatch(r"[-+]?0[0-7_]+", word) else ""
