"""The test of Mann and Kendall for a trend, and the slope of Theil and Sen.

Both use only the order of values, so that outliers and the form of the distribution do not
matter.  Mann, H. B. (1945), Nonparametric tests against trend, Econometrica 13; Sen, P. K. (1968),
Estimates of the regression coefficient based on Kendall's tau, JASA 63; ties as in Kendall, M. G.
(1975), Rank Correlation Methods.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def chance_of_trend(values: Sequence[float]) -> float:
    """Return how likely values without a trend would go up or down as much as these.

    It is the two-sided probability by the normal approximation, which needs about 10 values; 1 if
    all are equal.

    >>> round(chance_of_trend([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 6)
    8.3e-05
    """
    ordered = np.asarray(values, dtype=np.float64)
    number = len(ordered)
    upper = np.triu_indices(number, 1)
    score = float(np.sign(ordered[upper[1]] - ordered[upper[0]]).sum())
    ties = np.unique(ordered, return_counts=True)[1].astype(np.float64)
    tied = float(np.sum(ties * (ties - 1) * (2 * ties + 5)))
    variance = number * (number - 1) * (2 * number + 5) / 18 - tied / 18
    if variance <= 0 or score == 0:
        return 1.0
    return math.erfc((abs(score) - 1) / math.sqrt(2 * variance))


def slope(places: Sequence[float], values: Sequence[float]) -> float:
    """Return the median of the slopes between all pairs; places are different and ascending.

    >>> slope([0, 1, 2, 5], [10, 12, 14, 0])
    -0.25
    """
    at, ordered = np.asarray(places, dtype=np.float64), np.asarray(values, dtype=np.float64)
    first, second = np.triu_indices(len(at), 1)
    return float(np.median((ordered[second] - ordered[first]) / (at[second] - at[first])))
