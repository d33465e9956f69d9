"""Facts in archives: members are read one after the other, and nothing is unpacked to a disk."""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

from groundrules.confined import named_file
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.archive_bounds import LONGEST_MEMBER, ArchiveError, Unpacked
from groundrules.verify.reading.fact_document import LARGEST, TOO_LARGE
from groundrules.verify.reading.node_build import (
    INVENTORY,
    FactFile,
    NodeBuild,
    WaitingFiles,
    node_of,
)

TAR, GZIPPED, ZIP = (".tar",), (".tar.gz", ".tgz"), (".zip",)
_TOGETHER = 32 * 2**20  # bytes of one folder that wait for its inventory
_END = b"PK\5\6"  # the end of a zip's list of members (APPNOTE 4.3.16)
_MOST_MEMBERS = 0xFFFF  # a zip with more of them has the longer form of that list
_NOT_PLAIN = "it is a link or a device"
_DAMAGED = "it is damaged or cut"
_DAMAGE = (
    ArchiveError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    struct.error,
    ValueError,
)
"""What damaged or hostile archives raise in the standard library."""


class Member(NamedTuple):
    """A member with its content, or the reason why it is not read."""

    path: str
    data: bytes = b""
    reason: str = ""


def is_archive(path: Path) -> bool:
    """Return whether a name is that of an archive."""
    return path.name.lower().endswith((*TAR, *GZIPPED, *ZIP))


def builds_in_archive(path: Path, root: Path) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the builds in an archive.  Raises `OSError` if it cannot be opened."""
    with named_file(path, root) as stream:
        members = _zipped if path.name.lower().endswith(ZIP) else _tarred
        try:
            yield from _builds(path.as_posix(), members(path, stream))
        except _DAMAGE as error:
            reason = str(error) if isinstance(error, ArchiveError) else _DAMAGED
            yield SkippedFacts(path.as_posix(), f"{reason}; the rest of it is not read")


def _builds(archive: str, members: Iterator[Member]) -> Iterator[NodeBuild | SkippedFacts]:
    for _, inside in groupby(members, key=lambda member: member.path.rpartition("/")[0]):
        yield from _in_one_folder(archive, inside)


def _in_one_folder(archive: str, members: Iterator[Member]) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the documents of one folder when all of them are read, or too many."""
    waiting = WaitingFiles()
    inventory: FactFile | None = None
    damage: Exception | None = None
    try:
        for member in members:
            name = member.path.rpartition("/")[2]
            file = FactFile(f"{archive}/{member.path}", node_of(name), data=member.data)
            if member.reason:
                yield SkippedFacts(file.source, member.reason)
            elif name == INVENTORY:
                inventory = file
            elif skipped := waiting.add(file):
                yield skipped
            if waiting.size > _TOGETHER:
                yield waiting.build(inventory)
    except _DAMAGE as error:  # what was read before it is complete
        damage = error
    if waiting.files:
        yield waiting.build(inventory)
    if damage:
        raise damage


def _tarred(path: Path, stream: BinaryIO) -> Iterator[Member]:
    packed = path.stat().st_size
    if path.name.lower().endswith(GZIPPED):
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield from _of_tar(Unpacked(unpacked, packed))  # type: ignore[arg-type]
    else:
        yield from _of_tar(Unpacked(stream, packed))


def _of_tar(unpacked: Unpacked) -> Iterator[Member]:
    with tarfile.open(fileobj=unpacked, mode="r|") as archive:  # type: ignore[call-overload]
        while (member := archive.next()) is not None:
            archive.members.clear()  # it would keep every member
            if member.size > LONGEST_MEMBER:
                raise ArchiveError(f"the member {member.name!r} is larger than 1 GiB")
            unpacked.allow(member.size)
            is_plain = member.isfile()
            read = None if member.isdir() else _checked(member.name, member.size, is_plain)
            if read and not read.reason:
                read = read._replace(data=_content(archive, member))
            if read:
                yield read
        if not unpacked.ends_at(archive.offset):
            raise ArchiveError(_DAMAGED)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return stream.read() if stream else b""


def _zipped(path: Path, stream: BinaryIO) -> Iterator[Member]:
    if _members(stream) >= _MOST_MEMBERS:
        raise ArchiveError("a zip of more than 65,534 members needs too much memory; use .tar.gz")
    unpacked = Unpacked(stream, path.stat().st_size)
    with zipfile.ZipFile(stream) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename.rpartition("/")):
            is_plain = not stat.S_ISLNK(info.external_attr >> 16)
            read = None if info.is_dir() else _checked(info.filename, info.file_size, is_plain)
            if read and not read.reason:
                unpacked.allow(info.file_size)
                with archive.open(info) as content:
                    read = read._replace(data=content.read(info.file_size))
                unpacked.count(len(read.data))
            if read:
                yield read


def _members(stream: BinaryIO) -> int:
    """Return the number of members that a zip says it has."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 2**16 - 22))
    end = stream.read()
    stream.seek(0)
    place = end.rfind(_END)
    return int.from_bytes(end[place + 10 : place + 12], "little") if place >= 0 else 0


def _checked(name: str, size: int, is_plain: bool) -> Member | None:
    """Return a member that is read, or one that is named because it is not; else ``None``."""
    path = "/".join(step for step in name.split("/") if step != ".")
    if name.startswith("/") or ".." in path.split("/"):
        return Member(path, reason="its name leads out of the archive")
    last = path.rpartition("/")[2]
    if not (node_of(last) or last == INVENTORY):
        return None
    if not is_plain:
        return Member(path, reason=_NOT_PLAIN)
    return Member(path, reason=TOO_LARGE if size > LARGEST else "")
