"""`Supply`: the labels that provider files define, and the providers that supply their nodes."""

from __future__ import annotations

from msgspec import Struct


class SuppliedLabel(Struct, frozen=True, kw_only=True):
    """A label; ``operating_system`` is in the words of its image's definition, empty if unknown."""

    name: str
    operating_system: str = ""


class Supplier(Struct, frozen=True, kw_only=True):
    """A provider; ``capacity`` is the most nodes it runs at once, None if it is not limited."""

    name: str
    region: str = ""
    capacity: int | None = None
    labels: tuple[str, ...] = ()


class Supply(Struct, frozen=True, kw_only=True):
    """Labels and providers, in the order in which files have them.

    ``requested`` are the labels of nodesets and jobs, which other files may define.
    """

    labels: tuple[SuppliedLabel, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    requested: tuple[str, ...] = ()
