"""Our graphs beside those that a running Zuul returned, where these are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from groundrules.ci.zuul.freezing.freeze import Frozen
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve

SHARED = Path(__file__).parents[3] / "shared" / "zuul"

pytestmark = pytest.mark.skipif(
    not (SHARED / "golden").is_dir(), reason="the graphs of a running Zuul are not at hand"
)


def resolved(tenant: str) -> Resolver:
    folder = SHARED / "configs" / tenant
    return resolve(gather_tenant(folder / "main.yaml", folder))


def golden(name: str) -> Any:
    return json.loads((SHARED / "golden" / f"{name}.json").read_text("utf-8"))


def is_artefact(graph: dict[str, Any]) -> bool:
    """Return whether an error comes from a repository that had to be made up."""
    error = graph.get("error") or ""
    is_stub = "is not allowed to run job" in error and "stub/" in error
    return is_stub or "does not specify a run playbook" in error


def theirs(graph: dict[str, Any]) -> object:
    if graph.get("error"):
        return "error"
    return [
        (job["name"], sorted((each["name"], each["soft"]) for each in job["dependencies"]))
        for job in graph["jobs"]
    ]


def ours(frozen: Frozen | None) -> object:
    if frozen is None:
        return []
    if frozen.error:
        return "error"
    return [(job.name, sorted(set(job.dependencies))) for job in frozen.shape.jobs]


@pytest.mark.parametrize("tenant", ["made", "k8s", "fuzz", "openstack"])
def test_a_tenant_is_what_zuul_makes_of_it(tenant: str):
    """One test a tenant, since resolving one takes seconds."""
    resolver = resolved(tenant)
    assert differing_graphs(tenant, resolver) == []
    if (SHARED / "golden" / f"{tenant}-jobs.json").exists():
        assert differing_variants(tenant, resolver) == []
    if (SHARED / "golden" / f"{tenant}-errors.json").exists():
        assert missed_mistakes(tenant, resolver) == set()


def differing_graphs(tenant: str, resolver: Resolver) -> list[object]:
    found = {(each.project, each.pipeline, each.branch): each for each in resolver.graphs()}
    graphs = [graph for graph in golden(tenant)["graphs"] if not is_artefact(graph)]
    assert graphs
    differing: list[object] = []
    for graph in graphs:
        key = graph["project"], graph["pipeline"], graph["branch"]
        if theirs(graph) != ours(found.get(key)):
            differing.append((key, theirs(graph), ours(found.get(key))))
    return differing


def differing_variants(tenant: str, resolver: Resolver) -> list[str]:
    """Return the jobs whose variants stand in another order; Zuul's API refuses to tell some."""
    differing = []
    for name, variants in golden(f"{tenant}-jobs").items():
        sources = [each.get("source_context") for each in variants if isinstance(each, dict)]
        wanted = [(each["project"], each["branch"]) for each in sources if each]
        found = [each.source for each in resolver.layout.jobs[name]]
        if wanted and wanted != [(each.project.name, each.branch) for each in found]:
            differing.append(name)
    return differing


def missed_mistakes(tenant: str, resolver: Resolver) -> set[str]:
    """Return the files in which only Zuul finds a mistake.

    Not the other way round: Zuul tells one mistake a stanza, and less than there is.
    """
    found = {each.location.path for each in resolver.report.diagnostics}
    theirs = set()
    for error in golden(f"{tenant}-errors"):
        context = error["source_context"]
        path = f"{context['project']}/{context['branch'].replace('/', '%2F')}/{context['path']}"
        if context["path"]:
            theirs.add(path)
    return theirs - found


def test_the_deployment_tenant_waits_for_jobs_that_are_not_there():
    resolver = resolved("eco")
    graphs = resolver.graphs()
    assert [each.error for each in graphs if each.error] == []
    assert resolver.report.diagnostics == []
    dangling = [edge for each in graphs for edge in each.graph.dangling]
    assert {edge.dependency for edge in dangling} == {
        "infra-prod-base",
        "infra-prod-bootstrap-bridge",
    }
    assert len(dangling) == 18
    assert all(edge.soft and edge.location and edge.location.line > 1 for edge in dangling)
