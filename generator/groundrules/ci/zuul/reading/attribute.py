"""A key of a job in a Zuul file with its value, which `attributes` reads."""

from __future__ import annotations

from typing import Any, NamedTuple

from groundrules.ci.zuul.reading.objects import Mistake
from groundrules.ci.zuul.reading.shapes import listed, named_table
from groundrules.yamlsource import Mapping, Place, Sequence, Tagged, untagged

INHERIT = "!inherit"


class Attribute(NamedTuple):
    """A key of a job in a file, and its value; mistakes that do not lose the job are added."""

    conf: Mapping
    key: str
    value: Any
    mistakes: list[Mistake]

    @property
    def field(self) -> str:
        """The field of `JobSpec` with the name of the key."""
        return self.key.replace("-", "_")

    @property
    def place(self) -> Place:
        """The place of the value."""
        return self.conf.value_place(self.key)

    @property
    def plain(self) -> Any:
        """The value without a tag."""
        return untagged(self.value)

    @property
    def inherits(self) -> bool:
        """Whether the value is tagged ``!inherit``."""
        return isinstance(self.value, Tagged) and self.value.tag == INHERIT

    @property
    def overrides(self) -> bool:
        """Whether the value is tagged ``!override``."""
        return isinstance(self.value, Tagged) and not self.inherits

    @property
    def tables(self) -> list[tuple[Any, Place]]:
        """Names or mappings with a name as mappings, each with its place."""
        return [(named_table(item), at) for item, at in with_places(self.plain, self.place)]


def with_places(value: Any, place: Place) -> list[tuple[Any, Place]]:
    """Return one value or the items of a list, each with its place."""
    if isinstance(value, Sequence):
        return [(item, value.item_place(index)) for index, item in enumerate(value)]
    return [(item, place) for item in listed(value)]
