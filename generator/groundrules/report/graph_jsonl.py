"""Graphs as JSON lines: one short object a graph, as Zuul's own API names things."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

Dependencies = Iterable[tuple[str, bool]]


def graph_line(
    heading: Mapping[str, str | None],
    jobs: Iterable[tuple[str, Dependencies]],
    error: str | None = None,
) -> str:
    """Return one line: the heading, ``jobs`` with their declared dependencies, ``error``.

    A job is its name and (name, soft) of each dependency; those that are not in the graph are
    listed too, as Zuul's ``freeze-jobs`` does.
    """
    return line_of(json.dumps(heading), jobs_text(jobs), error)


def jobs_text(jobs: Iterable[tuple[str, Dependencies]]) -> str:
    """Return the jobs as JSON; many graphs of a tenant share them."""
    listed = [
        {"name": name, "dependencies": [{"name": each, "soft": soft} for each, soft in waits]}
        for name, waits in jobs
    ]
    return json.dumps(listed)


def line_of(heading: str, jobs: str, error: str | None) -> str:
    """Return one line of parts that are JSON already."""
    return f'{heading[:-1]}, "jobs": {jobs}, "error": {json.dumps(error)}}}\n'
