"""`plan`: which pages a catalogue makes."""

from __future__ import annotations

from groundrules.pages.planned_pages import files_of, plan
from groundrules.records import Catalogue
from groundrules.records.manual import Manual


def test_every_record_has_its_page(catalogue):
    assert [page.name for page in plan(catalogue)] == [
        "about",
        "matrix",
        "changes",
        "actions",
        "platforms/index",
        "platforms/executor",
        "platforms/static-host",
        "platforms/vm",
        "labels/debian-12",
        "labels/debian-12-arm64",
        "labels/debian-11",
        "labels/debian-10",
        "expectations/index",
        "topics/memory",
        "expectations/memory-8gb",
        "expectations/swap",
        "expectations/ballooning",
        "topics/network",
        "expectations/ipv6",
        "graphs/index",
        "graphs/deploy",
        "jobs/deploy/base",
        "jobs/deploy/certificates",
        "jobs/deploy/gitea",
        "graphs/own",
        "jobs/own/base",
        "jobs/own/lint",
        "sessions/index",
        "sessions/summit-2016",
        "sessions/meeting-2021-11-09",
        "sessions/meeting-2021-11-16",
    ]


DEPLOY = ["graphs/deploy.rst", "graphs/deploy.svg"] + [
    f"jobs/deploy/{name}.rst" for name in ("base", "certificates", "gitea")
]


def test_a_graph_has_a_page_a_diagram_and_a_page_for_each_job(catalogue):
    [graph] = [each for each in catalogue.graphs if each.id == "deploy"]
    assert files_of(graph) == DEPLOY


def test_a_graph_that_is_left_out_has_no_pages(catalogue):
    every = {f"{page.name}.rst" for page in plan(catalogue)}
    others = {f"{page.name}.rst" for page in plan(catalogue, without={"deploy"})}
    assert every - others == {each for each in DEPLOY if each.endswith(".rst")}


def test_a_manual_without_records_has_its_index_pages():
    manual = Manual(title="t", publisher="p", summary="s")
    assert [page.name for page in plan(Catalogue(manual))] == [
        "about",
        "matrix",
        "changes",
        "actions",
        "platforms/index",
        "expectations/index",
        "graphs/index",
        "sessions/index",
    ]


def test_each_template_is_given_the_manual_and_its_own_record(catalogue):
    [page] = [each for each in plan(catalogue) if each.name == "jobs/deploy/certificates"]
    given = page.context
    assert (given["graph"].id, given["record"].name) == ("deploy", "certificates")
    assert ([name for name, _ in given["dependents"]], given["ancestors"].names) == (
        ["gitea"],
        ("base",),
    )
    assert (given["catalogue"], given["manual"]) == (catalogue, catalogue.manual)


def indexes(kinds: tuple[str, ...] | None, **records: object) -> list[str]:
    """Return the pages that show no single record, of a manual with some kinds of records."""
    manual = Manual(title="Ours", publisher="We", summary="All.", kinds=kinds)
    pages = plan(Catalogue(manual=manual, **records))
    return [page.name for page in pages if "/" not in page.name or page.name.endswith("/index")]


def test_a_manual_has_the_pages_of_all_kinds_by_default():
    assert indexes(None) == [
        "about", "matrix", "changes", "actions",
        "platforms/index", "expectations/index", "graphs/index", "sessions/index",
    ]  # fmt: skip


def test_a_kind_that_the_manual_does_not_have_has_no_page():
    assert indexes(()) == ["about", "changes"]
    assert indexes(("platform",)) == ["about", "changes", "platforms/index"]
    assert indexes(("expectation",)) == ["about", "changes", "expectations/index"]
    assert indexes(("graph",)) == ["about", "changes", "graphs/index"]
    assert indexes(("session",)) == ["about", "changes", "actions", "sessions/index"]


def test_the_first_record_of_a_kind_brings_its_pages(catalogue):
    assert "sessions/index" in indexes((), sessions=catalogue.sessions)
    assert "matrix" in indexes(("platform",), topics=catalogue.topics)
