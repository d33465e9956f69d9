"""Nodesets that were emptied when their label went, and jobs that still ask for them.

Removing a nodeset breaks every branch that names it, so that teams leave an empty one: a job
that names it then fails instead of its whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from groundrules.counting import counted
from groundrules.diagnostics import Location, Related, Report
from groundrules.graphs.definitions import DefinedVariant, Definitions, Nodeset, PlacedGraph
from groundrules.graphs.job_graph import Job
from groundrules.rules import labels as rules

# words that name no kind of node; with one of the second line a nodeset says that it has none
COMMON = frozenset({"node", "nodes", "nodeset", "single", "multi", "multinode", "legacy", "base"})
MEANT_EMPTY = frozenset({"no", "none", "empty", "nodeless", "executor", "localhost", "zero"})


def check(definitions: Definitions, report: Report) -> None:
    """Note each place where a job names an emptied nodeset.

    An empty nodeset that is written in the job itself, or whose name tells of no node, is for
    jobs that need none.
    """
    tombs = {each.name: each for each in definitions.nodesets.values() if each.is_empty}
    words = set(_words(_full_names(definitions)))
    graves = {
        name for name in tombs if words & set(_words([name])) and not MEANT_EMPTY & _split(name)
    }
    for variant in definitions.variants():
        if variant.nodeset and variant.nodeset.name in graves:
            _note(variant, tombs[variant.nodeset.name], definitions, report)


def _full_names(definitions: Definitions) -> Iterable[str]:
    yield from definitions.written_labels
    yield from (each.name for each in definitions.nodesets.values() if not each.is_empty)


def _words(names: Iterable[str]) -> Iterable[str]:
    """Yield the words of names that can tell of a kind of node, numbers left out."""
    for name in names:
        yield from (word for word in _split(name) - COMMON if len(word) > 3)


def _split(name: str) -> set[str]:
    return set(re.split(r"[^a-z0-9]+", name.lower()))


def _note(variant: DefinedVariant, tomb: Nodeset, definitions: Definitions, report: Report) -> None:
    graphs = [each for each in definitions.graphs if _is_asked_for(variant, each, definitions)]
    runs = f"it runs in {counted(len(graphs), 'graph')}" if graphs else "it runs nowhere by itself"
    report.note(
        rules.TOMBSTONE,
        (variant.nodeset and variant.nodeset.location) or variant.location,
        f"the nodeset {tomb.name!r} of {variant.job!r} is empty, which says that its nodes are "
        f"gone ({runs}); choose another nodeset, "
        f"or {definitions.words.no_nodes!r} if no node is needed",
        [Related(tomb.location, "the empty nodeset")],
        key=f"{variant.job} asks for nodeset {tomb.name} in {variant.location.path}",
    )


def _is_asked_for(variant: DefinedVariant, placed: PlacedGraph, definitions: Definitions) -> bool:
    """Return whether a job without a node in a graph has its nodeset from ``variant``.

    The same name may be defined on several branches, and whoever comes later may say otherwise.
    """
    return any(
        variant.job in (job.name, *job.parents)
        and not job.labels
        and _last_word(job, definitions) == variant.location
        for job in placed.graph.jobs
    )


def _last_word(job: Job, definitions: Definitions) -> Location | None:
    """Return the last place on the way of a job into its graph that names a nodeset."""
    variants = (
        definitions.by_location.get(step.location) for step in reversed(job.chain) if step.location
    )
    return next((each.location for each in variants if each and each.nodeset), None)
