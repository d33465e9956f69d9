"""`collect_fetched`: fetched facts, added to a store while they come."""

from __future__ import annotations

from urllib.parse import urlsplit

from groundrules.verify.collecting_run import Collected
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.fetching.fetch_request import FetchRequest
from groundrules.verify.fetching.fetched_builds import fetched_builds
from groundrules.verify.fetching.known_logs import KnownLogs
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.reading.fact_document import LARGEST
from groundrules.verify.reading.node_build import FactReader
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.guarded_client import GuardedClient
from groundrules.zuul_api.http_limits import HttpLimits
from groundrules.zuul_api.pace import Pace
from groundrules.zuul_api.public_addresses import HostGuard

KEPT_EVERY = 200
"""Builds after which their facts are written, so that a killed run repeats few requests."""


def collect_fetched(store: FactsStore, request: FetchRequest, reader: FactReader) -> Collected:
    """Fetch the facts that a store does not have, and add them.

    What was fetched before an error or an interruption is kept.  Raises `ZuulApiError` if builds
    cannot be listed, `OSError` as `FactsStore.collect` does, and `ImportError` without httpx.
    """
    guard = HostGuard(urlsplit(request.url).hostname or "", request.log_hosts)
    pace = Pace(request.rate)
    with (
        GuardedClient(guard, pace) as api,
        GuardedClient(guard, pace, HttpLimits(bytes=LARGEST)) as logs,
        store.collecting() as run,
    ):
        builds = fetched_builds(request, api, logs, KnownLogs(run))
        try:
            for number, build in enumerate(builds, 1):
                run.take([build] if isinstance(build, SkippedFacts) else reader.facts_in(build))
                if number % KEPT_EVERY == 0:
                    run.flush()
        except ZuulApiError:
            run.flush()
            raise
    return run.result()
