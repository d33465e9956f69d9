"""`NodeBuild`: the documents of one folder, and the facts that are in them.

A node of Zuul has its facts in ``zuul-info/host-info.NODE.yaml`` and its label in
``zuul-info/inventory.yaml`` of the build's logs: the roles ``validate-host`` and ``log-inventory``
of https://opendev.org/zuul/zuul-jobs.
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from groundrules.confined import Confined, LinkError, NotPlainError
from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts, origin_name
from groundrules.verify.reading.ansible_output import is_printed, results_in
from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.fact_document import LARGEST, TOO_LARGE, facts_of
from groundrules.verify.reading.zuul_inventory import (
    InventoryError,
    ZuulInventory,
    read_inventory,
)

INVENTORY = "inventory.yaml"
_HOST_INFO = re.compile(r"host-info\.(?P<node>.+)\.(?:ya?ml|json)(?:\.gz)?", re.DOTALL)
_TOO_LARGE = f"{TOO_LARGE}; 'ansible -m setup --tree FOLDER' writes a file for each host"
_ENDING = re.compile(r"\.(?:ya?ml|json)(?:\.gz)?\Z")


class FactFile(Struct, frozen=True):
    """A document: a path below a folder, or the ``data`` of an archive's member.

    ``node`` is the name of its node; empty for an inventory.
    """

    source: str
    node: str = ""
    folder: str = ""
    path: str = ""
    data: bytes | None = None

    def content(self) -> bytes:
        """Return the bytes, cut to `LARGEST` and one.  Raises `OSError` or `zlib.error`."""
        data = self.data
        if data is None:
            data = Confined(Path(self.folder)).read(self.path, LARGEST)
        if not self.source.endswith(".gz"):
            return data
        unpacked = zlib.decompressobj(wbits=31)  # 31: a gzip header
        content = unpacked.decompress(data, LARGEST + 1)
        if not unpacked.eof and len(content) <= LARGEST:
            raise zlib.error
        return content


class NodeBuild(Struct, frozen=True):
    """Documents of nodes in one folder, and the inventory beside them."""

    files: tuple[FactFile, ...]
    inventory: FactFile | None = None


class WaitingFiles:
    """Documents of one folder that wait to be read together, one for each node."""

    def __init__(self) -> None:
        self.files: list[FactFile] = []
        self.size = 0
        self._nodes = set[str]()

    def add(self, file: FactFile) -> SkippedFacts | None:
        """Add a document, or return why it is skipped."""
        if file.node in self._nodes:
            return SkippedFacts(file.source, f"another file here is about the node {file.node}")
        self._nodes.add(file.node)
        self.files.append(file)
        self.size += len(file.data or b"")
        return None

    def build(self, inventory: FactFile | None) -> NodeBuild:
        """Return the documents so far; none waits any more."""
        build = NodeBuild(tuple(self.files), inventory)
        self.files, self.size = [], 0
        return build


class FactReader(Struct, frozen=True):
    """Reads builds; it can be sent to another process.

    ``given`` has the label, provider and region of nodes for which no inventory says it.
    ``moment`` is the time of the run.
    """

    moment: datetime.datetime
    asked: AskedFacts = AskedFacts()
    given: NodeKind = NodeKind()

    def facts_in(self, build: NodeBuild) -> Iterator[NodeFacts | SkippedFacts]:
        """Yield the facts of each node of a build, and what could not be read."""
        inventory = ZuulInventory()
        if build.inventory:
            try:
                inventory = read_inventory(_content(build.inventory))
            except (_UnreadableError, InventoryError) as error:
                yield SkippedFacts(build.inventory.source, f"it names no labels: {error}")
        for file in build.files:
            try:
                data = _content(file)
            except _UnreadableError as error:
                yield SkippedFacts(file.source, str(error))
                continue
            if is_printed(data):
                yield from self._of_hosts(data, file, inventory)
            else:
                yield self.facts(data, file.source, file.node, inventory)

    def facts(
        self, data: bytes, source: str, node: str, inventory: ZuulInventory
    ) -> NodeFacts | SkippedFacts:
        """Return the facts of a node in a document; see `facts_of`."""
        kind = inventory.kinds.get(node, NodeKind())
        pairs = zip(astuple(kind), astuple(self.given), strict=True)
        return facts_of(
            data,
            source=source,
            node=node,
            kind=NodeKind(*(known or given for known, given in pairs)),
            build=inventory.build,
            asked=self.asked,
            now=self.moment,
        )

    def _of_hosts(
        self, data: bytes, file: FactFile, inventory: ZuulInventory
    ) -> Iterator[NodeFacts | SkippedFacts]:
        """Yield the facts of each host in what the command ``ansible`` printed."""
        if len(data) > LARGEST:
            yield SkippedFacts(file.source, _TOO_LARGE)
            return
        hosts = set[str]()
        for result in results_in(data):
            if result.host in hosts:
                reason = f"another result here is about the node {origin_name(result.host)}"
                yield SkippedFacts(file.source, reason)
                continue
            hosts.add(result.host)
            facts: NodeFacts | SkippedFacts = SkippedFacts(file.source, result.why_not)
            if not result.why_not:
                facts = self.facts(result.document, file.source, result.host, inventory)
            if isinstance(facts, SkippedFacts):
                where = f"the result of {origin_name(result.host)}"
                facts = SkippedFacts(file.source, f"{where}: {facts.reason}")
            yield facts


class _UnreadableError(Exception):
    """A file cannot be read; the message says why."""


def _content(file: FactFile) -> bytes:
    try:
        return file.content()
    except LinkError:
        raise _UnreadableError("it is a symbolic link, which is not followed") from None
    except NotPlainError:
        raise _UnreadableError("it is not a plain file") from None
    except OSError as error:
        raise _UnreadableError(f"it cannot be read: {error.strerror}") from None
    except zlib.error:
        raise _UnreadableError("it is no complete gzip file") from None


def node_of(name: str) -> str:
    """Return the node that a host-info file is about; empty for another file.

    >>> node_of("host-info.ubuntu-noble.yaml"), node_of("job-output.json")
    ('ubuntu-noble', '')
    """
    match = _HOST_INFO.fullmatch(name)
    return match["node"] if match else ""


def named_node(name: str) -> str:
    """Return the node that a file of any name is about: ``ansible --tree`` names them so.

    >>> named_node("host-info.node.yaml"), named_node("web01.example.org"), named_node("a.json")
    ('node', 'web01.example.org', 'a')
    """
    return node_of(name) or _ENDING.sub("", name) or name
