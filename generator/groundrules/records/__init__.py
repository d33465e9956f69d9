"""Data files → a validated `Catalogue`.

Modules that need pydantic are imported on first use: a check of unchanged data without mistakes
does not need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundrules.records.catalogue import Catalogue
    from groundrules.records.loading import LoadedData, load

__all__ = ["Catalogue", "LoadedData", "load"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from groundrules.records import catalogue, loading

    globals().update(
        Catalogue=catalogue.Catalogue, LoadedData=loading.LoadedData, load=loading.load
    )
    return globals()[name]
