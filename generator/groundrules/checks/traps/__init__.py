"""Traps: mistakes in a real configuration itself, with one module for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.traps import (
    circles,
    hard,
    irrelevant,
    matchers,
    no_branch,
    pipelines,
    redundant,
    refused_graphs,
    semaphores,
    soft,
    spelling,
    unused,
    vanished,
    voting,
)
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.definitions import Definitions

KINDS = (
    hard,
    circles,
    unused,
    matchers,
    spelling,
    soft,
    redundant,
    semaphores,
    pipelines,
    refused_graphs,
    irrelevant,
    no_branch,
    vanished,
    voting,
)


def check(definitions: Definitions, documented: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield the traps of a configuration, except for what the manual documents as intended."""
    for kind in KINDS:
        yield from kind.check(definitions, documented)
