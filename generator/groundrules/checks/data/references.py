"""References between records that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.references import References


def check(_: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield every reference to an unknown record, of parts that mistakes removed too."""
    references = References(content.names)
    for link in content.links:
        yield from references.require(link.kind, link.name, link.place, link.scope)
