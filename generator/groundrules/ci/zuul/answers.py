"""The command ``groundrules graph``: which graphs are asked for → text.

Knows what Zuul's graphs are and which format was chosen; the formats know neither.  An answer
from the cache needs nothing that resolves, so that is imported where it is used.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groundrules.cache import digest, read_cache, write_cache
from groundrules.ci.zuul.layout.gathering import (
    Gathered,
    gather_repository,
    gather_tenant,
    uncollected,
)
from groundrules.ci.zuul.questions import Question, asked, check_there, title_of
from groundrules.diagnostics import Diagnostic

if TYPE_CHECKING:
    from groundrules.ci.zuul.freezing.freeze import Frozen
    from groundrules.ci.zuul.resolver import Resolver
    from groundrules.graphs.job_graph import JobGraph


@dataclass(frozen=True, slots=True)
class GraphAnswer:
    """The text, whether a graph that was asked for could not be built, and what was found."""

    text: str
    has_error: bool = False
    findings: tuple[Diagnostic, ...] | None = None
    """None when the answer came from the cache and the configuration was not looked at."""


def answer(question: Question) -> GraphAnswer:
    """Return the answer.

    Raises `AskedError` for a project, branch or job that is not there, and `OSError` when the
    tenant file cannot be read.
    """
    with uncollected():
        return _answer(question)


def _answer(question: Question) -> GraphAnswer:
    gathered = _gathered(question)
    if question.tenant_file is None:
        check_there(gathered, question)
    if question.wants_all_lines and question.cache:
        return _remembered(question, gathered, question.cache)
    resolver = _resolved(question, gathered)
    found = asked(resolver, question)
    if question.format == "jsonl":
        text = _lines(found, question)
    elif question.format == "json":
        text = _json(found, question)
    else:
        parts = [_told(frozen, question) for frozen in found]
        text = ("\n" if question.format == "text" else "").join(parts)
    has_error = not question.all and any(each.error for each in found)
    return GraphAnswer(text, has_error, tuple(resolver.report.diagnostics))


def _gathered(question: Question) -> Gathered:
    if question.tenant_file is None:
        return gather_repository(question.root, name=question.project or "")
    return gather_tenant(
        question.tenant_file, question.root, wanted=question.tenant, hosts=question.hosts
    )


def _resolved(question: Question, gathered: Gathered) -> Resolver:
    from groundrules.ci.zuul.reading.filecache import FileCache
    from groundrules.ci.zuul.resolver import resolve

    if question.cache is None:
        return resolve(gathered)
    cache = FileCache(question.cache / f"files-{_place(question)}.json")
    resolver = resolve(gathered, cache.parse)
    cache.save()
    return resolver


def _place(question: Question) -> str:
    """Return what stands for where the configuration is."""
    where = (str(question.tenant_file and question.tenant_file.resolve()), question.tenant)
    text = repr((str(question.root.resolve()), where, sorted(question.hosts.items())))
    return digest(text.encode())[:16]


def _remembered(question: Question, gathered: Gathered, cache: Path) -> GraphAnswer:
    """Return all graphs as lines, from the last run where nothing has changed since."""
    path = cache / f"graphs-{_place(question)}.json"
    tenant = question.tenant_file.read_bytes() if question.tenant_file else b""
    key = f"{gathered.digest} {digest(tenant)}"
    known = read_cache(path)
    if known and known["key"] == key:
        return GraphAnswer(known["text"])
    resolver = _resolved(question, gathered)
    text = _lines(resolver.graphs(), question)
    write_cache(path, {"key": key, "text": text})
    return GraphAnswer(text, findings=tuple(resolver.report.diagnostics))


def _told(frozen: Frozen, question: Question) -> str:
    title = title_of(frozen)
    if frozen.error:
        sign = {"dot": "//", "mermaid": "%%"}.get(question.format, "")
        return f"{sign}{title}: no graph\n{sign}  {frozen.error}\n"
    from groundrules.report.graph_dot import graph_dot
    from groundrules.report.graph_mermaid import graph_mermaid
    from groundrules.report.graph_text import graph_text
    from groundrules.report.graph_why import graph_why

    if question.why:
        return f"{title}\n\n{graph_why(frozen.graph, *question.why)}"
    graph = _part(frozen, question)
    formats = {"dot": graph_dot, "mermaid": graph_mermaid, "text": graph_text}
    return formats[question.format](graph, title)


def _part(frozen: Frozen, question: Question) -> JobGraph:
    """Return the graph, or only the neighbourhood that is asked for."""
    if question.job is None or frozen.error:
        return frozen.graph
    return frozen.graph.around(question.job)


def _json(graphs: list[Frozen], question: Question) -> str:
    """Return an object for one pipeline, a list where any number could have been found."""
    from groundrules.report.graph_json import as_plain, graphs_json

    plain = [
        {
            **_heading(frozen),
            "error": str(frozen.error) if frozen.error else None,
            **as_plain(_part(frozen, question)),
        }
        for frozen in graphs
    ]
    return graphs_json(plain if question.all or question.pipeline is None else plain[0])


def _heading(frozen: Frozen) -> dict[str, str]:
    return {"project": frozen.project, "pipeline": frozen.pipeline, "branch": frozen.branch}


def _lines(graphs: list[Frozen], question: Question) -> str:
    """Return a line a graph; whole graphs that share their jobs have them written once."""
    from groundrules.report.graph_jsonl import jobs_text, line_of

    texts: dict[int, str] = {}
    lines = []
    for frozen in graphs:
        key = id(frozen.shape)
        if key not in texts:
            jobs = frozen.shape.jobs
            if question.job is not None:
                near = _part(frozen, question).by_name
                jobs = [each for each in jobs if each.name in near]
            texts[key] = jobs_text((job.name, job.dependencies) for job in jobs)
        error = str(frozen.error) if frozen.error else None
        lines.append(line_of(json.dumps(_heading(frozen)), texts[key], error))
    return "".join(lines)
