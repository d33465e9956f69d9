"""`encode`: a request → the changed files of the configuration and of the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.authoring.drafts.request import ManualData, manual_data
from groundrules.authoring.drafts.source import UnclearError
from groundrules.checker.compare import configurations_of
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.ci.config_source import ConfigSource, source_of
from groundrules.ci.errors import BrokenConfigError, NotAvailableError, NotFoundError
from groundrules.ci.wish import EncodedFile, EncodeError, Encoding, Level, Wish
from groundrules.encode.enforced_data import enforced_data
from groundrules.encode.merge_steps import EncodeStep, steps_of
from groundrules.encode.plain_reasons import plain_reasons
from groundrules.encode.wanted import real_graphs, wanted
from groundrules.fixes import FixedFile
from groundrules.nearest import did_you_mean

if TYPE_CHECKING:
    from groundrules.claims.claims import GraphClaim


class EncodeRequest(Struct, frozen=True, kw_only=True):
    """Which documented graph to write, and how; see the command's options."""

    root: Path
    data: str = "data"
    graph: str | None = None
    at: Level | None = None
    reasons: bool = False
    steps: bool = False
    paths: dict[str, Path] = {}
    tenant: str | None = None
    hosts: dict[str, str] = {}
    cache: Path | None = None


class Encoded(Struct, frozen=True, kw_only=True):
    """The changed files, or the steps that lead to them, and what to know about them."""

    source: ConfigSource
    files: Sequence[EncodedFile] = ()
    data: Sequence[FixedFile] = ()
    steps: Sequence[EncodeStep] = ()
    notes: Sequence[str] = ()


def encode(request: EncodeRequest) -> Encoded:
    """Return the changes; nothing is written.

    Raises `UnclearError` for a request that is not clear, `MistakesError` for data with mistakes,
    and `EncodeError` if the documented dependencies cannot be written.
    """
    data = manual_data(request.root, request.data)
    claim = _claim(request, data)
    try:
        return _encoded(request, data, claim)
    except BrokenConfigError as error:
        raise EncodeError([f"{one.location}: {one.message}" for one in error.diagnostics]) from None
    except (NotAvailableError, NotFoundError) as error:
        raise EncodeError([f"{claim.configuration_place}: {error}"]) from None


def _claim(request: EncodeRequest, data: ManualData) -> GraphClaim:
    graphs = {graph.id: graph for graph in data.claims.graphs}
    if request.graph is None and len(graphs) == 1:
        return next(iter(graphs.values()))
    if request.graph is None:
        raise UnclearError("say which graph to write" + did_you_mean("", graphs, "documented"))
    if request.graph not in graphs:
        hint = did_you_mean(request.graph, graphs, "documented")
        raise UnclearError(f"unknown graph {request.graph!r}{hint}")
    return graphs[request.graph]


def _encoded(request: EncodeRequest, data: ManualData, claim: GraphClaim) -> Encoded:
    options = ConfigurationOptions(
        paths=request.paths, tenant=request.tenant, hosts=request.hosts, cache=request.cache
    )
    configurations = configurations_of(data.claims, request.root, options)
    options.check_names(configurations.claims)
    options.check_readable(data.claims.configurations)
    configuration = configurations.opened(claim.configuration)
    graphs = real_graphs(claim, configuration)
    goal = wanted(claim, graphs, configuration)
    record = next(graph for graph in data.catalogue.graphs if graph.id == claim.id)
    why = plain_reasons(record, {pair: rule.id for pair, rule in goal.ruled.items()})
    wish = Wish(waits=goal.waits, at=request.at, reasons=why if request.reasons else {})
    encoder = configuration.encoder(claim.project, claim.branch)
    path = request.paths.get(claim.configuration)
    source = source_of(configurations.claims[claim.configuration], request.root, path)
    unknown = configuration.unseen(claim.project, claim.branch).more
    notes = [*([f"not proven for all jobs: {unknown}"] if unknown else []), *goal.notes]
    if request.steps:
        return Encoded(source=source, steps=steps_of(encoder, graphs, wish, why), notes=notes)
    encoding: Encoding = encoder.encoded(wish)
    return Encoded(
        source=source,
        files=encoding.files,
        data=enforced_data(claim, goal.applied, data),
        notes=[*encoding.notes, *notes],
    )
