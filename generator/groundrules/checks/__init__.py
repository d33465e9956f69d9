"""`Catalogue` → diagnostics, one family of rules a module; reads no file."""

from __future__ import annotations

from groundrules.checks import contradictions, cycles, dates, duplicates, references
from groundrules.records import Loaded

FAMILIES = (duplicates, references, dates, contradictions, cycles)


def check_records(loaded: Loaded) -> None:
    """Note in the report what records say wrong of each other and of themselves."""
    if (catalogue := loaded.catalogue) is not None:
        for family in FAMILIES:
            family.check(catalogue, loaded)
