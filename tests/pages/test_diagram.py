"""The diagram of a graph: valid XML in which every name of the data is text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from groundrules.graph import Edge, Job, JobGraph, Status
from groundrules.pages.diagram import MOST_JOBS, diagram
from groundrules.pages.render import Templates

SVG = "{http://www.w3.org/2000/svg}"


def graph_of(names: list[str], *edges: Edge) -> JobGraph:
    return JobGraph(tuple(Job(name=name) for name in names), edges)


def drawn(graph: JobGraph, title: str = "Deployment") -> ElementTree.Element:
    return ElementTree.fromstring(Templates().diagram(graph, "deploy", title))  # noqa: S314


def test_every_job_is_a_link_with_its_name():
    picture = drawn(graph_of(["base", "web"], Edge(job="web", dependency="base")))
    links = {link.get("href"): link.findtext(f"{SVG}text") for link in picture.iter(f"{SVG}a")}
    assert links == {"ci-job:deploy/base": "base", "ci-job:deploy/web": "web"}


def test_an_arrow_says_how_the_job_waits():
    edges = [
        Edge(job="b", dependency="a"),
        Edge(job="c", dependency="b", soft=True),
        Edge(job="d", dependency="c", status=Status.PLANNED),
        Edge(job="e", dependency="d", soft=True, status=Status.PLANNED),
    ]
    picture = drawn(graph_of(list("abcde"), *edges))
    assert [each.get("class") for each in picture.iter(f"{SVG}g")] == [
        "ci-arrow ci-hard ci-enforced",
        "ci-arrow ci-soft ci-enforced",
        "ci-arrow ci-hard ci-planned",
        "ci-arrow ci-soft ci-planned",
    ]


def test_the_picture_says_in_words_what_it_shows():
    picture = drawn(graph_of(["a", "b"], Edge(job="b", dependency="a")), 'R&D "<script>"')
    assert picture.findtext(f"{SVG}title") == 'R&D "<script>"'
    assert picture.get("aria-label") == 'R&D "<script>"'
    assert picture.findtext(f"{SVG}desc") == (
        "2 jobs, 1 dependencies; the table beside the picture lists them all."
    )


@pytest.mark.parametrize(
    "name",
    ["node", "graph", "edge", "subgraph", "strict", "-x", "--all", "1.5", "a.b+c", "_", "\\N"],
)
def test_a_name_that_means_something_to_graphviz_is_a_name(name):
    picture = drawn(graph_of([name, "other"], Edge(job="other", dependency=name)))
    assert [each.text for each in picture.iter(f"{SVG}text")] == [name, "other"]
    assert len(list(picture.iter(f"{SVG}g"))) == 1


def test_nothing_is_fetched_and_no_script_runs():
    picture = drawn(graph_of(["a"]))
    assert {each.tag.removeprefix(SVG) for each in picture.iter()} == {
        "svg", "title", "desc", "a", "rect", "text",
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


def test_the_same_graph_gives_the_same_picture():
    graph = graph_of(["a", "b", "c"], Edge(job="b", dependency="a"), Edge(job="c", dependency="a"))
    assert Templates().diagram(graph, "x", "T") == Templates().diagram(graph, "x", "T")


@pytest.mark.parametrize("names", [[], [f"j{number}" for number in range(MOST_JOBS + 1)]])
def test_an_empty_graph_and_one_too_large_are_not_drawn(names):
    assert Templates().diagram(graph_of(names), "x", "T") == ""
