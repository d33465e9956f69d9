"""Drift of the limits of semaphores, which decide how many jobs of a graph run side by side."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.drift.comparison import About, Comparison, Note
from groundrules.checks.phrases import related_to
from groundrules.rules import drift as rules


def check(comparison: Comparison) -> Iterator[Note]:
    """Yield the documented limits that the configuration does not have."""
    for claim in comparison.claim.limits:
        real = comparison.real.semaphore(claim.semaphore)
        if real is None:
            reason = f"the limit of semaphore {claim.semaphore!r} is in another repository"
            yield comparison.not_checked(About(), reason)
            continue
        if real.limit == claim.limit:
            continue
        is_default = "" if real.location else " since it is not defined there"
        yield comparison.differs(
            rules.LIMIT_DIFFERS,
            claim.place,
            f"semaphore {claim.semaphore!r} has limit {real.limit} in the configuration"
            f"{is_default}, and {claim.limit} here",
            About(),
            related=related_to(real.location, "it is defined here"),
            suggestion=f"limit: {real.limit}",
            kind=f"limit of {claim.semaphore}",
        )
