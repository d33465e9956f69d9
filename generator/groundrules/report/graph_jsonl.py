"""Graphs as JSON lines: a short object for each graph, with the names of Zuul's API."""

from __future__ import annotations

import json
from collections.abc import Iterable

Dependencies = Iterable[tuple[str, bool]]


def jobs_data(jobs: Iterable[tuple[str, Dependencies]]) -> list[dict[str, object]]:
    """Return jobs as plain values.

    A job is its name and (name, soft) of each dependency, including those that are not in the
    graph, as in Zuul's ``freeze-jobs``.
    """
    return [
        {
            "name": name,
            "dependencies": [{"name": dependency, "soft": soft} for dependency, soft in waits],
        }
        for name, waits in jobs
    ]


def line_of(heading: str, jobs: str, error: str | None) -> str:
    """Return a line with the heading, the jobs and an error or None.

    The jobs are JSON already, since many graphs of a tenant share them.
    """
    return f'{heading[:-1]}, "jobs": {jobs}, "error": {json.dumps(error)}}}\n'
