"""A `JobGraph` as a tree that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.graphs.job_graph import Absent, Edge, Job, JobGraph
from groundrules.text import counted

DANGLING = "Waits for nothing, since the other job is not here:"
UNSEEN = "Waits for a job that something not at hand has to bring here:"


def graph_text(graph: JobGraph, title: str) -> str:
    """Return the graph as a tree: what waits stands below what it waits for.

    A job with several dependencies stands below the last of them and names the others.  Soft
    edges are marked ``~``; dangling edges and absent jobs follow with their places.

    Raises `groundrules.graphs.job_graph.CycleError` when jobs wait for each other.
    """
    lines = [f"{title}: {_summary(graph)}", ""]
    lines += _tree(graph)
    lines += _section(DANGLING, (_hung(each) for each in graph.dangling if each.soft))
    lines += _section(UNSEEN, (_hung(each) for each in graph.dangling if not each.soft))
    lines += _section("Not here:", map(_missing, graph.absent))
    return "".join(f"{line}\n" for line in lines)


def _summary(graph: JobGraph) -> str:
    soft = sum(edge.soft for edge in graph.effective)
    parts = [counted(len(graph.jobs), "job"), counted(len(graph.effective), "edge")]
    parts += [f"{soft} soft"] if soft else []
    parts += [f"{len(graph.dangling)} dangling"] if graph.dangling else []
    parts += [f"{len(graph.absent)} not here"] if graph.absent else []
    return ", ".join(parts)


def _tree(graph: JobGraph) -> list[str]:
    order = {job: index for index, job in enumerate(_in_order(graph))}
    above = {
        job.name: max(graph.dependencies(job.name), key=order.__getitem__, default=None)
        for job in graph.jobs
    }
    below: dict[str | None, list[str]] = {}
    for name, parent in above.items():
        below.setdefault(parent, []).append(name)
    hard = {(edge.job, edge.dependency) for edge in graph.effective if not edge.soft}
    lines: list[str] = []
    todo = [(name, "", "") for name in reversed(below.get(None, []))]
    while todo:
        name, lead, rest = todo.pop()
        lines.append(f"{lead}{_line(graph, name, above[name], hard)}".rstrip())
        names = below.get(name, [])
        for index, each in reversed(list(enumerate(names))):
            is_last = index == len(names) - 1
            inner = rest + ("   " if is_last else "│  ")
            todo.append((each, rest + ("└─ " if is_last else "├─ "), inner))
    return lines


def _in_order(graph: JobGraph) -> list[str]:
    return [job for wave in graph.waves() for job in wave]


def _line(graph: JobGraph, name: str, above: str | None, hard: set[tuple[str, str]]) -> str:
    others = [each for each in graph.dependencies(name) if each != above]
    mark = "~ " if above and (name, above) not in hard else ""
    notes = _notes(graph.by_name[name])
    if others:
        told = (each if (name, each) in hard else f"~{each}" for each in others)
        notes.append(f"also after {', '.join(told)}")
    return f"{mark}{name}" + (f"  ({'; '.join(notes)})" if notes else "")


def _notes(job: Job) -> list[str]:
    notes = [] if job.voting else ["non-voting"]
    if job.semaphores:
        notes.append(f"semaphore {', '.join(each.name for each in job.semaphores)}")
    return notes


def _section(title: str, lines: Iterator[str]) -> list[str]:
    found = list(lines)
    return ["", title, *(f"  {line}" for line in found)] if found else []


def _hung(edge: Edge) -> str:
    sign = "~" if edge.soft else "→"
    return f"{edge.job} {sign} {edge.dependency}  {edge.location or ''}".rstrip()


def _missing(absent: Absent) -> str:
    return f"{absent.name}: {absent.reason}  {absent.location or ''}".rstrip()
