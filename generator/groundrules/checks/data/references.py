"""References between records that do not exist."""

from __future__ import annotations

from groundrules.records import Catalogue, LoadedData
from groundrules.records.references import References


def check(_: Catalogue, loaded: LoadedData) -> None:
    """Report every reference to an unknown record, in parts that mistakes removed too."""
    references = References(loaded)
    for link in loaded.links:
        references.require(link.kind, link.name, link.place, link.scope)
