"""Numbers in another notation than YAML's, such as ``7,600`` or ``7,5``, and who takes them."""

from __future__ import annotations

import re
from typing import Any, get_args

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:[, '’]\d{3})+")
_DECIMAL = re.compile(r"-?\d+,\d{1,2}")
NUMBERS = frozenset((int, float))


def meant_number(text: str, *, is_whole: bool) -> str | None:
    """Return the number in YAML's notation; None if the text is no number in another one.

    >>> meant_number("7,600", is_whole=True), meant_number("7,5", is_whole=False)
    ('7600', '7.5')
    """
    if _THOUSANDS.fullmatch(text):
        return re.sub(r"[^-\d]", "", text)
    return text.replace(",", ".") if _DECIMAL.fullmatch(text) and not is_whole else None


def types_in(annotation: Any) -> set[type]:
    """Return the simple types in the annotation of a field."""
    own = {annotation} if isinstance(annotation, type) else set[type]()
    return own.union(*map(types_in, get_args(annotation)))
