"""Records → `groundrules.claims.claims`: the claims of a manual about real configurations."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from groundrules.claims.claims import (
    Claims,
    ConfigurationClaim,
    EdgeClaim,
    GoneClaim,
    GraphClaim,
    JobClaim,
    LabelClaim,
    LimitClaim,
    RecordedGraph,
    RuleClaim,
)
from groundrules.claims.verdicts import ComparedWith, Verdict
from groundrules.fix import Route
from groundrules.graphs.elements import Status
from groundrules.records.catalogue import Catalogue
from groundrules.records.graph import Coverage, DocumentedJob, DocumentedWait, Graph, GraphRule
from groundrules.records.manual import NamedConfiguration
from groundrules.records.platform import Label, Platform
from groundrules.records.verified import RecordedResult, Verification, VerifiedGraph


def claims_of(catalogue: Catalogue) -> Claims:
    """Return the claims of a manual's records; of two with the same name, the first is used."""
    configurations = {
        configuration.id: configuration
        for configuration in reversed(catalogue.manual.configurations)
    }
    return Claims(
        configurations=tuple(
            _configuration(configuration) for configuration in reversed(configurations.values())
        ),
        graphs=tuple(_graph(graph) for graph in catalogue.graphs),
        labels=tuple(_label(*label) for label in catalogue.labels.values()),
        recorded=tuple(
            _recorded(graph, record) for record in catalogue.verified for graph in record.graphs
        ),
    )


def _configuration(record: NamedConfiguration) -> ConfigurationClaim:
    return ConfigurationClaim(
        id=record.id,
        place=record.location("id"),
        system=record.system,
        path=record.folder,
        git=record.git,
        ref=record.ref,
        tenant=record.tenant,
        tenant_name=record.tenant_name,
        connections=tuple((connection.name, connection.host) for connection in record.connections),
    )


def _graph(record: Graph) -> GraphClaim:
    every = list(enumerate(record.jobs))
    jobs = {job.name: (at, job) for at, job in reversed(every) if not job.gone}
    pipelines = tuple(dict.fromkeys(record.pipelines))
    return GraphClaim(
        id=record.id,
        place=record.location("id"),
        configuration=record.configuration,
        configuration_place=record.location("configuration"),
        project=record.project,
        project_place=record.location("project"),
        branch=record.branch or "",
        branch_place=record.location("branch"),
        pipelines=pipelines,
        pipeline_places=tuple(
            record.location("pipelines", record.pipelines.index(pipeline)) for pipeline in pipelines
        ),
        jobs=tuple(_job(job, at, record) for at, job in reversed(jobs.values())),
        jobs_place=record.location("jobs"),
        gone=tuple(gone for at, job in every for gone in _gone(job, at, record)),
        rules=tuple(_rule(rule, at, record) for at, rule in enumerate(record.rules)),
        limits=tuple(
            LimitClaim(
                semaphore=limit.semaphore,
                limit=limit.limit,
                place=limit.location("limit"),
            )
            for limit in record.limits
        ),
        written=record.pipelines,
        complete=record.coverage is Coverage.COMPLETE,
        damaged=not record.whole,
    )


def _pipelines(record: DocumentedJob, graph: Graph) -> tuple[str, ...]:
    wanted = record.pipelines or graph.pipelines
    return tuple(dict.fromkeys(pipeline for pipeline in graph.pipelines if pipeline in wanted))


def _gone(record: DocumentedJob, index: int, graph: Graph) -> Iterator[GoneClaim]:
    """Yield that a job is gone, or those of its dependencies that are."""
    parts = (
        [("", record, ("jobs", index))]
        if record.gone
        else [
            (wait.job, wait, ("jobs", index, "waits_for", at))
            for at, wait in enumerate(record.waits_for)
            if wait.gone
        ]
    )
    for dependency, part, route in parts:
        yield GoneClaim(
            job=record.name,
            dependency=dependency,
            pipelines=_pipelines(record, graph),
            place=part.location("gone"),
            route=(*route, "gone"),
        )


