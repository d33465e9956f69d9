"""pydantic's errors as messages for the author of a file."""

from __future__ import annotations

import datetime
import re
from typing import Any, get_args

from pydantic_core import ErrorDetails

from groundrules.diagnostics import Rule
from groundrules.nearest import did_you_mean
from groundrules.records import fields, times
from groundrules.records.architecture import NOT_AN_ARCHITECTURE, misspelt
from groundrules.records.attribute_docs import description
from groundrules.records.corrections import corrected
from groundrules.records.fields import Record, text_fields
from groundrules.records.kinds import roles
from groundrules.records.list_words import as_list
from groundrules.records.number_words import meant_number
from groundrules.records.shape import Route, field_at, keys_of, model_at, name_of, required_keys
from groundrules.records.yaml_surprises import quoted, surprise
from groundrules.rules import reading as rules
from groundrules.text import verbatim, yaml_word
from groundrules.yamlsource import Tagged, why_no_date
from groundrules.yamlsource.scalars import type_of
from groundrules.yamlsource.yaml_errors import odd_space

Finding = tuple[Rule, str]

_BAD_NAMES = {
    fields.ID: "cannot be an id; use lower-case letters, digits and single hyphens",
    fields.NAME: "cannot be a name; use letters, digits, '_', '-', '+' and single dots",
    fields.PATTERN: "has characters that names cannot have; write a name, or a pattern with '*'",
    fields.LABEL: "cannot be a label; use letters, digits, '_', '-', '+', and single '.', '/' or "
    "':' between them",
    fields.LABEL_PATTERN: "has characters that labels cannot have; write a label, or a pattern "
    "with '*'",
}
_WRONG_VALUES = {
    fields.ARCHITECTURE: "is not an architecture; write one such as aarch64, s390x or x86-64",
    fields.HEX: "is not the full name of a commit, or a digest; 'groundrules check --record' "
    "writes it",
    fields.KEYWORD: "is not a keyword; write each as an item of its own, without commas",
    fields.URL: "is not a web address; write https://…",
    fields.EVIDENCE: "is not evidence; write session:ID or a web address",
    fields.REFERENCE: "is not a reference; write KIND:NAME with one of the kinds "
    + ", ".join(roles()),
}
# pydantic's type of an error, or the message of our own validators → what is expected
_EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    times.NOT_A_DATE: "a date such as 2025-08-22",
    times.NOT_A_DURATION: "a duration such as 9 min or 1 h 30 min",
    fields.NOT_A_NUMBER: "a number",
    fields.NOT_A_SIZE: "a number above 0",
    fields.NOT_A_SCALAR: "a single word, number or truth value",
}
_UNQUOTED: dict[str, tuple[type, ...]] = {
    "bool_type": (bool,),
    "int_type": (int,),
    fields.NOT_A_NUMBER: (int, float),
    fields.NOT_A_SIZE: (int, float),
}
# a number with its unit, which has a key of its own
_WITH_UNIT = re.compile(r"(?!0[box]\w)(-?\d+(?:\.\d+)?) ?(?![eE]\d)([A-Za-z%]\w*)")
_WITH_COLON = ((fields.Evidence, fields.EVIDENCE), (fields.Reference, fields.REFERENCE))
_WORDS = frozenset(("enum", "literal_error"))
_UNKNOWN = frozenset(("extra_forbidden", "invalid_key"))


def is_unknown_key(error: ErrorDetails) -> bool:
    """Return whether the mistake is the key, not its value."""
    return error["type"] in _UNKNOWN


def explained(error: ErrorDetails, model: type[Record], word: str) -> Finding:
    """Return the rule and the message for a mistake; ``word`` is the word at its place."""
    text = error["loc"][-1] if is_unknown_key(error) else error["input"]
    rule, message = _explained(error, model, word)
    if isinstance(text, str) and len(text) < 200 and (name := odd_space(text)):
        return rule, f"{_shown(text)} has a {name} in it; remove it, or write a plain space"
    return rule, message


