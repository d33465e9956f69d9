"""Numbers in another notation than YAML's, such as ``7,600`` or ``7,5``."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import StrictInt
from pydantic.fields import FieldInfo

from groundrules.records import fields

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:[, '’]\d{3})+")
_DECIMAL = re.compile(r"-?\d+,\d{1,2}")
_WHOLE: tuple[Any, ...] = (int, StrictInt, fields.Count)
_ANY: tuple[Any, ...] = (float, fields.Number, fields.Size, fields.Scalar)


def meant_number(text: str, *, is_whole: bool) -> str | None:
    """Return the number in YAML's notation; None if the text is no number in another one.

    >>> meant_number("7,600", is_whole=True), meant_number("7,5", is_whole=False)
    ('7600', '7.5')
    """
    if _THOUSANDS.fullmatch(text):
        return re.sub(r"[^-\d]", "", text)
    return text.replace(",", ".") if _DECIMAL.fullmatch(text) and not is_whole else None


def takes_number(field: FieldInfo) -> bool:
    """Return whether the value of a field can be a number."""
    return takes_whole_number(field) or _is_any(field, _ANY)


def takes_whole_number(field: FieldInfo) -> bool:
    """Return whether the value of a field has to be a whole number."""
    return _is_any(field, _WHOLE)


def takes_any(field: FieldInfo) -> bool:
    """Return whether the value of a field can be text, a number or a truth value."""
    return _is_any(field, (fields.Scalar,))


def _is_any(field: FieldInfo, kinds: tuple[Any, ...]) -> bool:
    own = (field.annotation, *get_args(field.annotation))
    return any(kind in kinds for kind in own)
