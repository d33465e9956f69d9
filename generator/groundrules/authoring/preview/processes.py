"""`preview`: starts the server and the builder, and a new builder when ``conf.py`` changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from socket import socket
from typing import Any, NoReturn

from groundrules.authoring.preview import loop
from groundrules.authoring.preview.loop import PreviewSettings
from groundrules.authoring.preview.ports import listening
from groundrules.interrupts import Interrupted

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
    listener: socket, settings: PreviewSettings, reading: Connection, writing: Connection
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
