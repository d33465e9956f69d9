"""A `JobGraph` as a tree for terminals."""

from __future__ import annotations

from itertools import filterfalse

from groundrules.graphs.elements import Absent, Edge, Elsewhere, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.text import counted, escaped_lines, section

DANGLING = "Waits for nothing, since the other job is not here:"
DEEPEST = 50
"""The maximum depth; deeper jobs start at the margin again and list their dependencies."""

UNKNOWN = "Waits for a job that is not known to be here:"
LOST = "Lost here; what it adds is unknown:"
ELSEWHERE = "Defined in another repository; what it adds is unknown:"
MOST_JOBS = 3


def graph_text(graph: JobGraph, title: str) -> str:
    """Return the graph as a tree, with each job below a dependency.

    A job with several dependencies is below the last of them and lists the others.  Soft edges
    have the mark ``~``.  Dangling edges, absent jobs and names in other repositories follow with
    their places.

    Raises `groundrules.graphs.job_graph.CycleError` if jobs wait for each other.
    """
    lines = [f"{title}: {_summary(graph)}"]
    lines += ["", *_tree(graph)] if graph.jobs else []
    lines += section(DANGLING, map(_hung, filter(graph.is_known, graph.dangling)))
    lines += section(UNKNOWN, map(_hung, filterfalse(graph.is_known, graph.dangling)))
    lines += section("Not here:", map(_missing, graph.absent))
    lines += section(LOST, (_elsewhere(name) for name in graph.elsewhere if name.lost))
    lines += section(ELSEWHERE, (_elsewhere(name) for name in graph.elsewhere if not name.lost))
    return escaped_lines(lines)


def _summary(graph: JobGraph) -> str:
    unknown = len(_unknown(graph))
    numbers = {
        "soft": sum(edge.soft for edge in graph.effective),
        "dangling": len(graph.dangling),
        "not here": len(graph.absent),
        "unknown": unknown,
        "defined elsewhere": sum(job.is_elsewhere for job in graph.jobs) - unknown,
    }
    parts = [counted(len(graph.jobs), "job"), counted(len(graph.effective), "edge")]
    return ", ".join([*parts, *(f"{number} {what}" for what, number in numbers.items() if number)])


def _unknown(graph: JobGraph) -> frozenset[str]:
    """Return the jobs that a file here may define that cannot be read."""
    return frozenset(name.name for name in graph.elsewhere if name.kind == "job")


def _tree(graph: JobGraph) -> list[str]:
    order = {job: step for step, job in enumerate(job for wave in graph.waves() for job in wave)}
    above = {
        job.name: max(graph.dependencies(job.name), key=order.__getitem__, default=None)
        for job in graph.jobs
    }
    below: dict[str | None, list[str]] = {}
    for name, parent in above.items():
        below.setdefault(parent, []).append(name)
    hard = {(edge.job, edge.dependency) for edge in graph.effective if not edge.soft}
    unknown = _unknown(graph)
    lines: list[str] = []
    todo = [(name, "", "", 0) for name in reversed(below.get(None, []))]
    cut: list[str] = []
    while todo or cut:
        if not todo:
            todo = [(name, "", "", 0) for name in reversed(cut)]
            cut = []
        name, lead, rest, depth = todo.pop()
        lines.append(
            f"{lead}{_line(graph, name, above[name] if lead else None, hard, unknown)}".rstrip()
        )
        names = below.get(name, [])
        if depth == DEEPEST:  # the indentation grows with the depth
            cut += names
            continue
        for index, below_name in reversed(list(enumerate(names))):
            is_last = index == len(names) - 1
            inner = rest + ("   " if is_last else "│  ")
            todo.append((below_name, rest + ("└─ " if is_last else "├─ "), inner, depth + 1))
    return lines


def _line(
    graph: JobGraph,
    name: str,
    above: str | None,
    hard: set[tuple[str, str]],
    unknown: frozenset[str],
) -> str:
    others = [other for other in graph.dependencies(name) if other != above]
    mark = "~ " if above and (name, above) not in hard else ""
    notes = _notes(graph.by_name[name], is_unknown=name in unknown)
    if others:
        marked = (other if (name, other) in hard else f"~{other}" for other in others)
        notes.append(f"{'also ' if above else ''}after {', '.join(marked)}")
    return f"{mark}{name}" + (f"  ({'; '.join(notes)})" if notes else "")


def _notes(job: Job, *, is_unknown: bool) -> list[str]:
    where = "unknown" if is_unknown else "defined elsewhere"
    notes = [where] if job.is_elsewhere else []
    notes += [] if job.voting else ["non-voting"]
    if job.semaphores:
        notes.append(f"semaphore {', '.join(semaphore.name for semaphore in job.semaphores)}")
    return notes


def _hung(edge: Edge) -> str:
    sign = "~" if edge.soft else "→"
    return f"{edge.job} {sign} {edge.dependency}  {edge.location or ''}".rstrip()


def _missing(absent: Absent) -> str:
    return f"{absent.name}: {absent.reason}  {absent.location or ''}".rstrip()


def _elsewhere(name: Elsewhere) -> str:
    more = len(name.jobs) - MOST_JOBS
    jobs = [*name.jobs[:MOST_JOBS], *([f"{more} more"] if more > 0 else [])]
    of = f" of {', '.join(jobs)}" if jobs and name.kind != "job" else ""
    lost = f": {name.lost}" if name.lost else ""
    return f"{name.kind} {name.name}{of}{lost}  {name.location or ''}".rstrip()
