"""How to write a value as the list that a field takes."""

from __future__ import annotations

import re
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from groundrules.records import fields
from groundrules.records.corrections import corrected
from groundrules.records.shape import Route, field_at, model_at
from groundrules.records.yaml_surprises import surprise
from groundrules.text import yaml_word
from groundrules.yamlsource import Tagged
from groundrules.yamlsource.scalars import is_text

_OF_TEXT = (fields.LINE, fields.TEXT)  # in which a comma can be part of an item
_WITH_COLON = (fields.EVIDENCE, fields.REFERENCE)
_ADDRESS = r"(?:https?://)?[\w./+-]+(?::[\w./+-]+)?"


def as_list(value: Any, word: str, model: type[fields.Record], route: Route) -> str:
    """Return the advice how to write ``value``, at which ``word`` is, as a list, or nothing."""
    if isinstance(value, dict):
        return "; write '- ' before its first key" if model_at(model, route) else ""
    field = field_at(model, route)
    if model_at(model, route) is not None or isinstance(value, Tagged) or field is None:
        return ""
    is_exact = _item(field) in (fields.Count, fields.Scalar) and word == str(value)
    if is_exact and not isinstance(value, bool):
        words = str(value).split(",")
        return f"; write {listed(words, field) or listed([word], field)}"
    if surprise(value, word):
        return f"; write [{value}]" if word.startswith(("'", '"')) else f"; write ['{word}']"
    text = str(value)
    return f"; write {listed(text.split(','), field) or _alone(text, field)}"


def listed(words: list[str], field: FieldInfo, *, in_braces: bool = False) -> str | None:
    """Return words between commas as the list of a field; None if one cannot be an item.

    A text for people can contain a comma, so that it stays one item, except ``in_braces``, where
    a comma ends it.
    """
    item = _item(field)
    names = [name for word in words if (name := word.strip())]
    if item is fields.Count:
        return f"[{', '.join(names)}]" if all(map(str.isdecimal, names)) else None
    if item is fields.Scalar:
        return f"[{', '.join(map(_scalar, names))}]"
    pattern = _pattern(item)
    if len(words) < 2 or pattern is None or (pattern in _OF_TEXT and not in_braces):
        return None
    meant = [_meant(name, pattern) for name in names]
    return f"[{', '.join(meant)}]" if all(meant) else None


def _alone(text: str, field: FieldInfo) -> str:
    """Return a list of one item, in quotes only if it needs them."""
    pattern = _pattern(_item(field))
    item = corrected(pattern, text) if pattern in _WITH_COLON else None
    return f"[{_plain(item or text)}]"


def _item(field: FieldInfo) -> Any:
    """Return the type of the items of a field, or of the lists in it; None if it is no list."""
    kinds = get_args(field.annotation)
    if kinds[1:] != (...,):
        return None
    inner = (*get_args(kinds[0]), None)[0]
    return get_args(inner)[0] if get_origin(inner) is tuple else kinds[0]


def _pattern(item: Any) -> str | None:
    marks = getattr(item, "__metadata__", ())
    return next((mark.pattern for mark in marks if getattr(mark, "pattern", None)), None)


def _meant(name: str, pattern: str) -> str:
    """Return a word as an item of the form ``pattern``, in YAML syntax; empty if it has another."""
    meant = name if re.fullmatch(pattern, name) else corrected(pattern, name)
    return _plain(meant) if meant else ""


def _scalar(name: str) -> str:
    """Return a word of a value that can be of any type: a number stays one."""
    is_number = re.fullmatch(r"-?\d+(?:\.\d+)?", name)
    return name if is_number else _plain(name)


def _plain(name: str) -> str:
    """Return a word in YAML syntax, in quotes only if it needs them."""
    is_plain = re.fullmatch(_ADDRESS, name) or re.fullmatch(r"[^\W\d_][\w ./+-]*", name)
    return name if is_plain and is_text(name) else yaml_word(name)
