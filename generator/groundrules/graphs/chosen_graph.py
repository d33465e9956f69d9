"""`ChosenGraph`: the graph of the jobs that run for a change, with the decision on every job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from groundrules.diagnostics import Diagnostic
from groundrules.graphs.decisions import Decision
from groundrules.graphs.shown_graph import ShownGraph


class ChosenGraph(ShownGraph, Protocol):
    """A graph of one pipeline whose jobs were chosen for a change."""

    @property
    def decisions(self) -> Sequence[Decision]:
        """The decision on every job of the pipeline, those that run and those that do not."""

    @property
    def refusals(self) -> Sequence[Diagnostic]:
        """The mistakes for which the CI system runs no job of the change."""

    @property
    def notes(self) -> Sequence[str]:
        """What the answer does not take into account."""
