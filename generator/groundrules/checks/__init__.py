"""Values → what is found, skipped and checked, one family of rules a package; no file is read.

Each check is a function that yields its results.  Only `groundrules.checker` collects them, so
that no check can see or change what another one reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundrules.diagnostics import Diagnostic
    from groundrules.records import DataContent


def check_records(content: DataContent) -> Iterator[Diagnostic]:
    """Yield what records say wrong of each other and of themselves."""
    from groundrules.checks.data import (
        contradictions,
        cycles,
        dates,
        duplicates,
        evidence,
        exceptions,
        facts,
        independent,
        locks,
        observations,
        old_records,
        promises,
        questions,
        recorded_measurements,
        references,
        successors,
    )

    if (catalogue := content.catalogue) is not None:
        families = (
            duplicates, references, dates, observations, contradictions, exceptions, facts,
            evidence, promises, successors, cycles, independent, locks, questions,
            old_records, recorded_measurements,
        )  # fmt: skip
        for family in families:
            yield from family.check(catalogue, content)
