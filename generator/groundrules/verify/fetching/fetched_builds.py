"""`fetched_builds`: the documents of builds of a running Zuul, and those at listed addresses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from groundrules.verify.fetching.build_logs import BuildLogs
from groundrules.verify.fetching.fetch_request import FetchRequest
from groundrules.verify.fetching.log_files import LogFiles
from groundrules.verify.fetching.log_manifest import MANIFEST_KIND
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.node_build import NodeBuild
from groundrules.zuul_api.address import below, checked_address
from groundrules.zuul_api.api import ZuulApi
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.build import Build
from groundrules.zuul_api.http_client import HttpClient

if TYPE_CHECKING:  # it loads the libraries of the store, which a request does not need
    from groundrules.verify.fetching.known_logs import KnownLogs

LONGEST = datetime.timedelta(days=2)
"""How long a build may take: builds are listed by when they began, not by when they ended."""


def fetched_builds(
    request: FetchRequest, api_client: HttpClient, log_client: HttpClient, known: KnownLogs
) -> Iterator[NodeBuild | SkippedFacts]:
    """Yield the documents of each build that are not known, and what cannot be used.

    Raises `ZuulApiError` if builds cannot be listed; those until then were yielded.
    """
    files = LogFiles(log_client)
    if request.url:
        api = ZuulApi(request.url, api_client)
        tenant = api.tenant(request.tenant)
        for build in _ended_since(api.builds(tenant, request.query), request.since):
            yield from _of_build(
                below(api.url, "t", tenant, "build", build.uuid), build, files, known
            )
    for addresses in request.lists:
        yield from addresses.builds(files, known)


def _ended_since(builds: Iterator[Build], day: datetime.date | None) -> Iterator[Build]:
    """Yield the builds that ended on a day or later; stop where no further one can have."""
    for build in builds:
        end = _day(build.end_time)
        if day and end and end < day - LONGEST:
            return
        if day is None or (end and end >= day):
            yield build


def _day(time: str | None) -> datetime.date | None:
    try:
        return datetime.datetime.fromisoformat(time or "").date()
    except ValueError:
        return None


def _of_build(
    page: str, build: Build, files: LogFiles, known: KnownLogs
) -> Iterator[NodeBuild | SkippedFacts]:
    if not build.log_url:
        yield SkippedFacts(page, "the build has no logs")
        return
    try:
        checked_address(build.log_url)
    except ZuulApiError as error:
        yield SkippedFacts(page, str(error))
        return
    if not {"?", "#"}.isdisjoint(build.log_url):
        yield SkippedFacts(page, f"its logs are not in a folder: {build.log_url}")
        return
    logs = BuildLogs(build.log_url.rstrip("/"), _manifest(build), build.uuid)
    yield from logs.build(files, known)


def _manifest(build: Build) -> str:
    """Return the address of the list of the logs; empty if it is not on their server."""
    manifests = (item.url for item in build.artifacts or () if item.kind == MANIFEST_KIND)
    manifest = next(manifests, None) or ""
    try:
        return manifest if urlsplit(manifest)[:2] == urlsplit(build.log_url)[:2] else ""
    except ValueError:  # it is no address
        return ""
