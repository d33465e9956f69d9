"""The diagram of a graph: valid XML in which every name of the data is text."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from groundrules.graphs.elements import Edge, Job, Status
from groundrules.graphs.job_graph import JobGraph
from groundrules.pages.diagram import MOST_JOBS, alone, diagram
from groundrules.pages.diagram_layout import HEIGHT
from groundrules.pages.render import Templates
from groundrules.records.graph import Graph

SVG = "{http://www.w3.org/2000/svg}"


def graph_of(names: list[str], *edges: Edge) -> JobGraph:
    return JobGraph(tuple(Job(name=name) for name in names), edges)


def drawn(graph: JobGraph, title: str = "Deployment") -> ElementTree.Element:
    return ElementTree.fromstring(Templates().diagram(graph, "deploy", title))  # noqa: S314


def arrows_of(picture: ElementTree.Element) -> list[ElementTree.Element]:
    return picture.findall(f"{SVG}g/*")


def test_every_job_is_a_link_with_its_name():
    picture = drawn(graph_of(["base", "web"], Edge(job="web", dependency="base")))
    links = {link.get("href"): link.findtext(f"{SVG}text") for link in picture.findall(f"{SVG}a")}
    assert links == {"ci-job:deploy/base": "base", "ci-job:deploy/web": "web"}


def test_an_arrow_says_how_the_job_waits():
    edges = [
        Edge(job="b", dependency="a"),
        Edge(job="c", dependency="b", soft=True),
        Edge(job="d", dependency="c", status=Status.PLANNED),
        Edge(job="e", dependency="d", soft=True, status=Status.PLANNED),
    ]
    picture = drawn(graph_of(list("abcde"), *edges))
    assert [each.get("class") for each in arrows_of(picture)] == [
        "ci-arrow ci-hard ci-enforced",
        "ci-arrow ci-soft ci-enforced",
        "ci-arrow ci-hard ci-planned",
        "ci-arrow ci-soft ci-planned",
    ]


def test_an_arrow_leads_to_its_row_and_names_its_ends_by_their_places():
    [arrow] = arrows_of(drawn(graph_of(["b", "a"], Edge(job="b", dependency="a"))))
    assert (arrow.get("id"), arrow.get("href")) == ("arrow-deploy-1", "#wait-deploy-1")
    assert arrow.get("data-ends") == "1 0"


def test_the_picture_says_in_words_what_it_shows():
    picture = drawn(graph_of(["a", "b"], Edge(job="b", dependency="a")), 'R&D "<script>"')
    assert picture.findtext(f"{SVG}title") == 'R&D "<script>"'
    assert picture.get("aria-label") == 'R&D "<script>"'
    assert picture.findtext(f"{SVG}desc") == (
        "2 jobs, 1 dependency; the table beside the picture lists them all."
    )


@pytest.mark.parametrize(
    "name",
    ["node", "graph", "edge", "subgraph", "strict", "-x", "--all", "1.5", "a.b+c", "_", "\\N"],
)
def test_a_name_that_means_something_to_graphviz_is_a_name(name):
    picture = drawn(graph_of([name, "other"], Edge(job="other", dependency=name)))
    assert [each.text for each in picture.iter(f"{SVG}text")] == [name, "other"]
    assert len(arrows_of(picture)) == 1


def test_nothing_is_fetched_and_no_script_runs():
    picture = drawn(graph_of(["a"]))
    assert {each.tag.removeprefix(SVG) for each in picture.iter()} == {
        "svg", "title", "desc", "g", "a", "rect", "text",
    }  # fmt: skip


def test_boxes_stand_inside_the_picture():
    made = diagram(
        graph_of(["a", "a-much-longer-name"], Edge(job="a", dependency="a-much-longer-name"))
    )
    for box in made.boxes:
        assert 0 <= box.x - box.width / 2 <= box.x + box.width / 2 <= made.width + 0.5
        assert 0 <= box.y - box.height / 2 <= box.y + box.height / 2 <= made.height + 0.5


def test_a_job_stands_right_of_what_it_waits_for():
    made = diagram(graph_of(["b", "a"], Edge(job="b", dependency="a")))
    where = {box.job.name: box.x for box in made.boxes}
    assert where["a"] < where["b"]


def test_jobs_without_arrows_stand_below_the_others_in_columns():
    names = [f"alone-{number:02}" for number in range(40)]
    made = diagram(graph_of([*names, "b", "a"], Edge(job="b", dependency="a")))
    lowest = max(box.y for box in made.boxes if box.job.name in "ab")
    alone = [box for box in made.boxes if box.job.name not in "ab"]
    assert [box.job.name for box in made.boxes] == ["b", "a", *names]
    edge = made.arrows[0].edge
    assert made.places(edge.dependency, edge.job) == "1 0"
    assert min(box.y for box in alone) > lowest + HEIGHT
    assert len({box.x for box in alone}) == 8
    assert made.width <= 800
    places = [(box.x, box.y) for box in alone]
    assert places == sorted(places)
    assert len(set(places)) == 40


def test_a_graph_without_arrows_is_columns():
    made = diagram(graph_of(["a", "b", "c"]))
    assert [(box.job.name, box.y) for box in made.boxes] == [("a", 13), ("b", 13), ("c", 13)]
    assert made.height == HEIGHT
    tall = diagram(graph_of([f"{'x' * 120}{number}" for number in range(3)]))
    assert [box.y for box in tall.boxes] == [13, 50, 87]


@pytest.mark.parametrize("names", ["pqabc", "abcpq", "apbqc"])
def test_the_largest_group_of_connected_jobs_is_at_the_top(names):
    edges = [("b", "a"), ("c", "a"), ("q", "p")]
    graph = graph_of(list(names), *(Edge(job=job, dependency=other) for job, other in edges))
    heights = {box.job.name: box.y for box in diagram(graph).boxes}
    assert max(heights[name] for name in "abc") < min(heights[name] for name in "pq")


@pytest.mark.parametrize(
    ("edges", "number"), [((), 0), (("b a",), 2), (("b a", "d c"), 0)], ids=["none", "2", "all"]
)
def test_the_page_counts_the_jobs_below(edges, number):
    pairs = (edge.split() for edge in edges)
    jobs = [{"name": name, "purpose": "x"} for name in "abcd"]
    for job, other in pairs:
        jobs["abcd".index(job)]["waits_for"] = [{"job": other, "why": "x"}]
    graph = Graph.model_validate(
        {"id": "x", "title": "X", "configuration": "x", "project": "x", "pipelines": ["gate"],
         "coverage": "complete", "jobs": jobs}
    )  # fmt: skip
    assert alone(graph) == number


def test_the_same_graph_gives_the_same_picture():
    graph = graph_of(["a", "b", "c"], Edge(job="b", dependency="a"), Edge(job="c", dependency="a"))
    assert Templates().diagram(graph, "x", "T") == Templates().diagram(graph, "x", "T")


def complete(size: int) -> JobGraph:
    """Return a graph in which each job waits for all before it."""
    pairs = ((job, other) for job in range(size) for other in range(job))
    edges = (Edge(job=f"j{job}", dependency=f"j{other}") for job, other in pairs)
    return graph_of([f"j{number}" for number in range(size)], *edges)


def layered(width: int, layers: int) -> JobGraph:
    """Return a graph in which each job waits for all of the layer before it."""
    names = [f"j{number}" for number in range(width * layers)]
    edges = (
        Edge(job=job, dependency=names[other])
        for at, job in enumerate(names[width:], width)
        for other in range((at // width - 1) * width, at // width * width)
    )
    return graph_of(names, *edges)


def test_an_arrow_that_others_imply_is_drawn():
    assert len(diagram(complete(3)).arrows) == 3


def test_a_dense_graph_is_drawn_without_what_others_imply():
    made = diagram(complete(40))
    assert len(made.boxes) == 40
    assert [(each.edge.dependency, each.edge.job) for each in made.arrows] == [
        (f"j{job - 1}", f"j{job}") for job in range(1, 40)
    ]
    assert made.left_out == 780 - 39


def test_arrows_of_a_dense_graph_still_lead_to_their_rows():
    made = arrows_of(drawn(complete(40)))
    # the row of each job's last dependency: 1, 1 + 2, 1 + 2 + 3, …
    assert [each.get("id") for each in made[:4]] == [
        f"arrow-deploy-{number}" for number in (1, 3, 6, 10)
    ]
    assert made[3].get("href") == "#wait-deploy-10"


def test_a_dense_picture_says_what_it_leaves_out():
    assert drawn(complete(40)).findtext(f"{SVG}desc") == (
        "40 jobs, 780 dependencies, without arrows for 741 that others imply; the table beside "
        "the picture lists them all."
    )


@pytest.mark.parametrize("graph", [layered(8, 12), complete(12)], ids=["layers", "complete"])
def test_a_graph_of_moderate_size_is_drawn_whole(graph):
    assert len(diagram(graph).arrows) == len(graph.effective)


@pytest.mark.parametrize(("after", "left_out"), [(31, 0), (32, 136)], ids=["1000", "1001"])
def test_a_graph_whose_arrows_cross_a_thousand_ranks_is_the_largest_that_is_drawn_whole(
    after: int, left_out: int
):
    """The arrows of a complete graph of 18 jobs cross 969 ranks, and those behind it one each."""
    names = [f"k{number}" for number in range(after)]
    behind = (Edge(job=job, dependency=other) for other, job in pairwise(["j17", *names]))
    whole = complete(18)
    graph = JobGraph((*whole.jobs, *graph_of(names).jobs), (*whole.effective, *behind))
    assert diagram(graph).left_out == left_out


@pytest.mark.parametrize(
    "graph",
    [
        graph_of([]),
        graph_of([f"j{number}" for number in range(MOST_JOBS + 1)]),
        layered(70, 2),
        layered(40, 5),
    ],
    ids=["empty", "jobs", "one step", "four steps"],
)
def test_an_empty_graph_and_one_too_large_are_not_drawn(graph):
    assert Templates().diagram(graph, "x", "T") == ""


def test_a_graph_with_a_cycle_is_drawn_when_it_is_small():
    """No manual has one, but a cycle must not end what only draws."""
    cycle = [Edge(job="a", dependency="b"), Edge(job="b", dependency="a")]
    assert len(diagram(graph_of(["a", "b"], *cycle)).arrows) == 2
