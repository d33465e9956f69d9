"""Fetched facts in a store: what is kept when a run ends early, and that nothing counts twice."""

from __future__ import annotations

import datetime

import pytest

from groundrules.verify.collecting_run import Collected
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.fetching import collected_logs
from groundrules.verify.fetching.address_list import AddressList
from groundrules.verify.fetching.collected_logs import collect_fetched
from groundrules.verify.fetching.fetch_request import FetchRequest
from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.reading import FactReader
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.build import BuildQuery
from served_logs import ServedLogs
from served_zuul import Answer, served

READER = FactReader(datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC))
BUILDS = "/api/tenant/main/builds"
pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def zuul():
    with served(ServedLogs()) as zuul:
        for number in range(4):
            zuul.add(number)
        yield zuul


def request_of(zuul, **more) -> FetchRequest:
    return FetchRequest(**{"url": zuul.url, "tenant": "main", "rate": 1000} | more)


def collected(store, request):
    result = collect_fetched(store, request, READER)
    return result.nodes, result.duplicates, result.skipped_count


@pytest.fixture
def filled(zuul, tmp_path):
    """A store with the four builds; the requests for them are forgotten."""
    store = FactsStore(tmp_path / "store")
    assert collected(store, request_of(zuul)) == (4, 0, 0)
    zuul.paths()
    return store


def test_what_the_store_has_is_not_fetched_again(zuul, filled):
    zuul.add(4)
    assert collected(filled, request_of(zuul)) == (1, 4, 0)
    assert zuul.paths() == [
        BUILDS,
        "/4/zuul-manifest.json",
        "/4/zuul-info/inventory.yaml",
        "/4/zuul-info/host-info.node.yaml",
    ]


def test_a_build_without_a_manifest_costs_no_request_once_it_is_in_the_store(zuul, tmp_path):
    store = FactsStore(tmp_path / "store")
    lists = (AddressList("list", f"{zuul.url}/logs/1/\n"),)
    request = request_of(zuul, url="", lists=lists, log_hosts=("127.0.0.1",))
    assert collected(store, request) == (1, 0, 0)
    zuul.paths()
    assert collected(store, request) == (0, 1, 0)
    assert zuul.requests == []


@pytest.mark.parametrize("lost", ["*.parquet", "collected.sqlite"])
def test_a_build_of_which_the_store_has_lost_something_is_asked_for(zuul, filled, lost):
    for path in filled.folder.rglob(lost):
        path.unlink()
    new = 0 if lost == "collected.sqlite" else 4
    assert collected(filled, request_of(zuul)) == (new, 4 - new, 0)
    assert [path for path in zuul.paths() if "manifest" in path] == [
        f"/{number}/zuul-manifest.json" for number in range(4)
    ]


def test_a_build_of_which_one_node_failed_is_asked_for_again(zuul, tmp_path):
    store, path = FactsStore(tmp_path / "store"), "/logs/0/zuul-info/host-info.other.yaml"
    names = ["host-info.node.yaml", "host-info.other.yaml", "inventory.yaml"]
    zuul.manifest(zuul.builds["main"][0], names)
    assert collected(store, request_of(zuul)) == (4, 0, 1)
    zuul.files[path] = zuul.files["/logs/0/zuul-info/host-info.node.yaml"]
    zuul.paths()
    assert collected(store, request_of(zuul)) == (1, 4, 0)
    assert zuul.paths() == [
        BUILDS,
        "/0/zuul-manifest.json",
        "/0/zuul-info/inventory.yaml",
        "/0/zuul-info/host-info.other.yaml",
    ]


def test_an_interrupted_run_is_continued(zuul, tmp_path):
    store, fetched_builds = FactsStore(tmp_path / "store"), collected_logs.fetched_builds

    def stopped(*arguments):
        for number, build in enumerate(fetched_builds(*arguments)):
            if number == 2:
                raise KeyboardInterrupt
            yield build

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collected_logs, "fetched_builds", stopped)
        with pytest.raises(KeyboardInterrupt):
            collect_fetched(store, request_of(zuul), READER)
    zuul.paths()
    assert collected(store, request_of(zuul)) == (2, 2, 0)
    assert [path for path in zuul.paths() if "host-info" in path] == [
        "/2/zuul-info/host-info.node.yaml",
        "/3/zuul-info/host-info.node.yaml",
    ]


def test_what_came_before_an_error_is_kept(zuul, tmp_path):
    store, files = FactsStore(tmp_path / "store"), zuul.always
    zuul.always = lambda path: Answer(400) if "skip=2" in path else files(path)
    request = request_of(zuul, query=BuildQuery(page=2))
    with pytest.raises(ZuulApiError, match="the server answers 400 Bad Request"):
        collect_fetched(store, request, READER)
    zuul.always = files
    assert collected(store, request) == (2, 2, 0)


def test_a_file_that_could_not_be_read_is_tried_again_by_the_next_run(zuul, tmp_path):
    store, path = FactsStore(tmp_path / "store"), "/logs/1/zuul-info/host-info.node.yaml"
    facts, zuul.files[path] = zuul.files[path], Answer(404)
    assert collected(store, request_of(zuul)) == (3, 0, 1)
    zuul.files[path] = facts
    assert collected(store, request_of(zuul)) == (1, 3, 0)


def test_one_build_that_is_listed_twice_counts_once(zuul, tmp_path):
    lines = "".join(f"{zuul.url}/logs/{number}/\n" for number in (1, 2, 1))
    request = request_of(zuul, lists=(AddressList("list", lines),))
    assert collected(FactsStore(tmp_path / "store"), request) == (4, 3, 0)


def test_a_build_that_was_read_from_files_is_not_fetched(zuul, tmp_path):
    """A mirror of the logs and the Zuul that has them: both name the build."""
    uuid = zuul.say_build(1)
    store, own = FactsStore(tmp_path / "store"), "/mirror/1/zuul-info/host-info.node.yaml"
    store.collect([NodeFacts(own, "node", NodeKind("small"), None, {}, uuid)])
    assert collected(store, request_of(zuul)) == (3, 1, 0)
    assert not any(path.startswith("/1/") and "host-info" in path for path in zuul.paths())


def test_a_build_that_was_fetched_counts_once_with_the_files_of_a_mirror(zuul, tmp_path):
    uuid = zuul.say_build(1)
    store = FactsStore(tmp_path / "store")
    assert collected(store, request_of(zuul)) == (4, 0, 0)
    own = NodeFacts("/mirror/1/host-info.node.yaml", "node", NodeKind("small"), None, {}, uuid)
    assert store.collect([own]) == Collected(0, 1, 0)


def test_logs_on_this_machine_are_not_read_for_a_list(zuul, tmp_path):
    lists = (AddressList("list", f"{zuul.url}/logs/1/\n"),)
    request = request_of(zuul, url="", lists=lists)
    result = collect_fetched(FactsStore(tmp_path / "store"), request, READER)
    assert result.skipped == (
        SkippedFacts(
            f"{zuul.url}/logs/1",
            "127.0.0.1 has the address 127.0.0.1, which is not public; to read from it, use "
            "--log-host 127.0.0.1",
        ),
    )
    assert zuul.requests == []


def test_a_zuul_on_this_machine_has_logs_there(zuul, tmp_path):
    zuul.builds["main"][0]["log_url"] = zuul.url.replace("127.0.0.1", "localhost") + "/logs/0/"
    assert collected(FactsStore(tmp_path / "store"), request_of(zuul)) == (4, 0, 0)
