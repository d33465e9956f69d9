"""Zuul's answer to ``groundrules graph``.

An answer from the cache needs nothing that resolves, so that is imported where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from groundrules.ci.graph_answer import answer_of, lines_of
from groundrules.ci.graph_question import GraphAnswer, GraphQuestion
from groundrules.ci.zuul.layout.gathering import Gathered, gather_repository, gather_tenant
from groundrules.ci.zuul.questions import asked, check_there
from groundrules.ci.zuul.sources.tenantbytes import tenant_bytes
from groundrules.garbage import collection_paused
from groundrules.store import Store, digest

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
    cache = FileCache(Store(question.cache), _place(question))
    resolver = resolve(gathered, cache.parse)
    cache.save()
    return resolver


def _place(question: GraphQuestion) -> str:
    """Return the name of where the configuration is."""
    tenant_file = question.tenant_file and str(question.tenant_file.resolve())
    hosts = sorted(question.hosts.items())
    return repr((str(question.root.resolve()), tenant_file, question.tenant, hosts))


def _remembered(question: GraphQuestion, gathered: Gathered, cache: Path) -> GraphAnswer:
    """Return all graphs as lines, from the last run where nothing has changed since."""
    store, of = Store(cache), _place(question)
    tenant = tenant_bytes(question.tenant_file, None) if question.tenant_file else b""
    key = digest(gathered.digest, tenant)
    known = store.get("graphs", str, of, key=key)
    if known is not None:
        return GraphAnswer(known)
    resolver = _resolved(question, gathered)
    text = lines_of(resolver.graphs(), question)
    store.put("graphs", text, of, key=key)
    return GraphAnswer(text, findings=tuple(resolver.report.diagnostics))