def _job(record: DocumentedJob, index: int, graph: Graph) -> JobClaim:
    place = record.location("name")
    is_known = "semaphores" in record.model_fields_set or graph.coverage is Coverage.COMPLETE
    longest = record.duration.maximum or record.duration.typical
    key = "maximum" if record.duration.maximum else "typical"
    every = [
        (at, wait) for at, wait in enumerate(record.waits_for) if not graph.is_gone(record, wait)
    ]
    waits = {wait.job: (at, wait) for at, wait in reversed(every)}
    return JobClaim(
        name=record.name,
        place=place,
        pipelines=_pipelines(record, graph),
        waits_for=tuple(
            _edge(wait, record, ("jobs", index, "waits_for", at))
            for at, wait in reversed(waits.values())
        ),
        waits_place=record.location("waits_for") if record.waits_for else place,
        formerly=record.formerly,
        tags=record.tags,
        parent=record.parent,
        semaphores=record.semaphores if is_known else None,
        semaphores_place=record.location("semaphores") if record.semaphores else place,
        longest=int(longest.total_seconds()) if longest else None,
        longest_place=record.duration.location(key) if longest else place,
        written=record.pipelines,
        route=("jobs", index),
    )


def _edge(record: DocumentedWait, job: DocumentedJob, route: Route) -> EdgeClaim:
    place = record.location("job")
    given = record.model_fields_set
    return EdgeClaim(
        job=job.name,
        dependency=record.job,
        soft=record.soft,
        planned=record.status is Status.PLANNED,
        place=place,
        softness=record.location("soft") if "soft" in given else place,
        status=record.location("status") if "status" in given else place,
        route=route,
    )


def _rule(record: GraphRule, index: int, graph: Graph) -> RuleClaim:
    return RuleClaim(
        id=record.id,
        name=record.every.name,
        tag=record.every.tag,
        parent=record.every.parent,
        file=record.every.files,
        dependency=record.waits_for,
        directly=record.directly,
        planned=record.status is Status.PLANNED,
        documented=tuple(job.name for job in graph.current if record.every.selects(job)),
        place=record.location("id"),
        selector=record.every.location(),
        target=record.location("waits_for"),
        route=("rules", index),
    )


def _label(platform: Platform, record: Label) -> LabelClaim:
    dated = platform.dated(record)
    return LabelClaim(
        name=record.name,
        place=record.location("name"),
        deprecated=dated.deprecated,
        not_supplied=dated.not_supplied,
        removed=dated.removed,
        replaced_by=record.replaced_by,
    )


def _recorded(graph: VerifiedGraph, record: Verification) -> RecordedGraph:
    return RecordedGraph(
        graph=graph.graph,
        against=ComparedWith(
            configuration=record.configuration,
            edition=graph.edition or "",
            commit=graph.commit or "",
            date=graph.commit_date.isoformat() if graph.commit_date else "",
            recorded=graph.compared.isoformat(),
        ),
        documented=graph.documented,
        verdicts=tuple(_outcomes(graph)),
        place=graph.location("state"),
    )


def _outcomes(graph: VerifiedGraph) -> Iterator[Verdict]:
    def verdict(
        outcome: RecordedResult, job: str = "", dependency: str = "", rule: str = ""
    ) -> Verdict:
        return Verdict(
            graph=graph.graph,
            job=job,
            dependency=dependency,
            rule=rule,
            state=outcome.state,
            why=outcome.why,
        )

    yield replace(verdict(graph), pipelines=graph.pipelines)
    for job in graph.jobs:
        yield verdict(job, job.name)
        for edge in job.waits_for:
            yield verdict(edge, job.name, edge.job)
    for rule in graph.rules:
        yield verdict(rule, rule=rule.id)
