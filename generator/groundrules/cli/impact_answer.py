"""An `ImpactQuestion` → the text of the answer, from the cache if nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundrules.ci.impact_question import OUTSIDE
from groundrules.ci.system import system_named
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.ci.change_question import ChangeQuestion
    from groundrules.ci.impact_question import ImpactQuestion
    from groundrules.graphs.impact import Impact


def answer_of(system: str, question: ImpactQuestion, form: str) -> str:
    """Return the answer.

    For a whole tenant it is cached: only the times and sizes of the tenant's files are read
    again.  It is not for a file that jobs run, since other files show its users.  Raises
    `groundrules.ci.graph_question.AskedError` and `groundrules.ci.errors.BrokenConfigError`.
    """
    if question.tenant_file is None or question.cache is None:
        return _shown(system_named(system).impact(question), form)
    store, key = Store(question.cache), state_of_tenant(system, question)
    place = (str(question.root.resolve()), str(question.tenant_file.resolve()), form)
    subject = (question.kind, question.name)
    if (known := store.get("impact", str, *place, *subject, key=key)) is not None:
        return known
    impact = system_named(system).impact(question)
    answer = _shown(impact, form)
    if impact.kind not in OUTSIDE:
        store.put("impact", answer, *place, *subject, key=key)
    return answer


def _shown(impact: Impact, form: str) -> str:
    from groundrules.graphs.impact import ManualImpact, NamedImpact
    from groundrules.report.impact import impact_report

    return impact_report(ManualImpact(impacts=(NamedImpact(impact),)), form)


def state_of_tenant(system: str, question: ImpactQuestion | ChangeQuestion) -> str:
    """Return a digest of the question and of the state of the tenant's files."""
    from groundrules.ci.config_source import ConfigSource

    source = ConfigSource(folder=question.root, tenant=question.tenant_file)
    fields = (getattr(question, name) for name in question.__struct_fields__ if name != "cache")
    return digest(*fields, *system_named(system).state(source))
