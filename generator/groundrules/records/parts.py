"""The parts of a file as written, including those that mistakes remove later.

A part with a mistake is removed from the record, but still checked, so that all mistakes are
reported in one run.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from msgspec import Struct

from groundrules.diagnostics import Location
from groundrules.records.fields import Record
from groundrules.records.shape import parts_in
from groundrules.records.times import date_of
from groundrules.yamlsource import Mapping, Sequence


class RecordPart(Struct, frozen=True, eq=False):
    """A mapping in the file ``path`` for a record of a kind, inside its ``holder``.

    Validation removes its keys and items with an invalid value.
    """

    kind: type[Record]
    said: Mapping
    path: str
    holder: RecordPart | None = None

    def location(self, key: str | None = None) -> Location:
        """Return the location of the part, or of the value of ``key``."""
        place = self.said.value_place(key) if key in self.said else self.said.place
        return Location(self.path, *place)

    def date(self, key: str) -> datetime.date | None:
        """Return the date of a key; ``None`` if the key is missing or not a date."""
        with suppress(ValueError):
            value: datetime.date = date_of(self.said.get(key))
            return value
        return None

    def inside(self, *keys: str) -> Iterator[RecordPart]:
        """Yield the parts directly inside this one, or those of some keys."""
        for key, kind in parts_in(self.kind).items():
            if key in self.said and (key in keys or not keys):
                value = self.said[key]
                for item in value if isinstance(value, Sequence) else [value]:
                    if isinstance(item, Mapping):
                        yield RecordPart(kind, item, self.path, self)

    def values(self, key: str) -> Iterator[tuple[Any, Location]]:
        """Yield the value of a key, or each item of a list, with its location."""
        value = self.said[key]
        if not isinstance(value, Sequence):
            yield value, self.location(key)
            return
        for index, item in enumerate(value):
            yield item, Location(self.path, *value.item_place(index))


def parts(root: RecordPart) -> Iterator[RecordPart]:
    """Yield a part and everything inside it."""
    yield root
    for part in root.inside():
        yield from parts(part)
