"""`shapes_of`: what every graph of a tenant is, in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from groundrules.ci.wish import Wait
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.merged import Merged
from groundrules.ci.zuul.placing import refused_jobs
from groundrules.ci.zuul.resolver import Resolver
from groundrules.diagnostics import Diagnostic

GraphKey = tuple[str, str, str]
"""Project, pipeline and branch."""

_LINE = re.compile(r"\bline \d+|:\d+:\d+")


class GraphShape(Struct, frozen=True):
    """The dependencies of each job, and the error of a graph that Zuul refuses.

    Where Zuul refuses a graph, a job that is not in it or an error itself has the reason instead.
    """

    waits: Mapping[str, frozenset[Wait] | str] = {}
    error: str = ""

    def differing(self, other: GraphShape) -> list[str]:
        """Return the jobs that differ, sorted."""
        names = {*self.waits, *other.waits}
        return sorted(name for name in names if self.waits.get(name) != other.waits.get(name))


def shapes_of(resolver: Resolver) -> dict[GraphKey, GraphShape]:
    """Return every graph of the tenant."""
    return {
        (frozen.project, frozen.pipeline, frozen.branch): _shape(resolver, frozen)
        for frozen in resolver.graphs()
    }


def _shape(resolver: Resolver, frozen: Frozen) -> GraphShape:
    if frozen.error:
        return GraphShape(_refused(resolver, frozen), _steady(frozen.error.message))
    return GraphShape({job.name: _waits(job) for job in frozen.shape.jobs})


def _refused(resolver: Resolver, frozen: Frozen) -> dict[str, frozenset[Wait] | str]:
    """Return the dependencies of jobs in a graph that Zuul refuses."""
    _, jobs = refused_jobs(resolver.freezer, resolver.project(frozen.project), frozen)
    return {
        name: _waits(job) if isinstance(job, Merged) else _steady(str(job))
        for name, job in jobs.items()
    }


def _waits(job: Merged) -> frozenset[Wait]:
    return frozenset(Wait(*key) for key in job.dependencies)


def mistakes_of(resolver: Resolver) -> dict[tuple[str, str, str], Diagnostic]:
    """Return the mistakes of the configuration by path, rule and message."""
    return {
        (finding.location.path, finding.rule.id, _steady(finding.message)): finding
        for finding in resolver.report.diagnostics
    }


def _steady(message: str) -> str:
    """Return a message without the numbers of lines, which change with every edit."""
    return _LINE.sub("", message)
