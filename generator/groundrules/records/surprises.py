"""Values that YAML 1.1 turned into something else than their writer meant."""

from __future__ import annotations

import datetime
import re
from typing import Any

from groundrules.yamlsource import Place

_WORD = re.compile(r"[^\s,\]}#]+")


def word_at(text: str, place: Place) -> str:
    """Return the unquoted word that stands at ``place`` in the file ``text``."""
    line = text.removeprefix("\ufeff").splitlines()[place.line - 1]
    match = _WORD.match(line, place.column - 1)
    return match.group() if match else ""


def surprise(value: Any, word: str) -> str | None:
    """Return what YAML made of ``word``, where text was meant; ``None`` for no surprise.

    The types are those of https://yaml.org/type/ as PyYAML reads them.
    """
    if isinstance(value, bool):
        meaning = f"the truth value {str(value).lower()}"
    elif isinstance(value, float):
        meaning = f"the number {value:g}"
    elif isinstance(value, int):
        meaning = f"the {_base(word)}number {value}"
    elif isinstance(value, datetime.date):
        meaning = "a date"
    else:
        return None
    return f"YAML reads {word} as {meaning}; write '{word}' in quotes to have the text"


def _base(word: str) -> str:
    if ":" in word:
        return "sexagesimal "
    return "octal " if re.fullmatch(r"[-+]?0[0-7_]+", word) else ""
