"""Exit codes after signals, and standard streams that the caller has closed."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(SystemExit):
    """Exits with the code that shells use for a process that was ended by a signal."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__(128 + number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `Interrupted` for SIGINT and SIGTERM, so that temporary files are removed.

    KeyboardInterrupt is not used, because click exits with 1 for it, and Sphinx with its own
    code.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread receives signals
        return
    process = os.getpid()

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        if os.getpid() != process:  # a worker process of Sphinx, which the main process ends
            os._exit(128 + number)
        raise Interrupted(number)

    before = {
        number: signal.signal(number, interrupt)
        for number in SIGNALS
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def open_closed_streams() -> None:
    """Open the null device for each standard stream that is closed.

    Otherwise the next opened file gets its number, and output is written to that file.  In place
    of standard output the device is opened for reading, so that writing the report fails.
    """
    for number, (name, flags) in enumerate(
        (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))
    ):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, flags)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


def discard_output() -> None:
    """Discard the buffer of standard output, which Python would fail to write again at exit."""
    with suppress(OSError, ValueError):  # a stream in a test has no number
        number = sys.stdout.fileno()
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, number)
        os.close(descriptor)
