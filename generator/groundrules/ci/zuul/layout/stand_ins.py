"""Placeholders for jobs of other repositories that are mentioned or inherited from here.

Only the name of such a job is known.  A graph contains it with the attributes of its mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin, Variant
from groundrules.ci.zuul.reading.objects import JobSpec
from groundrules.yamlsource import Place

ELSEWHERE = TenantProject(name="another repository", connection="", canonical_name="", trusted=True)


def with_stand_ins(layout: Layout) -> Layout:
    """Return a layout with a job for each name that another repository defines.

    It is the layout itself if the tenant is complete or no name is missing.
    """
    if layout.tenant.is_complete or not (names := tuple(_jobs_elsewhere(layout))):
        return layout
    jobs = {name: [_stand_in(name)] for name in names}
    return replace(layout, jobs=layout.jobs | jobs, elsewhere=frozenset(names))


def _jobs_elsewhere(layout: Layout) -> dict[str, None]:
    """Return the undefined jobs that are mentioned or inherited from, in order."""
    unknown = layout.lost_names.keys() | layout.tenant.removed
    return dict.fromkeys(
        name for name in _named(layout) if name not in layout.jobs and ("job", name) not in unknown
    )


def _named(layout: Layout) -> Iterator[str]:
    for group in (*layout.projects.values(), *layout.templates.values()):
        for stanza in group:
            yield from (variant.spec.name for variant in stanza.mentions)
    for variant in layout.definitions():
        if not variant.spec.is_base:
            yield variant.spec.parent or layout.tenant.default_parent


def _stand_in(name: str) -> Variant:
    spec = JobSpec(name=name, place=Place(1, 1), is_base=True)
    return Variant(spec, FileOrigin(ELSEWHERE, "", None))
