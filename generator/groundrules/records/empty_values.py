"""Keys without a value, usually unfinished edits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundrules.records.fields import Record
from groundrules.records.shape import keys_of, parts_in
from groundrules.yamlsource import Mapping, Place


def blanks(model: type[Record], value: Any) -> Iterator[Place]:
    """Yield the place of every optional key of a record that has no value.

    Pydantic treats these as missing keys; it reports required keys itself.
    """
    if not isinstance(value, Mapping):
        return
    for key, field in keys_of(model).items():
        if key not in value:
            continue
        if value[key] is None and field.default is None:
            yield value.value_place(key)
        elif part := parts_in(model).get(key):
            items = value[key] if isinstance(value[key], list) else [value[key]]
            for item in items:
                yield from blanks(part, item)
