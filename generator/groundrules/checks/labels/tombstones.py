"""Nodesets that were emptied when their label was removed, and jobs that still use them.

Removing a nodeset breaks every branch that names it, so teams keep an empty one: then only jobs
that name it fail.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.graphs.definitions import DefinedVariant, Definitions, Nodeset
from groundrules.graphs.elements import Job
from groundrules.rules import labels as rules
from groundrules.text import counted

# words without a kind of node; a nodeset with one of the second line is empty on purpose
COMMON = frozenset({"node", "nodes", "nodeset", "single", "multi", "multinode", "legacy", "base"})
EMPTY_ON_PURPOSE = frozenset({"no", "none", "empty", "nodeless", "executor", "localhost", "zero"})


def check(definitions: Definitions) -> Iterator[Diagnostic]:
    """Yield each place where a job names an emptied nodeset.

    An empty nodeset that is written in the job itself, or whose name has no word of a node, is
    for jobs that need none.
    """
    empty = {nodeset.name: nodeset for nodeset in definitions.nodesets.values() if nodeset.is_empty}
    full = (nodeset.name for nodeset in definitions.nodesets.values() if not nodeset.is_empty)
    words = set(_words([*definitions.written_labels, *full]))
    meant = (name for name in empty if not EMPTY_ON_PURPOSE & _split(name))
    emptied = {name for name in meant if words & set(_words([name]))}
    variants = [variant for variant in definitions.variants() if _nodeset_name(variant) in emptied]
    runs = _runs(definitions) if variants else Counter()
    for variant in variants:
        yield _names_emptied(variant, empty[_nodeset_name(variant)], runs, definitions)


def _nodeset_name(variant: DefinedVariant) -> str:
    return variant.nodeset.name if variant.nodeset else ""


def _words(names: Iterable[str]) -> Iterable[str]:
    """Yield the words of names that can mean a kind of node, numbers left out."""
    for name in names:
        yield from (word for word in _split(name) - COMMON if len(word) > 3)


def _split(name: str) -> set[str]:
    return set(re.split(r"[^a-z0-9]+", name.lower()))


def _names_emptied(
    variant: DefinedVariant,
    nodeset: Nodeset,
    runs: Counter[Location],
    definitions: Definitions,
) -> Diagnostic:
    graphs = runs[variant.location]
    use = f"runs in {counted(graphs, 'graph')}" if graphs else "runs in no graph itself"
    return Diagnostic(
        (variant.nodeset and variant.nodeset.location) or variant.location,
        f"nodeset {nodeset.name!r} of {variant.job!r}, which {use}, is empty, so its nodes seem "
        "to be gone; use another nodeset, "
        f"or {definitions.words.no_nodes!r} if the job needs no node",
        rules.TOMBSTONE,
        (Related(nodeset.location, "the empty nodeset"),),
        key=f"{variant.job} asks for nodeset {nodeset.name} in "
        f"{definitions.file_of(variant.location)}",
    )


def _runs(definitions: Definitions) -> Counter[Location]:
    """Return in how many graphs a job without a node has its nodeset from each definition.

    The same name may be defined on several branches, and a later definition may override it.
    """
    return Counter(
        location
        for graph in definitions.graphs
        for location in {
            _nodeset_from(job, definitions) for job in graph.graph.jobs if not job.labels
        }
        if location
    )


def _nodeset_from(job: Job, definitions: Definitions) -> Location | None:
    """Return the last definition or mention on the way of a job that names a nodeset."""
    variants = (
        definitions.by_location.get(step.location) for step in reversed(job.chain) if step.location
    )
    return next((variant.location for variant in variants if variant and variant.nodeset), None)
