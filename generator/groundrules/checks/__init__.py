"""`Catalogue` → diagnostics, one family of rules a module; reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundrules.records import LoadedData


def check_records(loaded: LoadedData) -> None:
    """Note in the report what records say wrong of each other and of themselves."""
    from groundrules.checks.data import (
        contradictions,
        cycles,
        dates,
        duplicates,
        evidence,
        exceptions,
        facts,
        promises,
        references,
        successors,
    )

    if (catalogue := loaded.catalogue) is not None:
        families = (
            duplicates, references, dates, contradictions, exceptions, facts, evidence, promises,
            successors, cycles,
        )  # fmt: skip
        for family in families:
            family.check(catalogue, loaded)
