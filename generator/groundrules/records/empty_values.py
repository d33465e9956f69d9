"""Keys that stand in a file without a value: most often an edit that was not finished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundrules.records.fields import Record
from groundrules.records.shape import keys_of, parts_in
from groundrules.yamlsource import Mapping, Place


def blanks(model: type[Record], value: Any) -> Iterator[Place]:
    """Yield the place of every optional value of a record that is not there.

    Pydantic takes it for one that was left out; required ones it misses itself.
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
