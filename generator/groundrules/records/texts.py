"""The texts of a file that has mistakes: those of a part that is left out are read all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from groundrules.diagnostics import Location
from groundrules.records.fields import LONGEST_TEXT, TEXT, Record, prose_fields
from groundrules.records.shape import keys_of, name_of, parts_in
from groundrules.yamlsource import Mapping, Sequence

Text = tuple[str, Location]


def texts(model: type[Record], value: Any, path: str) -> Iterator[Text]:
    """Yield each text of reStructuredText, and where it stands in the file ``path``.

    What is no text, or not one that can be, is told by the kind of its field.
    """
    if not isinstance(value, Mapping):
        return
    for key, item in value.items():
        if key not in keys_of(model):
            continue
        if name_of(model, key) in prose_fields(model):
            yield from _texts(value, key, path)
        elif part := parts_in(model).get(key):
            for each in item if isinstance(item, Sequence) else [item]:
                yield from texts(part, each, path)


def _texts(holder: Mapping, key: str, path: str) -> Iterator[Text]:
    value = holder[key]
    if not isinstance(value, Sequence):
        found = [(value, holder.value_place(key))]
    else:
        found = [(each, value.item_place(index)) for index, each in enumerate(value)]
    for text, place in found:
        if isinstance(text, str) and len(text) <= LONGEST_TEXT and re.fullmatch(TEXT, text):
            yield text, Location(path, *place)
