"""`plan`: which pages a catalogue makes."""

from __future__ import annotations

from groundrules.pages.plan import diagram_names, plan
from groundrules.records import Catalogue
from groundrules.records.manual import Manual


def test_every_record_has_its_page(catalogue):
    assert [page.name for page in plan(catalogue)] == [
        "expectations/index",
        "matrix",
        "topics/memory",
        "expectations/memory-8gb",
        "expectations/swap",
        "expectations/ballooning",
        "topics/network",
        "expectations/ipv6",
        "platforms/index",
        "platforms/executor",
        "platforms/static-host",
        "platforms/vm",
        "changes",
        "graphs/index",
        "graphs/deploy",
        "jobs/deploy/base",
        "jobs/deploy/certificates",
        "jobs/deploy/gitea",
        "graphs/own",
        "jobs/own/base",
        "jobs/own/lint",
        "sessions/index",
        "actions",
        "sessions/summit-2016",
        "sessions/meeting-2021-11-09",
        "sessions/meeting-2021-11-16",
    ]


def test_every_graph_has_its_diagram(catalogue):
    assert {name: graph.id for name, graph in diagram_names(catalogue).items()} == {
        "graphs/deploy.svg": "deploy",
        "graphs/own.svg": "own",
    }


def test_a_manual_without_records_has_its_index_pages():
    manual = Manual(title="t", publisher="p", summary="s")
    assert [page.name for page in plan(Catalogue(manual))] == [
        "expectations/index",
        "matrix",
        "platforms/index",
        "changes",
        "graphs/index",
        "sessions/index",
        "actions",
    ]


def test_each_template_is_given_the_manual_and_its_own_record(catalogue):
    [page] = [each for each in plan(catalogue) if each.name == "jobs/deploy/certificates"]
    given = page.context
    assert (given["graph"].id, given["record"].name) == ("deploy", "certificates")
    assert ([name for name, _ in given["dependents"]], given["ancestors"]) == (["gitea"], ["base"])
    assert (given["catalogue"], given["manual"]) == (catalogue, catalogue.manual)
