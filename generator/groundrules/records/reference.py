"""`tables`: the keys of data files as tables for the manual, from the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from groundrules.records import fields, times
from groundrules.records.kinds import KINDS, MANUAL
from groundrules.records.schema import schemas
from groundrules.text import listed
from groundrules.yamlsource.writing import flow_text

FILES = {MANUAL: f"data/{MANUAL}.yaml", **{kind.name: kind.file for kind in KINDS}}
# a pattern → its description, singular and plural
_TEXTS = {
    fields.ID: ("an id", "ids"),
    fields.NAME: ("a name", "names"),
    fields.PATTERN: ("a name or pattern", "names or patterns"),
    fields.LABEL: ("a label", "labels"),
    fields.LABEL_PATTERN: ("a label or pattern", "labels or patterns"),
    fields.ARCHITECTURE: ("an architecture", "architectures"),
    fields.LINE: ("a line of text", "lines of text"),
    fields.KEYWORD: ("a keyword", "keywords"),
    fields.TEXT: ("reStructuredText", "texts of reStructuredText"),
    fields.URL: ("a web address", "web addresses"),
    fields.REFERENCE: ("a reference", "references"),
    fields.EVIDENCE: ("evidence", "pieces of evidence"),
    times.DURATION: ("a duration", "durations"),
}
_TYPES = {
    "boolean": ("true or false", "truth values"),
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
}
_DATE = ("a date", "dates")


class Field(Struct, frozen=True, kw_only=True):
    """A key: its type, whether it is required, its description, an example, its words.

    ``part`` is the title of the table for its value; ``words`` are the allowed words with their
    meanings.
    """

    key: str
    takes: str
    required: bool
    description: str
    default: str = ""
    example: str = ""
    part: str = ""
    words: tuple[tuple[str, str], ...] = ()


class KeyTable(Struct, frozen=True, kw_only=True):
    """The keys of a record or part; ``file`` is the path of a record."""

    title: str
    file: str
    description: str
    fields: tuple[Field, ...]


@cache
def tables() -> tuple[KeyTable, ...]:
    """Return a table for each kind of record, followed by tables for its new parts."""
    tables_by_title: dict[str, KeyTable] = {}
    for kind, schema in schemas().items():
        definitions = schema["definitions"]
        tables_by_title[schema["title"]] = _table(schema, definitions, FILES[kind])
        for name in _parts(schema, definitions):
            tables_by_title.setdefault(name, _table(definitions[name], definitions, ""))
    return tuple(tables_by_title.values())


def _table(schema: dict[str, Any], definitions: dict[str, Any], file: str) -> KeyTable:
    required = schema.get("required", ())
    return KeyTable(
        title=schema["title"],
        file=file,
        description=_described(schema),
        fields=tuple(
            _field(key, field, key in required, definitions)
            for key, field in schema["properties"].items()
        ),
    )


def _field(key: str, schema: dict[str, Any], required: bool, definitions: dict[str, Any]) -> Field:
    part = _reference(schema) or _reference(schema.get("items", {}))
    inner = definitions.get(part, {})
    meanings = inner.get("markdownEnumDescriptions") or inner.get("enumDescriptions", ())
    words = zip(inner.get("enum", ()), meanings, strict=False)
    return Field(
        key=key,
        takes=_takes(schema, definitions),
        required=required,
        description=_described(schema) or _described(inner),
        default=_shown(schema.get("default", "")),
        example=_shown(schema.get("examples", [""])[0]),
        part=part if "properties" in inner else "",
        words=tuple(words),
    )


def _described(schema: dict[str, Any]) -> str:
    return str(schema.get("markdownDescription") or schema.get("description", ""))


def _shown(value: Any) -> str:
    """Return a default or an example; lists and truth values in YAML's syntax."""
    return flow_text(value) if isinstance(value, bool | list) else str(value)


def _reference(schema: dict[str, Any]) -> str:
    reference = schema.get("$ref") or next(
        (choice["$ref"] for choice in schema.get("allOf", ())), ""
    )
    return str(reference).rpartition("/")[2]


def _takes(schema: dict[str, Any], definitions: dict[str, Any], many: bool = False) -> str:
    """Return the type of a key as text."""
    if schema.get("type") == "array":
        inner = _takes(schema["items"], definitions, many=True)
        return f"lists of {inner}" if many else f"a list of {inner}"
    part = _reference(schema)
    if words := (definitions[part] if part else schema).get("enum"):
        return listed(words, "or")
    if part:
        return f"{part} mappings" if many else f"a {part} mapping"
    if "const" in schema:
        return str(schema["const"])
    if schema.get("format") == "date":
        return _DATE[many]
    if isinstance(schema["type"], list):
        return "words, numbers or truth values" if many else "a word, number or truth value"
    return (_TEXTS.get(schema.get("pattern", "")) or _TYPES[schema["type"]])[many]


def _parts(schema: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the parts inside a record, without duplicates, outermost first."""
    pending, known = [schema], set[str]()
    for part in pending:
        for inner in part["properties"].values():
            name = _reference(inner) or _reference(inner.get("items", {}))
            if name and name not in known and "properties" in definitions[name]:
                known.add(name)
                pending.append(definitions[name])
                yield name