def _explained(error: ErrorDetails, model: type[Record], word: str) -> Finding:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return rules.MISSING_KEY, _missing(model, error["loc"])
    if is_unknown_key(error):
        return rules.UNKNOWN_KEY, _unknown_key(error, model, word)
    if kind == "string_pattern_mismatch":
        return _mismatch(context["pattern"], value, error["loc"])
    if kind in _WORDS:
        return _not_a_word(value, word, str(context["expected"]))
    if kind == "string_too_long":
        limit = context["max_length"]
        return rules.WRONG_VALUE, f"this text is longer than {limit} characters; shorten it"
    if kind == "greater_than_equal":
        return rules.WRONG_VALUE, f"{value} is too small; write {context['ge']} or more"
    said = str(context.get("error", kind))
    if said == NOT_AN_ARCHITECTURE:
        near = misspelt(value)
        return rules.WRONG_VALUE, f"unknown architecture {_shown(value)}; did you mean {near!r}?"
    if said == fields.NO_ITEM:
        *above, key = error["loc"]
        holder = model_at(model, tuple(above))
        what = _to_write(holder, str(key)) if holder else "an item"
        message = f"the list is empty; write {what}{_or_remove(model, error['loc'])}"
        return rules.WRONG_VALUE, message
    return _not_expected(said, value, word, model, error["loc"])


def _missing(model: type[Record], route: Route) -> str:
    key = str(route[-1])
    holder = model_at(model, route[:-1])
    what = _to_write(holder, key) if holder else "a value"
    return f"the key {key!r} is missing; write {what}"


def _to_write(holder: type[Record], key: str) -> str:
    """Return the description of a field as the end of a sentence after *write*."""
    said = description(holder, name_of(holder, key)).replace("``", "'").rstrip(".")
    return said[:1].lower() + said[1:]


def _unknown_key(error: ErrorDetails, model: type[Record], word: str) -> str:
    value, key = error["input"], error["loc"][-1]
    word = word.rstrip(":")
    if error["type"] == "invalid_key":
        meant = surprise(value, word) or f"a key is text, not {_shown(value)}"
        return f"unknown key: {meant}; {quoted(word)}"
    if value is None and " " in str(key):
        return f"{key!r} is a key without a value; quote text that contains a comma"
    holder = model_at(model, error["loc"][:-1])
    name, colon, _ = str(key).partition(":")
    if value is None and colon and holder and name in keys_of(holder):
        return f"write a space after '{name}:'"
    return f"unknown key {key!r}{did_you_mean(str(key), keys_of(holder) if holder else ())}"


def _mismatch(pattern: str, value: str, route: Route) -> Finding:
    if not value.strip():
        return rules.WRONG_VALUE, "the text is empty; write one or remove the key"
    if pattern == fields.LINE:
        return rules.WRONG_VALUE, "this text must be on one line"
    is_item = isinstance(route[-1], int) and pattern in _BAD_NAMES and pattern != fields.ID
    names = value.split() if is_item else ()
    if len(names) > 1 and all(re.fullmatch(pattern, name) for name in names):
        several = f"{_shown(value)} is not one name; write each name as an item of the list"
        return rules.BAD_NAME, several
    rule = rules.BAD_NAME if pattern in _BAD_NAMES else rules.WRONG_VALUE
    meant = corrected(pattern, value)
    said = f"{_shown(value)} {_BAD_NAMES.get(pattern) or _WRONG_VALUES[pattern]}"
    return rule, f"{said.partition('; ')[0]}; did you mean {meant!r}?" if meant else said


def _not_a_word(value: Any, word: str, expected: str) -> Finding:
    allowed = re.findall(r"'([^']*)'", expected)
    meant = surprise(value, word)
    if meant and word in allowed:
        return rules.YAML_SURPRISE, f"{meant}; {quoted(word)}"
    shown = value if isinstance(value, str) else word if meant else ""
    hint = did_you_mean(shown, allowed)
    what = verbatim(shown) if shown else _shown(value)
    return rules.WRONG_VALUE, f"{what} is not allowed here{hint}"


