"""Durations from Zuul's build records: the JSON of its REST endpoint ``builds``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from groundrules.plan.percentile import percentile

SUCCESS, FAILURE = "SUCCESS", "FAILURE"


class BuildRecordsError(ValueError):
    """A text that is not the answer of the endpoint ``builds``."""


class _Ref(Struct):
    project: str | None = None


class Build(Struct):
    """A build; only what durations need.  Zuul before version 9 has no ``ref``."""

    uuid: str
    job_name: str
    result: str | None = None
    duration: float | None = None
    pipeline: str | None = None
    project: str | None = None
    ref: _Ref | None = None


class JobDurations(Struct, frozen=True):
    """How long the builds of a job took, in seconds, and how many there were of which result.

    ``typical`` is the median of the successful builds, and ``long`` their 95th percentile, both by
    nearest rank.  They are None without a successful build.
    """

    succeeded: int = 0
    failed: int = 0
    others: int = 0
    """Builds that were aborted, skipped, retried or still running."""

    typical: int | None = None
    long: int | None = None


def builds_of(text: bytes) -> list[Build]:
    """Return the builds of an answer.

    Raises `BuildRecordsError` for other texts.
    """
    try:
        return msgspec.json.decode(text, type=list[Build])
    except RecursionError as error:
        raise BuildRecordsError("the JSON is nested too deeply") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BuildRecordsError(f"not a list of builds as Zuul returns it: {error}") from error


def job_durations(
    builds: Iterable[Build], pipelines: Iterable[str], project: str | None = None
) -> dict[str, JobDurations]:
    """Return the durations of each job in some pipelines, of one project or of all.

    A build that is listed twice is counted once.
    """
    wanted, by_job = set(pipelines), defaultdict[str, list[Build]](list)
    for build in {build.uuid: build for build in builds}.values():
        name = build.ref.project if build.ref else build.project
        if build.pipeline in wanted and project in (None, name):
            by_job[build.job_name].append(build)
    return {job: _durations(builds) for job, builds in by_job.items()}


def _durations(builds: list[Build]) -> JobDurations:
    seconds = sorted(
        round(build.duration)
        for build in builds
        if build.result == SUCCESS and build.duration is not None and build.duration >= 0
    )
    failed = sum(build.result == FAILURE for build in builds)
    others = len(builds) - failed - len(seconds)
    typical, long = percentile(seconds, 50), percentile(seconds, 95)
    return JobDurations(len(seconds), failed, others, typical, long)
