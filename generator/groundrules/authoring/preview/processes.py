"""`preview`: starts the server and the builder, and a new builder when ``conf.py`` changed.

It listens at the first free port, so that several previews can run.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Callable
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from groundrules.authoring.preview import loop
from groundrules.authoring.preview.loop import PreviewSettings
from groundrules.interrupts import Interrupted

FIRST, TRIED = 8000, 10
ANY = 0  # the system chooses


class PortError(Exception):
    """The preview cannot listen at an address."""


def listening(host: str, port: int | None = None) -> socket.socket:
    """Return a socket that listens at ``port``, or at the first free port.  Raises `PortError`."""
    ports = chain(range(FIRST, FIRST + TRIED), [ANY]) if port is None else [port]
    taken = ""
    for tried in ports:
        try:
            return socket.create_server((host, tried))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = os.strerror(error.errno) if error.errno else str(error)
                raise PortError(f"cannot listen at {host}, port {tried}: {reason}") from None
            taken = f"port {tried} is taken; choose another one, or leave out --port"
    raise PortError(taken)


# the processes start before any thread does, and keep what this one has imported and opened
_processes = get_context("fork")


class PreviewError(Exception):
    """A process of the preview has ended unexpectedly."""


def preview(settings: PreviewSettings) -> NoReturn:
    """Preview a manual until it is interrupted.  Raises `PortError` and `PreviewError`."""
    listener = listening(settings.host, settings.port)
    port = listener.getsockname()[1]
    reading, writing = _processes.Pipe(duplex=False)
    server = _processes.Process(
        target=_serve, args=(listener, settings, reading, writing), daemon=True
    )
    server.start()
    listener.close()
    reading.close()
    print(f"The preview is at http://{settings.host}:{port}/ (Ctrl-C stops it)", file=sys.stderr)
    try:
        while (code := _run(loop.run, settings, writing)) == loop.RESTART:
            pass
    except Interrupted:
        print("The preview has stopped", file=sys.stderr)
        raise
    raise PreviewError(f"the process that builds has ended with exit code {code}")


def _serve(
    listener: socket.socket, settings: PreviewSettings, reading: Connection, writing: Connection
) -> None:
    writing.close()  # else the end of the other processes would not end this one
    from groundrules.authoring.preview.site_server import serve

    serve(listener, settings.output, settings.host, reading)


def _run(target: Callable[..., None], *arguments: Any) -> int:
    """Run a function in a process of its own, and end it with this one; return the exit code."""
    process = _processes.Process(target=target, args=arguments)
    process.start()
    try:
        process.join()
    finally:
        process.terminate()
        process.join()
    return process.exitcode or 0
