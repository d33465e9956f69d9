"""How many steps something takes: the same on every machine, unlike the time that it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import get_ident
from types import CodeType, FrameType
from typing import Any, NoReturn

MOST = 30_000_000


class TooManyStepsError(AssertionError):
    """More steps than anything here needs: somebody goes through all combinations."""


class Counter:
    """Counts up to ``MOST``, then stops what counts and raises `TooManyStepsError`."""

    def __init__(self) -> None:
        self.count = 0

    def give_up(self, stop: Callable[[], object]) -> NoReturn:
        stop()  # what the error passes on its way out runs as it is
        raise TooManyStepsError(f"more than {MOST:,} steps")


def steps(action: Callable[[], object]) -> int:
    """Return how many instructions Python runs for an action; what C does is not among them.

    Raises `TooManyStepsError` after `MOST`, so that what would take hours fails at once.
    """
    counter = Counter()
    with counted(counter):
        action()
    return counter.count


@contextmanager
def monitored(counter: Counter) -> Iterator[None]:
    """Count the instructions of this thread with `sys.monitoring`, which is new in Python 3.12."""
    monitoring, tool, thread = sys.monitoring, 4, get_ident()  # 4: no tool has it by convention
    instruction = monitoring.events.INSTRUCTION

    def stop() -> None:
        monitoring.set_events(tool, monitoring.events.NO_EVENTS)

    def step(_code: CodeType, _offset: int) -> None:
        if get_ident() == thread:
            counter.count += 1
            if counter.count > MOST:
                counter.give_up(stop)

    monitoring.use_tool_id(tool, "steps")
    try:
        monitoring.register_callback(tool, instruction, step)
        monitoring.set_events(tool, instruction)
        yield
    finally:
        stop()
        monitoring.register_callback(tool, instruction, None)
        monitoring.free_tool_id(tool)


@contextmanager
def traced(counter: Counter) -> Iterator[None]:
    """Count the instructions of this thread with `sys.settrace`.

    From Python 3.12 on it misses some: those of frames that began before the first of a process
    asked for them (3.12.1: all of the first count; 3.13.0: of later counts too).
    """
    known = sys.gettrace()

    def step(_frame: FrameType, event: str, _: object) -> Any:
        if event == "opcode":
            counter.count += 1  # inline: this runs for every instruction
            if counter.count > MOST:
                counter.give_up(lambda: sys.settrace(known))
        return step

    def enter(frame: FrameType, _event: str, _: object) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(known)


counted: Callable[[Counter], AbstractContextManager[None]] = (
    monitored if sys.version_info >= (3, 12) else traced
)


def growth(action: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times as many steps an action on twice the ``size`` takes.

    ``action`` prepares one of a size, which is not counted.  What is only done once in a process,
    such as an import, is done before.
    """
    action(1)()
    small, large = (steps(action(each)) for each in (size, 2 * size))
    return large / small
