"""`Catalogue` → diagnostics, with one module for each family of rules; opens no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundrules.records import LoadedData


def check_records(loaded: LoadedData) -> None:
    """Report the mistakes in records, alone and together."""
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
