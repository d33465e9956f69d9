"""Our graphs compared with those that Zuul itself froze.

The sets in ``golden/`` are part of the repository.  Other people's configuration is not: those
tests need the folder ``shared`` beside the repository.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bundles import GOLDEN, rows

from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve

SHARED = Path(__file__).parents[3] / "shared" / "zuul"
needs_shared = pytest.mark.skipif(
    not (SHARED / "golden").is_dir(), reason="other people's configuration is not in the repository"
)

UNSTABLE: dict[str, list[tuple[str, str, str]]] = {
    "made": [],
    "fuzz": [],
    "fuzz3": [("fa201/w186-a", "post", "master")],
}
"""The recorded graphs of which Zuul's own answer changes with each start of its scheduler."""


def resolved(folder: Path) -> Resolver:
    return resolve(gather_tenant(folder / "main.yaml", folder))


def shape(frozen: Frozen) -> object:
    """Return a graph as ``golden/`` writes it."""
    if frozen.error:
        return "error"
    return [
        [job.name, *sorted({("~" if soft else "") + name for name, soft in job.dependencies})]
        for job in frozen.shape.jobs
    ]


def graphs_of(resolver: Resolver) -> dict[tuple[str, str, str], Frozen]:
    return {
        (frozen.project, frozen.pipeline, frozen.branch): frozen for frozen in resolver.graphs()
    }


def differing(expected: list[list[Any]], graphs: dict[tuple[str, str, str], Frozen]) -> list[Any]:
    """Return the graphs that are not as expected: key, Zuul's answer, ours."""
    assert expected
    found: list[Any] = []
    for project, pipeline, branch, zuul in expected:
        frozen = graphs.get((project, pipeline, branch))
        ours = shape(frozen) if frozen else []
        if ours != zuul:
            found.append(((project, pipeline, branch), zuul, ours))
    return found


@pytest.mark.parametrize("name", ["made", "fuzz", "fuzz3"])
def test_a_set_is_what_zuul_makes_of_it(name: str, unpacked: Callable[[str], Path]):
    """One test a set, since resolving one takes seconds."""
    resolver = resolved(unpacked(name))
    graphs = graphs_of(resolver)
    found = differing(rows(f"{name}.graphs.jsonl"), graphs)
    assert [difference for difference in found if difference[0] not in UNSTABLE[name]] == []
    assert all(is_unstable(graphs[key]) for key in UNSTABLE[name])
    if (GOLDEN / f"{name}.variants.jsonl").exists():
        assert differing_variants(rows(f"{name}.variants.jsonl"), resolver) == []
        errors = (GOLDEN / f"{name}.errors.txt").read_text("utf-8").splitlines()
        assert set(errors) - reported_files(resolver) == set()


def is_unstable(frozen: Frozen) -> bool:
    return frozen.error is not None and frozen.error.rule.id == "GR610"


def differing_variants(
    expected: list[tuple[str, list[list[str]]]], resolver: Resolver
) -> list[str]:
    """Return the jobs whose variants are in another order."""
    return [
        job
        for job, places in expected
        if places
        != [
            [variant.source.project.name, variant.source.branch]
            for variant in resolver.layout.jobs[job]
        ]
    ]


def reported_files(resolver: Resolver) -> set[str]:
    """Return the files with a finding.

    Zuul reports one mistake a stanza, and fewer than there are: those that only we find are right.
    """
    return {diagnostic.location.path for diagnostic in resolver.report.diagnostics}


def golden(name: str) -> Any:
    return json.loads((SHARED / "golden" / f"{name}.json").read_text("utf-8"))


def is_artefact(graph: dict[str, Any]) -> bool:
    """Return whether an error comes from a repository that had to be made up."""
    error = graph.get("error") or ""
    is_stub = "is not allowed to run job" in error and "stub/" in error
    return is_stub or "does not specify a run playbook" in error


def row_of(graph: dict[str, Any]) -> list[Any]:
    """Return a recorded graph as ``golden/`` writes it."""
    jobs = [
        [job["name"], *sorted({("~" if to["soft"] else "") + to["name"] for to in depends})]
        for job in graph.get("jobs", ())
        for depends in [job["dependencies"]]
    ]
    key = graph["project"], graph["pipeline"], graph["branch"]
    return [*key, "error" if graph.get("error") else jobs]


def error_paths(name: str) -> set[str]:
    contexts = [error["source_context"] for error in golden(f"{name}-errors")]
    return {
        f"{context['project']}/{context['branch'].replace('/', '%2F')}/{context['path']}"
        for context in contexts
        if context["path"]
    }


@needs_shared
@pytest.mark.parametrize("tenant", ["k8s", "openstack"])
def test_a_real_tenant_is_what_zuul_makes_of_it(tenant: str):
    resolver = resolved(SHARED / "configs" / tenant)
    expected = [row_of(graph) for graph in golden(tenant)["graphs"] if not is_artefact(graph)]
    assert differing(expected, graphs_of(resolver)) == []
    if tenant == "openstack":
        assert error_paths(tenant) - reported_files(resolver) == set()


@needs_shared
def test_the_deployment_tenant_waits_for_jobs_that_are_missing():
    resolver = resolved(SHARED / "configs" / "eco")
    graphs = resolver.graphs()
    assert [frozen.error for frozen in graphs if frozen.error] == []
    assert resolver.report.diagnostics == []
    dangling = [edge for frozen in graphs for edge in frozen.graph.dangling]
    assert {edge.dependency for edge in dangling} == {
        "infra-prod-base",
        "infra-prod-bootstrap-bridge",
    }
    assert len(dangling) == 18
    assert all(edge.soft and edge.location and edge.location.line > 1 for edge in dangling)
