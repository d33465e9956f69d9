"""The drawings of a graph in the languages of other programs."""

from __future__ import annotations

from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.report.graph_dot import graph_dot
from groundrules.report.graph_mermaid import graph_mermaid


def test_a_name_in_mermaid_is_not_a_code_of_a_character() -> None:
    graph = JobGraph((Job(name="a#quot;b"), Job(name='c"&<')))
    assert graph_mermaid(graph, "branch #1").splitlines() == [
        "flowchart LR",
        "  accTitle: branch #35;1",
        '  j0["a#35;quot;b"]',
        '  j1["c#quot;#amp;#lt;"]',
    ]


def test_a_job_that_is_not_known_to_be_here_is_so_for_all_its_dependents() -> None:
    edges = (Edge(job="a", dependency="x"), Edge(job="b", dependency="x", soft=True))
    graph = JobGraph((Job(name="a"), Job(name="b")), edges)
    assert '  "x" [style=dotted, label="x (not known to be here)"];' in graph_dot(graph, "t")
    assert '  j2("x (not known to be here)")' in graph_mermaid(graph, "t")
