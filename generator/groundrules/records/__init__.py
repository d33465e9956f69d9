"""Data files → a validated `Catalogue`.

What needs pydantic is imported when it is first asked for: a check of data that was clean the
last time and has not changed goes without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundrules.records.catalogue import Catalogue
    from groundrules.records.loading import DataContent, LoadedData, load

__all__ = ["Catalogue", "DataContent", "LoadedData", "load"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from groundrules.records import catalogue, loading

    return getattr(catalogue if name == "Catalogue" else loading, name)
