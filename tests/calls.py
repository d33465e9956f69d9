"""How many calls something takes: the same on every machine, unlike the time that it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

MOST = 5_000_000


class TooManyCallsError(AssertionError):
    """More calls than anything here needs: somebody goes through all combinations."""


def calls(action: Callable[[], object]) -> int:
    """Return how many calls of Python and C functions an action makes.

    Raises `TooManyCallsError` after `MOST`, so that what would take hours fails at once.
    """
    count = 0

    def step(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")
        if count > MOST:
            raise TooManyCallsError(f"more than {MOST:,} calls")

    known = sys.getprofile()
    sys.setprofile(step)
    try:
        action()
    finally:
        sys.setprofile(known)
    return count


def growth(action: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times as many calls an action on twice the ``size`` makes.

    ``action`` prepares one of a size, which is not counted.  What is only done once in a process,
    such as an import, is done before.
    """
    action(1)()
    small, large = (calls(action(each)) for each in (size, 2 * size))
    return large / small
