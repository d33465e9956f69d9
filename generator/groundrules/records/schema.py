"""`schemas`: the form of each kind of data file as JSON Schema, for editors.

The dialect is draft-07, which every editor supports.  All descriptions are the docstrings of the
models.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from groundrules.atomic import write_text
from groundrules.records.attribute_docs import description, meanings
from groundrules.records.fields import Record
from groundrules.records.key_examples import example
from groundrules.records.kinds import KINDS, MANUAL_KIND
from groundrules.records.shape import keys_of, name_of

VERSION = 1
_FIRST = ("$schema", "$id", "title", "description", "markdownDescription")
_LAST = ("definitions",)


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of data file, which is made once; do not change it."""
    return {kind.name: _schema(kind.name, kind.load()) for kind in (MANUAL_KIND, *KINDS)}


def write(folder: Path) -> list[Path]:
    """Write the schemas below ``folder``; return the files that changed."""
    texts = {folder / f"{kind}.json": text_of(schema) for kind, schema in schemas().items()}
    return [path for path, text in texts.items() if write_text(path, text)]


def text_of(schema: dict[str, Any]) -> str:
    """Return the text of a schema's file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


@cache  # it takes Pydantic 10 to 50 ms
def _schema(kind: str, model: type[Record]) -> dict[str, Any]:
    made = model.model_json_schema(
        ref_template="#/definitions/{model}", schema_generator=_Generator
    )
    made["definitions"] = made.pop("$defs", {})
    made["$schema"] = "http://json-schema.org/draft-07/schema#"
    made["$id"] = f"urn:groundrules:schemas:{VERSION}:{kind}"
    return cast(dict[str, Any], _tidy(made))


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without keywords that editors do not need, and with descriptions."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False  # the key is enough as a title

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # unknown values are left out

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") in (None, [], ()) or isinstance(made["default"], dict):
            made.pop("default", None)
        return made

    def encode_default(self, dft: Any) -> Any:
        # before pydantic 2.14, a model that is not built yet (defer_build) cannot be encoded
        return {} if isinstance(dft, Record) else super().encode_default(dft)

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made, model = super().model_schema(schema), cast("type[Record]", schema["cls"])
        fields = {key: made["properties"][key] for key in keys_of(model)}
        for key, field in fields.items():
            field["description"] = description(model, name_of(model, key))
            if (value := example(model.__name__, key)) is not None:
                field.setdefault("examples", [value])
        return made | {"properties": fields}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        made, means = super().enum_schema(schema), meanings(schema["cls"])
        if means:
            descriptions = [_descriptions(means[word]) for word in made["enum"]]
            made["enumDescriptions"] = [each["description"] for each in descriptions]
            if any("markdownDescription" in each for each in descriptions):
                marked = [
                    each.get("markdownDescription", each["description"]) for each in descriptions
                ]
                made["markdownEnumDescriptions"] = marked
        return made


def _tidy(node: Any) -> Any:
    """Return ``node`` in draft-07, with descriptions on one line and a stable order."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _tidy(value) for key, value in node.items()}
    if "$ref" in made and len(made) > 1:  # draft-07 ignores keywords beside a reference
        made["allOf"] = [{"$ref": made.pop("$ref")}]
    if isinstance(made.get("description"), str):
        made |= _descriptions(made["description"])
    return dict(sorted(made.items(), key=_rank)) if isinstance(made.get("type"), str) else made


def _descriptions(text: str) -> dict[str, str]:
    line = " ".join(text.split())
    plain, marked = re.sub("`+", "", line), re.sub("`+", "`", line)
    return {"description": plain} | ({"markdownDescription": marked} if plain != marked else {})


def _rank(entry: tuple[str, Any]) -> tuple[int, str]:
    key = entry[0]
    if key in _FIRST:
        return _FIRST.index(key), ""
    return (len(_FIRST) + 1 if key in _LAST else len(_FIRST)), key
