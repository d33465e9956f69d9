"""How many steps something takes: the same on every machine, unlike the time that it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

MOST = 30_000_000


class TooManyStepsError(AssertionError):
    """More steps than anything here needs: somebody goes through all combinations."""


def steps(action: Callable[[], object]) -> int:
    """Return how many instructions Python runs for an action; what C does is not among them.

    Raises `TooManyStepsError` after `MOST`, so that what would take hours fails at once.
    """
    count = 0

    def step(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        if count > MOST:
            raise TooManyStepsError(f"more than {MOST:,} steps")
        return step

    known = sys.gettrace()
    sys.settrace(step)
    try:
        action()
    finally:
        sys.settrace(known)
    return count


def growth(action: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times as many steps an action on twice the ``size`` takes.

    ``action`` prepares one of a size, which is not counted.  What is only done once in a process,
    such as an import, is done before.
    """
    action(1)()
    small, large = (steps(action(each)) for each in (size, 2 * size))
    return large / small
