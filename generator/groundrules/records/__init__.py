"""Data files → a validated `Catalogue`.

Modules that need pydantic are imported on first use: a check of unchanged data without mistakes
does not need it.
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
