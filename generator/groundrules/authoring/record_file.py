"""`record_file`: a new file of a record, with the line by which editors find its schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundrules.records.fields import Record
from groundrules.records.kinds import RecordKind
from groundrules.records.shape import ordered_keys, parts_in
from groundrules.yamlsource import yaml_text


def record_file(
    root: Path, data: str, kind: RecordKind, name: str, values: Mapping[str, Any]
) -> tuple[str, str]:
    """Return the path of a record in the folder ``data`` of a manual, and the text of its file."""
    has_schema = (root / data / "schemas" / f"{kind.name}.json").is_file()
    head = f"# yaml-language-server: $schema=../schemas/{kind.name}.json\n" if has_schema else ""
    text = yaml_text(in_order(kind.load(), values))
    return f"{data}/{kind.folder}/{name}.yaml", f"{head}{text}"


def in_order(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a record of ``model``, and of its parts, in the order of data files.

    Unknown keys come last, in the order in which they are.
    """
    known = [key for key in ordered_keys(model) if key in values]
    parts = parts_in(model)
    return {
        key: _part(parts[key], values[key]) if key in parts else values[key]
        for key in dict.fromkeys((*known, *values))
    }


def _part(model: type[Record], value: Any) -> Any:
    if isinstance(value, Mapping):
        return in_order(model, value)
    return [_part(model, item) for item in value] if isinstance(value, (list, tuple)) else value
