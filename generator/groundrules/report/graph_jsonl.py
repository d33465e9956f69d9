"""Graphs as JSON lines: one short object a graph, as Zuul's own API names things."""

from __future__ import annotations

import json
from collections.abc import Iterable

Dependencies = Iterable[tuple[str, bool]]


def jobs_text(jobs: Iterable[tuple[str, Dependencies]]) -> str:
    """Return jobs as JSON, since many graphs of a tenant share them.

    A job is its name and (name, soft) of each dependency; those that are not in the graph are
    listed too, as Zuul's ``freeze-jobs`` does.
    """
    listed = [
        {
            "name": name,
            "dependencies": [{"name": dependency, "soft": soft} for dependency, soft in waits],
        }
        for name, waits in jobs
    ]
    return json.dumps(listed)


def line_of(heading: str, jobs: str, error: str | None) -> str:
    """Return one line of a heading and jobs that are JSON already, and of an error or None."""
    return f'{heading[:-1]}, "jobs": {jobs}, "error": {json.dumps(error)}}}\n'
