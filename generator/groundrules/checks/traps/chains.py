"""Where file matchers apply: the branches of the jobs that get them from the same definitions."""

from __future__ import annotations

from collections.abc import Callable

from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import FilePattern, Job, Step
from groundrules.graphs.trees import Branch

Patterns = tuple[FilePattern, ...]
Chain = tuple[Step, ...]
"""The definitions and mentions that a job is made of, in order."""


def branches_by_chain(
    definitions: Definitions, patterns_of: Callable[[Job], Patterns]
) -> dict[tuple[Chain, Patterns], set[Branch]]:
    """Return the branches of jobs with patterns, by their definitions and the patterns.

    A few jobs run in most graphs, with the same definitions in nearly all of them.
    """
    branches: dict[tuple[Chain, Patterns], set[Branch]] = {}
    for graph in definitions.graphs:
        for job in graph.graph.jobs:
            if patterns := patterns_of(job):
                same = branches.setdefault((job.chain, patterns), set())
                same.add((graph.project, graph.branch))
    return branches
