"""Data files → a validated `Catalogue`."""

from groundrules.records.catalogue import Catalogue
from groundrules.records.load import Loaded, load

__all__ = ["Catalogue", "Loaded", "load"]
