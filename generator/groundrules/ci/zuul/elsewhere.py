"""Jobs of other repositories, which a repository on its own mentions and does not define.

Zuul knows them from the rest of the tenant.  Without it they stand here as jobs of which only
the name is known, so that the graph has them, and what is said of them where they are mentioned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from groundrules.ci.zuul.layout import Layout
from groundrules.ci.zuul.loading import Raw
from groundrules.ci.zuul.tenant import TenantProject
from groundrules.ci.zuul.variants import Source


def jobs_elsewhere(layout: Layout) -> tuple[str, ...]:
    """Return the jobs that are run or inherited from and not defined, in order of mention."""
    return tuple(dict.fromkeys(each for each in _named(layout) if not layout.has_job(each)))


def _named(layout: Layout) -> Iterator[str]:
    for group in (*layout.projects.values(), *layout.templates.values()):
        for stanza in group:
            for variants in stanza.pipelines.values():
                yield from (each.spec.name for each in variants)
    for variants in layout.jobs.values():
        for each in variants:
            if not each.spec.is_base:
                yield each.spec.parent or layout.tenant.default_parent


def stand_in(names: tuple[str, ...], project: TenantProject, branch: str) -> Raw:
    """Return what defines jobs by their names and nothing else; it is no file, and has no place."""
    jobs = [{"job": {"name": each, "parent": None}} for each in names]
    return Raw(Source(project, branch, None), json.dumps(jobs).encode())
