"""Bounds for archives of strangers, which can unpack to far more than they are."""

from __future__ import annotations

from typing import BinaryIO

HEADERS = 2 * 2**20
"""Bytes before the content of a member: names, and tables of sparse files."""
LONGEST_MEMBER = 2**30
"""Bytes of a member that is passed over, such as the log of a build."""
_FREE = 64 * 2**20  # bytes of any archive
_RATIO = 400  # of the further ones to the bytes of the archive; gzip reaches 1030 with zeros


class ArchiveError(Exception):
    """The rest of an archive is not read; the message says why."""


class Unpacked:
    """A stream of unpacked bytes that raises `ArchiveError` where too many are read.

    `allow` gives the number of bytes that the next step may read.
    """

    def __init__(self, stream: BinaryIO, packed: int) -> None:
        self.stream, self.most = stream, _FREE + _RATIO * packed
        self.total, self.left = 0, HEADERS
        self.last = b""

    def allow(self, size: int) -> None:
        """Let the next step read ``size`` bytes, and the headers after them."""
        self.left = size + HEADERS

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self.stream.read(size)
        self.count(len(data))
        self.last = data
        return data

    def ends_at(self, place: int) -> bool:
        """Return whether there are only zeros from a place in the last bytes, as after a tar."""
        rest = self.last[place - self.total :] if place < self.total else b""
        is_end = len(rest) > 0
        while rest:
            if rest.strip(b"\0"):
                return False
            self.allow(HEADERS)
            rest = self.read(HEADERS)
        return is_end

    def count(self, size: int) -> None:
        """Count bytes.  Raises `ArchiveError`."""
        self.total += size
        self.left -= size
        if self.total > self.most:
            raise ArchiveError(f"it unpacks to more than {_RATIO} times its size")
        if self.left < 0:
            raise ArchiveError("a header in it is larger than 2 MiB")
