"""Zuul's answer to ``groundrules graph``.

An answer from the cache needs nothing that resolves, so that is imported where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from groundrules.cache import digest, read_cache, write_cache
from groundrules.ci.graph_answer import answer_of, lines_of
from groundrules.ci.graph_question import GraphAnswer, GraphQuestion
from groundrules.ci.zuul.layout.gathering import Gathered, gather_repository, gather_tenant
from groundrules.ci.zuul.questions import asked, check_there
from groundrules.garbage import collection_paused

if TYPE_CHECKING:
    from groundrules.ci.zuul.resolver import Resolver


def answer(question: GraphQuestion) -> GraphAnswer:
    """Return the answer.

    Raises `AskedError` for a project, branch or job that is not there, and `OSError` when the
    tenant file cannot be read.
    """
    with collection_paused():
        return _answer(question)


def _answer(question: GraphQuestion) -> GraphAnswer:
    gathered = _gathered(question)
    if question.tenant_file is None:
        check_there(gathered, question)
    if question.wants_all_lines and question.cache:
        return _remembered(question, gathered, question.cache)
    resolver = _resolved(question, gathered)
    return answer_of(asked(resolver, question), question, resolver.report.diagnostics)


def _gathered(question: GraphQuestion) -> Gathered:
    if question.tenant_file is None:
        return gather_repository(question.root, name=question.project or "")
    return gather_tenant(
        question.tenant_file, question.root, wanted=question.tenant, hosts=question.hosts
    )


def _resolved(question: GraphQuestion, gathered: Gathered) -> Resolver:
    from groundrules.ci.zuul.reading.filecache import FileCache
    from groundrules.ci.zuul.resolver import resolve

    if question.cache is None:
        return resolve(gathered)
    cache = FileCache(question.cache / f"files-{_place(question)}.json")
    resolver = resolve(gathered, cache.parse)
    cache.save()
    return resolver


def _place(question: GraphQuestion) -> str:
    """Return what stands for where the configuration is."""
    where = (str(question.tenant_file and question.tenant_file.resolve()), question.tenant)
    text = repr((str(question.root.resolve()), where, sorted(question.hosts.items())))
    return digest(text.encode())[:16]


def _remembered(question: GraphQuestion, gathered: Gathered, cache: Path) -> GraphAnswer:
    """Return all graphs as lines, from the last run where nothing has changed since."""
    path = cache / f"graphs-{_place(question)}.json"
    tenant = question.tenant_file.read_bytes() if question.tenant_file else b""
    key = f"{gathered.digest} {digest(tenant)}"
    known = read_cache(path)
    if known and known["key"] == key:
        return GraphAnswer(known["text"])
    resolver = _resolved(question, gathered)
    text = lines_of(resolver.graphs(), question)
    write_cache(path, {"key": key, "text": text})
    return GraphAnswer(text, findings=tuple(resolver.report.diagnostics))
