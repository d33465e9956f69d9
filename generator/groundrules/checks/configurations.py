"""Checks real configurations alone, and compares their labels with documented ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from groundrules.checks import traps
from groundrules.checks.branches import joined, merged
from groundrules.checks.labels import requested_labels, tombstones
from groundrules.checks.phrases import names_or_count
from groundrules.checks.traps.documented_intent import documented_intent
from groundrules.claims.claims import Claims
from groundrules.diagnostics import Result, Skipped
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.not_shown import graphs_not_shown
from groundrules.text import counted

GRAPHS = ("GR4",)
"""The rules that need graphs."""


def check_configurations(
    configurations: Sequence[Definitions],
    claims: Claims,
    today: datetime.date,
    *,
    are_all: bool = True,
) -> Iterator[Result]:
    """Yield the mistakes of configurations (GR6xx), traps (GR4xx) and wrong labels (GR5xx).

    They are checked together, because any of them can use a label.  ``are_all`` says whether
    these are all configurations of the manual.  Documented intent is not reported as a trap.
    """
    for definitions in configurations:
        yield from merged(_of_one(definitions, claims), definitions)
    if claims.labels is None:
        reason = "mistakes hide some documented labels; fix the records with mistakes first"
        yield Skipped("labels", reason, ("GR5",))
    else:
        labels = claims.labels
        results = requested_labels.check(configurations, labels, today, are_all=are_all)
        yield from merged(results, joined(configurations))


def _of_one(definitions: Definitions, claims: Claims) -> Iterator[Result]:
    yield from definitions.mistakes
    if branches := definitions.unsure_branches:
        what = f"mistakes in {counted(len(branches), 'branch')} of {definitions.name}"
        reason = (
            "only protected branches are read, and which branches are protected is not known; "
            "an index.json may name the branches"
        )
        yield Skipped(what, reason, ("GR6",))
    yield from _without_graphs(definitions)
    yield from traps.check(definitions, documented_intent(claims.graphs, definitions.name))
    yield from tombstones.check(definitions)


def _without_graphs(definitions: Definitions) -> Iterator[Skipped]:
    """Yield the graphs of other projects that a repository on its own does not show."""
    for what, reason in graphs_not_shown(definitions.unchecked, definitions.name_expressions):
        yield Skipped(what, reason, GRAPHS)
    if names := definitions.configured:
        what = f"files and other branches of {names_or_count(names, 'project')}"
        yield Skipped(what, "only this repository was read")
