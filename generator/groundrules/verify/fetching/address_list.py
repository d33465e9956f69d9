"""`AddressList`: a file with addresses of facts, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from posixpath import basename
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from groundrules.verify.fetching.build_logs import BuildLogs
from groundrules.verify.fetching.log_files import LogFiles, NoLogFileError
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.node_build import (
    INVENTORY,
    NodeBuild,
    named_node,
    node_of,
)
from groundrules.zuul_api.address import checked_address
from groundrules.zuul_api.api_errors import ZuulApiError

if TYPE_CHECKING:  # it loads the libraries of the store, which a request does not need
    from groundrules.verify.fetching.known_logs import KnownLogs

LARGEST_LIST = 100 * 2**20
"""Bytes of a list: about a million addresses."""
_SCHEMES = ("http://", "https://")


class ListedAddress(Struct, frozen=True):
    """An address in a line of a list."""

    place: str
    address: str

    @property
    def folder(self) -> str:
        """The address without its last step; with a slash at the end, the whole."""
        return self.address.rpartition("/")[0]

    @property
    def mistake(self) -> str:
        """Why it is not an address that can be read; empty if it is."""
        try:
            checked_address(self.address)
        except ZuulApiError as error:
            return str(error)
        return ""


class AddressList(Struct, frozen=True):
    """The text of a list: addresses of fact files, or with a slash at the end of build logs.

    Files of one build follow each other, so that its inventory is fetched once.  Empty lines and
    those that begin with ``#`` are comments.
    """

    path: str
    text: str

    @property
    def lines(self) -> Iterator[ListedAddress]:
        """The lines with an address."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if (address := line.strip()) and not address.startswith("#"):
                yield ListedAddress(f"{self.path}:{number}", address)

    @property
    def count(self) -> int:
        """The number of addresses."""
        return sum(1 for _ in self.lines)

    def builds(self, files: LogFiles, known: KnownLogs) -> Iterator[NodeBuild | SkippedFacts]:
        """Yield the documents at the addresses that are not known, and what cannot be fetched."""
        for folder, group in groupby(self.lines, key=lambda line: line.folder):
            lines = list(group)
            if wrong := [line for line in lines if line.mistake]:
                yield from (SkippedFacts(line.place, line.mistake) for line in wrong)
                lines = [line for line in lines if not line.mistake]
            if any(line.address == f"{folder}/" for line in lines):
                yield from BuildLogs(folder).build(files, known)
            elif lines:
                yield from _documents(folder, [line.address for line in lines], files, known)


def is_list(beginning: bytes) -> bool:
    """Return whether a file begins as a list of addresses does.

    >>> is_list(b"# logs\\nhttps://logs.example.org/1/"), is_list(b"ansible_memtotal_mb: 7955")
    (True, False)
    """
    text = beginning.decode("utf-8", "replace")
    first = next((line for line in text.splitlines() if line and not line.startswith("#")), "")
    return first.startswith(_SCHEMES)


def _documents(
    folder: str, addresses: list[str], files: LogFiles, known: KnownLogs
) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the documents at addresses in one folder, with its inventory."""
    names = {address: _name(address) for address in addresses}
    new = {
        address: name
        for address, name in names.items()
        if not known.has_node(address, named_node(name), "")
    }
    inventory, place = None, f"{folder}/{INVENTORY}"
    if any(map(node_of, new.values())):
        try:
            inventory = files.inventory(place)
        except NoLogFileError as error:
            yield SkippedFacts(place, str(error))
            return
    for address, name in new.items():
        document = files.document(address, named_node(name))
        if isinstance(document, SkippedFacts):
            yield document
        else:
            yield NodeBuild((document,), inventory)


def _name(address: str) -> str:
    return unquote(basename(urlsplit(address).path))
