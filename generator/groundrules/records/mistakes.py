"""What pydantic found wrong with a record, in the words of the person who wrote it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from groundrules import rules
from groundrules.diagnostics import Location, Rule, did_you_mean
from groundrules.records import fields
from groundrules.records.fields import Record
from groundrules.records.surprises import surprise, word_at
from groundrules.yamlsource import Mapping, Place, Sequence, Tagged

if TYPE_CHECKING:
    from groundrules.records.load import Loaded

PATTERNS: dict[str, tuple[Rule, str]] = {
    fields.ID: (
        rules.BAD_NAME,
        "{value} cannot be an id; use lower-case letters, digits and single hyphens",
    ),
    fields.NAME: (
        rules.BAD_NAME,
        "{value} cannot be a name; use letters, digits, '_', '-', '+' and single dots",
    ),
    fields.URL: (rules.WRONG_VALUE, "{value} is not a web address; write https://…"),
    fields.EVIDENCE: (
        rules.WRONG_VALUE,
        "{value} is not evidence; write session:ID or a web address",
    ),
    fields.REFERENCE: (
        rules.WRONG_VALUE,
        "{value} is not a reference; write KIND:NAME with one of the kinds expectation, graph, "
        "job, label, platform, session",
    ),
}
EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "not a date": "a date such as 2025-08-22",
    "not a duration": "a duration such as 9 min or 1 h 30 min",
    "not a number": "a number",
    "not a single value": "a single value",
}


def note_mistakes(
    error: ValidationError, model: type[Record], value: Mapping, path: str, loaded: Loaded
) -> None:
    """Note each mistake of one file at its place."""
    text = loaded.texts[path]
    noted = {found.location for found in loaded.report.found}
    for each in error.errors(include_url=False):
        place = place_of(value, each["loc"], each["type"])
        if Location(path, *place) in noted:
            continue  # the reader of the text has said it already
        rule, message = _explained(each, model, word_at(text, place))
        loaded.report.note(rule, Location(path, *place), message)


def place_of(value: Any, route: tuple[str | int, ...], kind: str = "") -> Place:
    """Return where the last step of ``route`` that exists stands; its key for unknown keys."""
    place: Place = value.place
    for step in route:
        if isinstance(value, Mapping) and step in value:
            unknown = kind in ("extra_forbidden", "invalid_key") and step == route[-1]
            place = value.key_place(step) if unknown else value.value_place(step)
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            place = value.item_place(step)
        else:
            break
        value = value[step]
    return place


def _explained(error: ErrorDetails, model: type[Record], word: str) -> tuple[Rule, str]:
    kind, value = error["type"], error["input"]
    holder = _model_at(model, error["loc"][:-1])
    key = error["loc"][-1]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "missing":
        return rules.MISSING_KEY, f"the key {key!r} is missing: {_description(holder, str(key))}"
    if kind in ("extra_forbidden", "invalid_key"):
        return rules.UNKNOWN_KEY, _unknown_key(
            holder, value if kind == "invalid_key" else key, word
        )
    if kind == "string_pattern_mismatch":
        return _mismatch(context["pattern"], value)
    if kind == "value_error":
        kind = str(context["error"])
    if kind in ("enum", "literal_error", "string_type") and (text := surprise(value, word)):
        return rules.YAML_SURPRISE, text
    if kind in ("enum", "literal_error"):
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        hint = did_you_mean(value, allowed) if isinstance(value, str) else ""
        return rules.WRONG_VALUE, f"{_shown(value)} is not allowed here{hint}"
    if expected := EXPECTED.get(kind):
        if kind == "not a duration" and (text := surprise(value, word)):
            return rules.YAML_SURPRISE, text
        return rules.WRONG_VALUE, _expected(expected, value, _model_at(model, error["loc"]))
    message = error["msg"]
    return rules.WRONG_VALUE, f"{message[:1].lower()}{message[1:]}"


def _mismatch(pattern: str, value: str) -> tuple[Rule, str]:
    if not value.strip():
        return rules.WRONG_VALUE, "the text is empty; write something or remove the key"
    if pattern in PATTERNS:
        rule, message = PATTERNS[pattern]
        return rule, message.format(value=_shown(value))
    if "\n" in value:
        return rules.WRONG_VALUE, "this text has to stand on one line"
    return rules.BAD_NAME, f"{_shown(value)} has characters that no name has; '*' is for patterns"


def _unknown_key(holder: type[Record] | None, key: Any, word: str) -> str:
    meant = surprise(key, word.rstrip(":"))
    if meant:
        return f"unknown key: {meant}"
    allowed = [field.alias or name for name, field in _fields(holder)]
    return f"unknown key {key!r}{did_you_mean(str(key), allowed)}"


def _expected(expected: str, value: Any, inner: type[Record] | None) -> str:
    if expected == "a mapping" and inner is not None:
        required = [name for name, field in _fields(inner) if field.is_required()]
        expected = f"a mapping with the keys {', '.join(required)}" if required else expected
    hint = ""
    if expected == "a list" and isinstance(value, (str, int)) and not isinstance(value, bool):
        hint = f"; write [{value}]"
    return f"{expected} is expected, not {_shown(value)}{hint}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Tagged):
        return f"the tag {value.tag}"
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, (bool, datetime.date)):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:56]}…{text[-1]}"


def _fields(model: type[Record] | None) -> list[tuple[str, Any]]:
    return list(model.model_fields.items()) if model else []


def _description(model: type[Record] | None, key: str) -> str:
    for name, field in _fields(model):
        if key in (name, field.alias):
            return field.description or ""
    return ""


def _model_at(model: type[Record], route: tuple[str | int, ...]) -> type[Record] | None:
    """Return the class of the record that ``route`` leads to."""
    current: type[Record] | None = model
    for step in route:
        if isinstance(step, int):
            continue
        field = next((f for n, f in _fields(current) if step in (n, f.alias)), None)
        current = _record_in(field.annotation) if field else None
    return current


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for each in get_args(annotation):
        if found := _record_in(each):
            return found
    return None


def prune(error: ValidationError, value: Mapping) -> bool:
    """Remove what is wrong from ``value``; return whether enough may be left to read on.

    A wrong value goes with its key; a part that lacks a required key, or has it wrong, goes
    whole in the next round, until only the root is left.
    """
    routes = {
        each["loc"][:-1] if each["type"] == "missing" else each["loc"] for each in error.errors()
    }
    removed = False
    for route in sorted(routes, key=_deepest_last, reverse=True):
        removed |= _remove(value, route)
    return removed


def _deepest_last(route: tuple[str | int, ...]) -> tuple[tuple[bool, Any], ...]:
    return tuple((isinstance(step, str), step) for step in route)


def _remove(value: Any, route: tuple[str | int, ...]) -> bool:
    holder = None
    for step in route:
        if (isinstance(value, Mapping) and step in value) or (
            isinstance(value, Sequence) and isinstance(step, int) and step < len(value)
        ):
            holder, at, value = value, step, value[step]
        else:
            break
    if holder is None:
        return False
    if isinstance(holder, Sequence):
        holder.drop(at)  # type: ignore[arg-type]
    else:
        del holder[at]
    return True
