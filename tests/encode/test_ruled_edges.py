"""What rules add to random graphs: all that they require, and nothing that others imply."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundrules.checks.drift.documented import Documented
from groundrules.ci.wish import EncodeError, Wait
from groundrules.claims.claims import GraphClaim, RuleClaim
from groundrules.diagnostics import Location
from groundrules.encode.ruled_edges import RuledEdges
from groundrules.graphs.elements import Edge, FilePattern, Job
from groundrules.graphs.job_graph import JobGraph
from steps import steps

HERE = Location("data/graphs/deploy.yaml", 1, 1)
NAMES = tuple(f"{kind}{number}" for kind in "ab" for number in range(4))


def rule(number: int, name: str, dependency: str, *, directly: bool = False) -> RuleClaim:
    return RuleClaim(
        id=f"rule-{number}", name=name, tag=None, parent=None, file=None, dependency=dependency,
        directly=directly, planned=False, documented=(), place=HERE, selector=HERE, target=HERE,
    )  # fmt: skip


def claim(*rules: RuleClaim) -> GraphClaim:
    return GraphClaim(
        id="deploy", place=HERE, configuration="ours", configuration_place=HERE, project="app",
        project_place=HERE, branch="", branch_place=HERE, pipelines=("deploy",),
        pipeline_places=(HERE,), jobs=(), jobs_place=HERE, rules=rules,
    )  # fmt: skip


def ruled(graph: JobGraph, *rules: RuleClaim) -> RuledEdges:
    return RuledEdges(Documented(claim(*rules)), "deploy", graph, lambda job, path: False)


def graph_of(*edges: tuple[str, str], names: tuple[str, ...] = NAMES) -> JobGraph:
    jobs = tuple(Job(name=name) for name in names)
    return JobGraph(jobs, tuple(Edge(job=job, dependency=other) for job, other in edges))


pairs = st.tuples(st.sampled_from(range(8)), st.sampled_from(range(8)))
edges = st.lists(pairs, max_size=10).map(
    lambda found: [(NAMES[max(pair)], NAMES[min(pair)]) for pair in found if pair[0] != pair[1]]
)
rules = st.lists(
    st.tuples(st.sampled_from(["*", "a*", "b*", *NAMES]), st.sampled_from(NAMES), st.booleans()),
    min_size=1,
    max_size=3,
).map(lambda found: [rule(at, *one[:2], directly=one[2]) for at, one in enumerate(found)])


def keeps(graph: JobGraph, before: JobGraph, one: RuleClaim) -> bool:
    """Return whether all jobs of a graph keep a rule."""
    exempt = before.ancestors(one.dependency) | {one.dependency}
    fits = [name for name in NAMES if name.startswith((one.name or "").rstrip("*"))]
    waits = graph.dependencies if one.directly else graph.ancestors
    return all(one.dependency in waits(name) for name in fits if name not in exempt)


@given(edges, rules)
def test_every_rule_is_kept_and_no_edge_is_more_than_needed(edges, rules):
    graph = graph_of(*edges)
    try:
        added = ruled(graph, *rules).added()
    except EncodeError:
        assert any(one.name != other.name or one.dependency != other.dependency
                   for one in rules for other in rules)  # fmt: skip
        return
    after = graph_of(*edges, *added)
    assert all(keeps(after, graph, one) for one in rules)
    for pair in added:
        fewer = graph_of(*edges, *(other for other in added if other != pair))
        assert not all(keeps(fewer, graph, one) for one in rules), pair


@given(edges, rules)
def test_a_graph_that_keeps_its_rules_stays(edges, rules):
    graph = graph_of(*edges)
    try:
        added = ruled(graph, *rules).added()
    except EncodeError:
        return
    assert ruled(graph_of(*edges, *added), *rules).added() == {}


def test_one_rule_never_makes_a_cycle():
    graph = graph_of(("a1", "a0"), ("b0", "a1"))
    added = ruled(graph, rule(0, "*", "a1")).added()
    assert set(added) == {(name, "a1") for name in NAMES if name not in ("a0", "a1", "b0")}


def test_a_dependency_on_a_job_that_runs_for_some_files_is_soft():
    jobs = (Job(name="base", files=(FilePattern("x"),)), Job(name="web"), Job(name="wiki"))
    edges = ruled(JobGraph(jobs), rule(0, "w*", "base"))
    assert edges.waits(edges.added()) == {
        "web": (Wait("base", True),),
        "wiki": (Wait("base", True),),
    }


def test_a_dependency_on_a_job_that_always_runs_is_hard():
    edges = ruled(graph_of(names=("base", "web")), rule(0, "w*", "base"))
    assert edges.waits(edges.added()) == {"web": (Wait("base", False),)}


def test_the_cost_is_in_proportion_to_the_jobs():
    def work(length: int) -> int:
        names = tuple(f"job-{number}" for number in range(length))
        graph = graph_of(*zip(names[1::2], names, strict=False), names=names)
        one = rule(0, "*", names[0])
        return steps(lambda: ruled(graph, one).added())

    assert work(1000) <= 2.1 * work(500)
