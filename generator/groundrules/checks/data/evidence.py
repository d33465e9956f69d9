"""Records without evidence, where the manual requires it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Expectation
from groundrules.records.fields import has_evidence
from groundrules.records.graph import Graph
from groundrules.records.manual import EvidencePolicy
from groundrules.records.platform import Platform
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield each expectation, platform and graph that names no source anywhere."""
    if catalogue.manual.evidence is not EvidencePolicy.REQUIRED:
        return
    records: chain[Expectation | Platform | Graph] = chain(
        catalogue.expectations.values(), catalogue.platforms, catalogue.graphs
    )
    for record in records:
        if record.whole and not has_evidence(record):
            message = f"{record.id!r} has no evidence; add 'evidence' with a session or web address"
            yield Diagnostic(record.location("id"), message, rules.NO_EVIDENCE)
