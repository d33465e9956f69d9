"""Numbers in another notation than YAML's, such as ``7,600`` or ``7,5``, and who takes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:[, '’]\d{3})+")
_DECIMAL = re.compile(r"-?\d+,\d{1,2}")
# YAML 1.1 wants a point and a sign: 1.0e+3
_EXPONENT = re.compile(r"-?\d+(?:\.\d*)?[eE][-+]?\d{1,3}")
_LONGEST = 20  # a longer number is not proposed: 1e300 has 301 digits
NUMBERS = frozenset((int, float))


def meant_number(text: str, *, is_whole: bool) -> str | None:
    """Return the number in YAML's notation; None if the text is no number in another one.

    >>> meant_number("7,600", is_whole=True), meant_number("7,5", is_whole=False)
    ('7600', '7.5')
    """
    if _THOUSANDS.fullmatch(text):
        return re.sub(r"[^-\d]", "", text)
    if _EXPONENT.fullmatch(text):
        digits = decimal(Decimal(text))
        return digits if not is_whole or "." not in digits else None
    return text.replace(",", ".") if _DECIMAL.fullmatch(text) and not is_whole else None


def decimal(value: float | Decimal) -> str:
    """Return a number in the plainest decimal form; empty if that is long."""
    digits = format(Decimal(str(value)), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits if len(digits) <= _LONGEST else ""


def types_in(annotation: Any) -> set[type]:
    """Return the simple types in the annotation of a field."""
    own = {annotation} if isinstance(annotation, type) else set[type]()
    return own.union(*map(types_in, get_args(annotation)))
