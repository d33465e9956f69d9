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

NOWHERE = "(another repository)"


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


def stand_in(names: tuple[str, ...], project: TenantProject, branch: str, prefix: str = "") -> Raw:
    """Return a file that defines jobs by their names and nothing else."""
    jobs = [{"job": {"name": each, "parent": None}} for each in names]
    return Raw(Source(project, branch, f"{prefix}{NOWHERE}"), json.dumps(jobs).encode())
