"""`collect_fetched`: fetched facts, added to a store while they come."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from groundrules.verify.collecting_run import Collected, CollectingRun
from groundrules.verify.fact_rows import fact_rows, identities_of
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.fetching.fetch_request import FetchRequest
from groundrules.verify.fetching.fetched_builds import fetched_builds
from groundrules.verify.fetching.known_logs import NamedNode
from groundrules.verify.node_facts import NodeFacts, SkippedFacts
from groundrules.verify.reading import LARGEST, FactReader, NodeBuild
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.guarded_client import GuardedClient
from groundrules.zuul_api.http_limits import HttpLimits
from groundrules.zuul_api.pace import Pace
from groundrules.zuul_api.public_addresses import HostGuard

KEPT_EVERY = 200
"""Builds after which their facts are written, so that a killed run repeats few requests."""


class LogsOfRun(Struct, frozen=True):
    """What a run, with its store, knows of the logs of builds; what it knows is a duplicate."""

    run: CollectingRun

    def has_node(self, address: str, node: str, build: str) -> bool:
        """Return whether the run or the store has the facts of a node."""
        return self.run.has([identities_of(address, node, build)])

    def has_build(self, address: str) -> bool:
        """Return whether they have those of all nodes of a build."""
        return self.run.has(self.run.index.nodes_of_build(_digest_of(address)))

    def set_nodes(self, address: str, nodes: Iterable[NamedNode]) -> None:
        """Remember the nodes of a build in the store.  Raises `OSError`."""
        identities = (identities_of(*node) for node in nodes)
        self.run.index.set_build(_digest_of(address), identities)


def _digest_of(address: str) -> bytes:
    (digest,) = identities_of(address, "")
    return digest


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
        builds = fetched_builds(request, api, logs, LogsOfRun(run))
        try:
            for number, build in enumerate(builds, 1):
                _add(run, build, reader)
                if number % KEPT_EVERY == 0:
                    run.flush()
        except ZuulApiError:
            run.flush()
            raise
    return run.result()


def _add(run: CollectingRun, build: NodeBuild | SkippedFacts, reader: FactReader) -> None:
    every = [build] if isinstance(build, SkippedFacts) else list(reader.facts_in(build))
    run.skip(one for one in every if isinstance(one, SkippedFacts))
    run.add(fact_rows([one for one in every if isinstance(one, NodeFacts)]))
