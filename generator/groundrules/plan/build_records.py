"""Durations of jobs from Zuul's build records."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median_low

from msgspec import Struct

from groundrules.grouping import grouped
from groundrules.zuul_api.build import Build

SUCCESS = "SUCCESS"


class JobDurations(Struct, frozen=True):
    """How long the successful builds of a job took, and how many builds there were.

    ``others`` failed, were aborted, skipped or retried, or are still running.  ``typical`` is the
    median in seconds, of two in the middle the shorter; None without a successful build.
    """

    succeeded: int
    others: int
    typical: int | None


def job_durations(
    builds: Iterable[Build], pipelines: Iterable[str], project: str | None = None
) -> dict[str, JobDurations]:
    """Return the durations of each job in some pipelines, of one project or of all.

    A build that is listed twice is counted once.
    """
    wanted = set(pipelines)
    by_job = grouped(
        (build.job_name, build)
        for build in {build.uuid: build for build in builds}.values()
        if build.pipeline in wanted and project in (None, build.project_name)
    )
    return {job: _durations(builds) for job, builds in by_job.items()}


def _durations(builds: list[Build]) -> JobDurations:
    seconds = [
        round(build.duration)
        for build in builds
        if build.result == SUCCESS and build.duration is not None and build.duration >= 0
    ]
    typical = median_low(seconds) if seconds else None
    return JobDurations(len(seconds), len(builds) - len(seconds), typical)
