"""`in_order`: the values of a record in the order of the fields of its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundrules.records.fields import Record
from groundrules.records.shape import ordered_keys, parts_in


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
