"""A `JobGraph` as JSON with all details: places, chains, waves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import to_builtins

from groundrules.graphs.elements import Edge, FilePattern, Job, NameAt
from groundrules.graphs.job_graph import CycleError, JobGraph


def as_plain(graph: JobGraph) -> dict[str, Any]:
    """Return a graph as dicts and lists: jobs, edges, absent jobs, waves and cycles.

    ``elsewhere`` has the templates, parents and nodesets that other repositories define, and the
    jobs that may be in a file that cannot be read.  ``effective`` of an edge is None if it is not
    known whether its dependency is in the graph.
    """
    try:
        waves = [list(wave) for wave in graph.waves()]
    except CycleError:
        waves = []
    return {
        "jobs": [_job(job) for job in graph.jobs],
        "edges": [_edge(edge, graph) for edge in graph.edges],
        "absent": [
            {"name": job.name, "reason": job.reason, "location": to_builtins(job.location)}
            for job in graph.absent
        ],
        "elsewhere": [
            {
                "kind": item.kind,
                "name": item.name,
                "jobs": list(item.jobs),
                "location": to_builtins(item.location),
                "lost": item.lost or None,
            }
            for item in graph.elsewhere
        ],
        "waves": waves,
        "cycles": [list(cycle) for cycle in graph.cycles()],
    }


def jobs_data(jobs: Iterable[tuple[str, Iterable[tuple[str, bool]]]]) -> list[dict[str, Any]]:
    """Return the jobs of a graph with the keys of Zuul's ``freeze-jobs``.

    A job is its name and (name, soft) of each dependency, including those that are not in the
    graph.
    """
    return [
        {
            "name": name,
            "dependencies": [{"name": dependency, "soft": soft} for dependency, soft in waits],
        }
        for name, waits in jobs
    ]


def _job(job: Job) -> dict[str, Any]:
    return {
        "name": job.name,
        "location": to_builtins(job.location),
        "chain": to_builtins(job.chain),
        "elsewhere": job.is_elsewhere,
        "parents": list(job.parents),
        "voting": job.voting,
        "timeout": job.timeout,
        "tags": list(job.tags),
        "labels": _named(job.labels),
        "semaphores": _named(job.semaphores),
        "files": _patterns(job.files),
        "irrelevant_files": _patterns(job.irrelevant_files),
    }


def _patterns(patterns: Iterable[FilePattern]) -> list[str | dict[str, Any]]:
    """Return expressions in Zuul's syntax, in which only a negated one is a mapping."""
    return [
        {"regex": pattern.text, "negate": True} if pattern.negate else pattern.text
        for pattern in patterns
    ]


def _edge(edge: Edge, graph: JobGraph) -> dict[str, Any]:
    return {
        "job": edge.job,
        "dependency": edge.dependency,
        "soft": edge.soft,
        "declared": edge.declared,
        "effective": graph.is_effective(edge) if graph.is_known(edge) else None,
        "status": str(edge.status),
        "why": edge.why,
        "location": to_builtins(edge.location),
        "chain": to_builtins(edge.chain),
    }


def _named(items: Iterable[NameAt]) -> list[dict[str, Any]]:
    return [
        {
            "name": item.name,
            "location": to_builtins(item.location),
            "chain": to_builtins(item.chain),
        }
        for item in items
    ]
