"""Who uses the documented labels and jobs, in all configurations of a manual."""

from __future__ import annotations

from contextlib import suppress

from groundrules.checker.configurations import Configurations
from groundrules.ci.errors import NotAvailableError
from groundrules.claims.claims import Claims
from groundrules.graphs.usage import NamedUsage, UsageNames
from groundrules.grouping import grouped


def usage_of_manual(claims: Claims, configurations: Configurations) -> tuple[NamedUsage, ...]:
    """Return the users in each configuration; nothing for one of which nothing is documented.

    Any configuration can request a label; a job is that of its graph's configuration.
    """
    labels = frozenset(claim.name for claim in claims.labels or ())
    graphs = grouped((graph.configuration, graph) for graph in claims.graphs)
    usages = []
    for claim in claims.configurations:
        own = graphs.get(claim.id, ())
        names = UsageNames(
            labels=labels,
            jobs=frozenset(job.name for graph in own for job in graph.jobs),
            projects=frozenset(graph.project for graph in own),
        )
        if names.labels or names.jobs:
            usage = None
            with suppress(NotAvailableError):  # the verdicts say why
                usage = configurations.usage(claim.id, names, claims.graphs)
            usages.append(NamedUsage(name=claim.id, usage=usage))
    return tuple(usages)
