"""`Objects`: the objects of a git repository, read from one process."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from typing import IO

from msgspec import Struct

from groundrules.ci.errors import UnreadableError

LARGEST = 4 * 2**20  # maximum number of bytes read of an object


class Objects(Struct):
    """The answers of a running ``git cat-file --batch``."""

    batch: subprocess.Popen[bytes]

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended, so that the next object needs another one."""
        return self.batch.poll() is not None

    def object(self, name: str) -> tuple[bytes, str]:
        """Return the content of an object, cut if it is too large, and its identity.

        Raises `UnreadableError`.
        """
        try:
            return self._answer(name)
        except (OSError, ValueError):  # the process has ended, or its answer has another form
            self.close()
            raise UnreadableError(f"git cannot read the object {name}") from None

    def close(self) -> None:
        """End the process."""
        if not self.has_ended:
            self.batch.kill()
        for stream in (self.batch.stdin, self.batch.stdout):
            if stream and not stream.closed:
                with suppress(OSError):  # closing writes the buffer, which fails after the end
                    stream.close()
        self.batch.wait()

    def _answer(self, name: str) -> tuple[bytes, str]:
        stdin, stdout = self.batch.stdin, self.batch.stdout
        if stdin is None or stdout is None or "\n" in name:
            raise ValueError(name)
        stdin.write(f"{name}\n".encode())
        stdin.flush()
        header = stdout.readline().decode("utf-8", "replace").split()
        if len(header) != 3:
            raise UnreadableError(f"git does not have the object {name}")
        size = int(header[2])
        content = stdout.read(min(size, LARGEST + 1))
        if len(content) < min(size, LARGEST + 1):
            raise ValueError(name)
        _skip(stdout, size - len(content) + 1)
        return content, header[0]


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(stream.read(min(size, 2**20)) or b" " * size)
