"""The values of YAML 1.1 scalars, by PyYAML's own resolver and constructors."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

CORE = "tag:yaml.org,2002:"
_LONGEST = 100  # of cached texts, and of numbers: 1:00:00… takes quadratic time

_resolve: Any = yaml.resolver.Resolver().resolve
_constructor = yaml.constructor.SafeConstructor()
_constructors: dict[str, Any] = {
    tag: _constructor.yaml_constructors[f"{CORE}{tag}"]
    for tag in ("binary", "bool", "float", "int", "null", "str", "timestamp")
}
# raised by the constructors for invalid text, such as !!bool maybe
_SURPRISES = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


class UnreadableScalarError(ValueError):
    """A scalar does not fit its tag or format; the message says why."""


def implicit(text: str) -> Any:
    """Return the value of an unquoted scalar.

    Raises `UnreadableScalarError` for an invalid date or number.
    """
    return _remembered(text) if len(text) <= _LONGEST else _implicit(text)


def is_text(text: str) -> bool:
    """Return whether an unquoted scalar is read as this text."""
    try:
        return bool(text) and implicit(text) == text
    except UnreadableScalarError:
        return False


def type_of(text: str) -> type | None:
    """Return the type of the value of an unquoted scalar; None for an invalid date or number."""
    try:
        return type(implicit(text))
    except UnreadableScalarError:
        return None


def _implicit(text: str) -> Any:
    tag = _resolve(yaml.ScalarNode, text, (True, False))
    return text if tag == f"{CORE}str" else constructed(tag, text)


_remembered = lru_cache(maxsize=65536)(_implicit)


def constructed(tag: str, text: str) -> Any:
    """Return the value of a scalar with one of YAML's own tags, written or resolved.

    Raises `UnreadableScalarError` if the value does not fit the tag, or the tag is not for
    scalars.
    """
    name = tag.removeprefix(CORE)
    if name not in _constructors:
        reason = "this has a meaning only as a key" if name in ("merge", "value") else ""
        raise UnreadableScalarError(reason or f"the tag !!{name} is not supported here")
    if name in ("float", "int") and len(text) > _LONGEST:
        raise UnreadableScalarError(f"a number of more than {_LONGEST} characters")
    try:
        return _constructors[name](_constructor, yaml.ScalarNode(tag, text))
    except yaml.YAMLError as error:
        raise UnreadableScalarError(str(getattr(error, "problem", None) or error)) from None
    except _SURPRISES as error:
        reason = (
            str(error)
            if name == "timestamp" and isinstance(error, ValueError)
            else f"not a valid {name}"
        )
        raise UnreadableScalarError(reason) from None
