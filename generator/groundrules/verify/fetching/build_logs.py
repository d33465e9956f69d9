"""`BuildLogs`: the documents about the nodes of one build, in the folder of its logs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.verify.fetching.log_files import LogFiles, NoLogFileError
from groundrules.verify.fetching.log_manifest import (
    INFO,
    MANIFEST,
    ManifestError,
    host_info_names,
)
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.fact_document import LARGEST
from groundrules.verify.reading.node_build import INVENTORY, FactFile, NodeBuild, node_of
from groundrules.verify.reading.zuul_inventory import InventoryError, read_inventory
from groundrules.zuul_api.address import below

if TYPE_CHECKING:  # it loads the libraries of the store, which a request does not need
    from groundrules.verify.fetching.known_logs import KnownLogs

MOST_NODES = 100
"""Nodes of a build that are read; Zuul's default limit of a nodeset is 5."""


class BuildLogs(Struct, frozen=True):
    """The logs of a build: an address that ends without a slash.

    ``manifest`` is the address of their list, and ``uuid`` the id of the build; they are empty
    if not known.
    """

    address: str
    manifest: str = ""
    uuid: str = ""

    def build(self, files: LogFiles, known: KnownLogs) -> Iterator[NodeBuild | SkippedFacts]:
        """Yield the documents of the build that are not known, and what cannot be fetched."""
        if known.has_build(self.address):
            return
        inventory = None
        try:
            names = self._listed(files)
            if names is None:
                inventory = files.inventory(self.file(INVENTORY))
                names = _named_by(inventory) if inventory else None
        except NoLogFileError as error:
            yield SkippedFacts(self.address, str(error))
            return
        if not names:
            yield SkippedFacts(self.address, _why_none(names))
            return
        if len(names) > MOST_NODES:
            yield SkippedFacts(self.address, f"only {MOST_NODES} of {len(names)} nodes are read")
        nodes = {name: (self.file(name), node_of(name), self.uuid) for name in names}
        known.set_nodes(self.address, nodes.values())
        new = [name for name in names[:MOST_NODES] if not known.has_node(*nodes[name])]
        if new:
            yield from self._fetched(files, new, inventory)

    def _fetched(
        self, files: LogFiles, names: list[str], inventory: FactFile | None
    ) -> Iterator[NodeBuild | SkippedFacts]:
        try:
            inventory = inventory or files.inventory(self.file(INVENTORY))
        except NoLogFileError as error:
            yield SkippedFacts(self.file(INVENTORY), str(error))
            return
        documents: list[FactFile] = []
        size = 0
        for name in names:
            document = files.document(self.file(name), node_of(name))
            if isinstance(document, SkippedFacts):
                yield document
                continue
            documents.append(document)
            size += len(document.data or b"")
            if size > LARGEST:  # a build of many large documents does not stay in memory
                yield NodeBuild(tuple(documents), inventory)
                documents, size = [], 0
        if documents:
            yield NodeBuild(tuple(documents), inventory)

    def file(self, name: str) -> str:
        """Return the address of a file in ``zuul-info``."""
        return below(self.address, INFO, name)

    def _listed(self, files: LogFiles) -> list[str] | None:
        """Return the names in the manifest; None if there is none that can be read."""
        if not self.manifest:
            return None
        with suppress(ManifestError):
            try:
                return host_info_names(files.get(self.manifest))
            except NoLogFileError as error:
                if not error.is_missing:
                    raise
        return None


def _named_by(inventory: FactFile) -> list[str]:
    """Return the names that the role ``validate-host`` gives to the files of an inventory."""
    try:
        nodes = read_inventory(inventory.content()).kinds
    except InventoryError as error:
        raise NoLogFileError(f"{INVENTORY}: {error}") from None
    return [f"host-info.{node}.yaml" for node in nodes]


def _why_none(names: list[str] | None) -> str:
    if names is None:
        return f"the logs have neither {MANIFEST} nor {INFO}/{INVENTORY}"
    return "the build has no facts of a node"
