"""A made-up manual of any number of jobs, as plain data and as a folder for Groundrules.

Jobs come in graphs of 100.  Each has a purpose, tags, durations and waits for up to three jobs
before it, with a reason each: the first jobs of a graph are what all others stand on, as in a
deployment.  Of the texts 16 % have literals and 9 % other markup, about as in real records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JOBS_A_GRAPH = 100
_WHAT = ("mirror", "registry", "codebrowser", "wiki", "mail", "lists", "grafana", "nameserver")
_PURPOSES = (
    "Deploys the {what} and waits until it answers.",
    "Brings accounts, firewall and packages of the {what} up to date.",
    "Runs ``ansible-playbook`` for the {what} with the inventory of the day.",
    "Moves the {what} to its new host, then removes what the old one kept.",
)
_REASONS = (
    "Its accounts and its firewall have to be there before the {what} starts.",
    "The {what} reads its certificate *once*, when it starts.",
    "Without it ``{what}.service`` starts against an empty database.",
    "Both change the load balancer in front of the {what}, and the later one wins.",
    "The {what} would be down for the time that this takes.",
    "Started before, the {what} answers with what it had the day before.",
    "Both hold the lock of the package manager.",
    "This one checks what the {what} relies on; it is cheap, and finds most mistakes.",
)


@dataclass(frozen=True)
class Wait:
    """A dependency of a job."""

    job: str
    soft: bool
    why: str


@dataclass(frozen=True)
class Job:
    """A job; durations are in minutes."""

    name: str
    purpose: str
    tags: tuple[str, ...]
    typical: int
    maximum: int
    waits_for: tuple[Wait, ...]


@dataclass(frozen=True)
class Graph:
    """Jobs of one project."""

    id: str
    title: str
    jobs: tuple[Job, ...]


def graphs(jobs: int) -> list[Graph]:
    """Return graphs that hold ``jobs`` jobs together."""
    return [
        _graph(number, min(JOBS_A_GRAPH, jobs - start))
        for number, start in enumerate(range(0, jobs, JOBS_A_GRAPH))
    ]


def _graph(number: int, size: int) -> Graph:
    name = f"team-{number:02}"
    names = [f"{name}-{_WHAT[index % len(_WHAT)]}-{index:02}" for index in range(size)]
    jobs = tuple(_job(names, index) for index in range(size))
    return Graph(name, f"Jobs of team {number}", jobs)


def _job(names: list[str], index: int) -> Job:
    what = _WHAT[index % len(_WHAT)]
    before = dict.fromkeys(index // part for part in (2, 3, 5) if index // part < index)
    waits = tuple(
        Wait(names[each], each % 3 == 2, _REASONS[(index + each) % len(_REASONS)].format(what=what))
        for each in before
    )
    return Job(
        name=names[index],
        purpose=_PURPOSES[index % len(_PURPOSES)].format(what=what),
        tags=("deploy", what),
        typical=3 + index % 17,
        maximum=25 + index % 30,
        waits_for=waits,
    )


def write_manual(folder: Path, made: list[Graph], theme: str) -> None:
    """Write the manual to ``folder`` for Groundrules to build."""
    data, source = folder / "data", folder / "source"
    (data / "graphs").mkdir(parents=True)
    source.mkdir()
    (folder / "conf.py").write_text(conf("groundrules.sphinxext", theme))
    write_yaml(
        data / "manual.yaml",
        {
            "title": "A made-up manual",
            "publisher": "Nobody",
            "summary": "Jobs that do not exist.",
            "configurations": [{"id": "made-up", "title": "Made up"}],
        },
    )
    for graph in made:
        write_graph(folder, graph)
    indexes = ("expectations/index", "platforms/index", "graphs/index", "sessions/index", "changes")
    entries = "\n".join(f"   /generated/{name}" for name in indexes)
    (source / "index.rst").write_text(
        f"A made-up manual\n================\n\n.. toctree::\n\n{entries}\n"
    )


def write_graph(folder: Path, graph: Graph) -> None:
    """Write one graph's record."""
    value = {
        "id": graph.id,
        "title": graph.title,
        "configuration": "made-up",
        "project": f"example/{graph.id}",
        "pipelines": ["deploy"],
        "jobs": [_record(job) for job in graph.jobs],
    }
    write_yaml(folder / "data" / "graphs" / f"{graph.id}.yaml", value)


def _record(job: Job) -> dict[str, Any]:
    return {
        "name": job.name,
        "purpose": job.purpose,
        "tags": list(job.tags),
        "duration": {"typical": f"{job.typical} min", "maximum": f"{job.maximum} min"},
        "waits_for": [
            {"job": wait.job, "soft": wait.soft, "why": wait.why} for wait in job.waits_for
        ],
    }


def conf(extension: str, theme: str) -> str:
    """Return a ``conf.py`` with the settings that both manuals share."""
    return "\n".join(
        [
            'project = "Made up"',
            f"extensions = [{extension!r}]",
            f"html_theme = {theme!r}",
            "html_copy_source = html_show_sourcelink = smartquotes = False",
            'exclude_patterns = ["generated/**/.*"]',
            'templates_path = ["_templates"]',
            "",
        ]
    )


def write_yaml(path: Path, value: dict[str, Any]) -> None:
    """Write a mapping as people write YAML: in blocks."""
    path.write_text("\n".join([*_lines(value, 0), ""]), "utf-8")


def _lines(value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of a mapping or list whose items are not empty lists or mappings."""
    margin = "  " * depth
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _entry(f"{margin}{key}:", item, depth)
    else:
        for item in value:
            if isinstance(item, (dict, list)):
                first, *rest = _lines(item, depth + 1)
                yield f"{margin}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{margin}- {json.dumps(item, ensure_ascii=False)}"


def _entry(start: str, item: Any, depth: int) -> Iterator[str]:
    if isinstance(item, (dict, list)) and item:
        yield start
        yield from _lines(item, depth + 1)
    else:
        yield f"{start} {json.dumps(item, ensure_ascii=False)}"