def _not_expected(kind: str, value: Any, word: str, model: type[Record], route: Route) -> Finding:
    meant = surprise(value, word)
    if kind in ("string_type", fields.NOT_A_SCALAR) and meant:
        return rules.YAML_SURPRISE, f"{meant}; {quoted(word)}"
    if kind == times.NOT_A_DATE and isinstance(value, str):
        if why := why_no_date(value):
            return rules.WRONG_VALUE, why
        if day := corrected(kind, value):
            return rules.WRONG_VALUE, f"{_shown(value)} is not a date; did you mean {day}?"
    if kind == times.NOT_A_DURATION and meant and ":" in word:
        return rules.YAML_SURPRISE, f"{meant}; write {_EXPECTED[kind]}"
    expected = _expected(kind, model, route)
    if value is None:
        part = "item" if isinstance(route[-1], int) else "key"
        message = f"this {part} has no value; write {expected}{_or_remove(model, route)}"
        return rules.WRONG_VALUE, message
    is_text = kind == "string_type" and not word.startswith("{") and _is_text(model, route)
    if is_text and (text := _colon_text(value)):
        return rules.WRONG_VALUE, f"YAML reads a text with ': ' as a mapping; write {text}"
    shown = word if meant and not isinstance(value, datetime.datetime) else _shown(value)
    if kind == fields.NOT_A_NUMBER and (parts := _WITH_UNIT.fullmatch(str(value))):
        number, unit = parts.groups()
        if (holder := model_at(model, route[:-1])) and "unit" in keys_of(holder):
            hint = f"write {number}, and 'unit: {unit}'"
            return rules.WRONG_VALUE, f"expected a number, not {_shown(value)}; {hint}"
    if kind == "tuple_type":
        hint = as_list(value, word, model, route)
    else:
        hint = _unquoted(kind, value, word) or _joined(value, model, route)
    return rules.WRONG_VALUE, f"expected {expected}, not {shown}{hint}"


def _unquoted(kind: str, value: Any, word: str) -> str:
    """Return the advice to write a truth value or a number without quotes, or nothing."""
    if not isinstance(value, str) or kind not in _UNQUOTED:
        return ""
    if kind != "bool_type" and (number := meant_number(value, is_whole=kind == "int_type")):
        return f"; write {number}"
    is_quoted = word.startswith(("'", '"')) and type_of(value) in _UNQUOTED[kind]
    return "; remove the quotes" if is_quoted else ""


def _is_text(model: type[Record], route: Route) -> bool:
    """Return whether a field, or the items of its list, are text for people."""
    *above, key = [step for step in route if isinstance(step, str)]
    holder = model_at(model, tuple(above))
    return holder is not None and key in text_fields(holder)


def _colon_text(value: Any) -> str:
    """Return the quoted text whose colon made it a mapping; empty for other values."""
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    ((key, said),) = value.items()
    is_text = isinstance(key, str) and isinstance(said, str) and " " in f"{key} {said}"
    return yaml_word(f"{key}: {said}") if is_text and len(f"{key}{said}") < 80 else ""


def _or_remove(model: type[Record], route: Route) -> str:
    if isinstance(route[-1], int):
        return ", or remove the item"
    field = field_at(model, route)
    return "" if field is None or field.is_required() else ", or remove the key"


def _expected(kind: str, model: type[Record], route: Route) -> str:
    if kind not in ("tuple_type", "model_type"):
        return _EXPECTED.get(kind, "another value")
    part = model_at(model, route)
    if part is None:
        return "a list"
    keys = list(required_keys(part) or keys_of(part))
    with_keys = f"with the key{'s' if keys[1:] else ''} {', '.join(keys)}"
    return f"a mapping {with_keys}" if kind == "model_type" else f"a list of mappings {with_keys}"


def _joined(value: Any, model: type[Record], route: Route) -> str:
    """Return the advice to remove the space that made a reference a mapping, or nothing."""
    field = field_at(model, route)
    if field is None or not isinstance(value, dict) or len(value) != 1:
        return ""
    ((key, name),) = value.items()
    meant = f"{key}:{name}"
    patterns = [pattern for kind, pattern in _WITH_COLON if kind in get_args(field.annotation)]
    is_meant = isinstance(name, str) and any(re.fullmatch(pattern, meant) for pattern in patterns)
    return f"; write {meant} without the space" if is_meant else ""


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case Tagged():
            return f"the tag {value.tag}"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bytes():
            return "binary data"
        case bool() | datetime.date():
            return str(value).lower()
    text = verbatim(value) if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:56]}…{text[-1]}"
