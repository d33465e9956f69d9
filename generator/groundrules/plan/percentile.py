"""Percentiles by nearest rank: always a value that was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """Return a percentile of sorted values; None if there are none."""
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else None
