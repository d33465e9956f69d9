"""References between records: each has to lead to a record that exists."""

from __future__ import annotations

from groundrules.records import Catalogue, LoadedData
from groundrules.records.references import References


def check(_: Catalogue, loaded: LoadedData) -> None:
    """Report every reference to an unknown record, in parts that mistakes removed too."""
    references = References(loaded.names, loaded.report)
    for link in loaded.links:
        references.require(link.kind, link.name, link.place, link.scope)
