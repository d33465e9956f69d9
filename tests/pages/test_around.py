"""A job between its neighbours: in three columns, never more than a picture can show."""

from __future__ import annotations

from xml.etree import ElementTree

from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.pages.around import MOST, around
from groundrules.pages.render import Templates


def graph_of(*edges: tuple[str, str]) -> JobGraph:
    names = dict.fromkeys(name for edge in edges for name in edge)
    return JobGraph(
        tuple(Job(name=name) for name in names),
        tuple(Edge(job=job, dependency=dependency) for job, dependency in edges),
    )


def test_what_it_waits_for_stands_left_and_what_waits_for_it_right():
    picture = around(graph_of(("web", "base"), ("mail", "web"), ("mail", "base")), "web")
    assert [box.job.name for box in picture.boxes] == ["base", "web", "mail"]
    assert [box.x for box in picture.boxes] == sorted(box.x for box in picture.boxes)
    assert [(each.edge.job, each.edge.dependency) for each in picture.arrows] == [
        ("web", "base"),
        ("mail", "web"),
    ]


def test_a_job_alone_has_no_picture():
    graph = JobGraph((Job(name="alone"),))
    assert around(graph, "alone") is None
    assert Templates().diagram(graph, "x", "Title", job="alone") == ""


def test_a_job_that_hundreds_wait_for_still_has_a_small_picture():
    picture = around(graph_of(*((f"job-{number}", "base") for number in range(300))), "base")
    assert len(picture.boxes) == MOST + 1
    assert all(0 < box.y < picture.height for box in picture.boxes)


def test_it_is_xml_whose_arrows_lead_nowhere_else():
    text = Templates().diagram(graph_of(("web", "base")), "deploy", "Title", job="web")
    assert ElementTree.fromstring(text).get("aria-label") == "Title"  # noqa: S314
    assert "#wait" not in text
