"""The port of a preview: the first free one, so that several previews can run."""

from __future__ import annotations

import errno
import os
import socket
from itertools import chain

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
