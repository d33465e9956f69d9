"""A deadline for work that waits for a server, whatever it waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what ``work`` returns, or raise what it raises.

    Raises `TimeoutError` after so many seconds.  The thread that works is left then: a name that
    is looked up, or a server that sends a byte now and then, has no deadline of its own.
    """
    outcome = Future[T]()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, name="groundrules-http", daemon=True).start()
    return outcome.result(timeout=seconds)
