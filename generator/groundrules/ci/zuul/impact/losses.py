"""What graphs lose when an object is gone: each is built again without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.resolver import Resolver
from groundrules.graphs.impact import LostGraph


def losses_of(before: Iterable[Frozen], rest: Resolver) -> Iterator[LostGraph]:
    """Yield what each graph loses in ``rest``, the tenant without the object.

    A graph that Zuul refuses already loses nothing.
    """
    for frozen in before:
        project = rest.project(frozen.project)
        if frozen.error or project is None:
            continue
        after = rest.frozen(project, frozen.pipeline, frozen.branch)
        names = {job.name for job in after.shape.jobs} if after else set()
        jobs = tuple(job.name for job in frozen.shape.jobs if job.name not in names)
        is_whole = after is None or after.error is not None
        if is_whole or jobs:
            yield LostGraph(
                project=frozen.project,
                pipeline=frozen.pipeline,
                branch=frozen.branch,
                error=after.error if after else None,
                jobs=() if is_whole else jobs,
            )
