"""`Fix`: the only possible changes of a data file that fix a finding."""

from __future__ import annotations

from msgspec import Struct

from groundrules.text import Value, yaml_word

Route = tuple[str | int, ...]


class Write(Struct, frozen=True):
    """Set the value at the end of ``route``: replace the old one, or add a key or item.

    A list can only be added as a new key.
    """

    route: Route
    value: Value

    def __str__(self) -> str:
        return f"write {yaml_word(self.value)} as {_dotted(self.route)}"


class Remove(Struct, frozen=True):
    """Remove a key, or an item of a list, with its value."""

    route: Route

    def __str__(self) -> str:
        return f"remove {_dotted(self.route)}"


class Rename(Struct, frozen=True):
    """Rename a key, and keep its value and place."""

    route: Route
    key: str

    def __str__(self) -> str:
        return f"rename {_dotted(self.route)} to {self.key}"


class Replace(Struct, frozen=True):
    """Replace all occurrences of words in the text at the end of ``route``."""

    route: Route
    old: str
    new: str

    def __str__(self) -> str:
        return f"replace {self.old} by {self.new} in {_dotted(self.route)}"


class RenameJob(Struct, frozen=True):
    """Rename a documented job in its graph and in every record that mentions it."""

    graph: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"rename job {self.old} to {self.new} in every record"


Change = Write | Remove | Rename | Replace
"""A change of one value of one file."""


class Fix(Struct, frozen=True):
    """Changes of one data file that fix a finding; all of them are made, or none.

    Renaming a job changes other files too; those changes are collected when they are made.
    """

    path: str
    changes: tuple[Change | RenameJob, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.changes))


def _dotted(route: Route) -> str:
    return ".".join(map(str, route))
