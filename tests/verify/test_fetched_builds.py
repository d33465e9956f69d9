"""Facts from the logs of a Zuul: which are asked for, and what servers can do to that."""

from __future__ import annotations

import datetime
import gzip
import json

import pytest

from groundrules.verify.fetching.address_list import AddressList
from groundrules.verify.fetching.build_logs import MOST_NODES
from groundrules.verify.fetching.fetch_request import FetchRequest
from groundrules.verify.fetching.fetched_builds import fetched_builds
from groundrules.verify.fetching.log_files import MOST_FAILURES
from groundrules.verify.fetching.log_manifest import ManifestError, host_info_names
from groundrules.verify.node_facts import NodeFacts, SkippedFacts
from groundrules.verify.reading import FactReader
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.build import BuildQuery
from groundrules.zuul_api.http_client import HttpClient
from groundrules.zuul_api.http_limits import HttpLimits
from served_logs import FACTS, INVENTORY, ServedLogs
from served_zuul import Answer, served

NOW = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)
LIMITS = HttpLimits(connect=5, silence=5, answer=10, bytes=100_000, tries=2)
BUILDS = "/api/tenant/main/builds"
pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def zuul():
    with served(ServedLogs()) as zuul:
        yield zuul


class Known:
    """Logs of which some nodes were fetched before."""

    def __init__(self, seen=()):
        self.seen, self.builds = set(seen), {}

    def has_node(self, address, node, build):
        return (address, node) in self.seen

    def has_build(self, address):
        return address in self.builds and self.builds[address] <= self.seen

    def set_nodes(self, address, nodes):
        self.builds[address] = {node[:2] for node in nodes}


def fetched(zuul, seen=frozenset(), limits=LIMITS, **request):
    """Return the facts and skipped inputs, a line each."""
    request = FetchRequest(**{"url": zuul.url, "tenant": "main"} | request)
    reader, lines = FactReader(NOW), []
    with HttpClient(limits, lambda seconds: None) as client:
        builds = fetched_builds(request, client, client, Known(seen))
        for build in builds:
            facts = [build] if isinstance(build, SkippedFacts) else reader.facts_in(build)
            lines += [shown(one).replace(zuul.url, "") for one in facts]
    return lines


def shown(one: NodeFacts | SkippedFacts) -> str:
    if isinstance(one, SkippedFacts):
        return f"{one.source}: {one.reason}"
    return f"{one.source} {one.node} {one.kind.label} {one.facts['ansible_memtotal_mb']}"


def node(number: int, memory: int = 7955, name: str = "node", label: str = "small") -> str:
    return f"/logs/{number}/zuul-info/host-info.{name}.yaml {name} {label} {memory}"


def test_the_manifest_names_the_files(zuul):
    zuul.add(1)
    assert fetched(zuul) == [node(1)]
    assert zuul.paths() == [
        BUILDS,
        "/1/zuul-manifest.json",
        "/1/zuul-info/inventory.yaml",
        "/1/zuul-info/host-info.node.yaml",
    ]


def test_without_a_manifest_the_inventory_does(zuul):
    zuul.add(1, manifest=False)
    assert fetched(zuul) == [node(1)]
    assert zuul.paths() == [
        BUILDS,
        "/1/zuul-info/inventory.yaml",
        "/1/zuul-info/host-info.node.yaml",
    ]


@pytest.mark.parametrize(
    "manifest", [b"[]", b"{", b'{"tree": [{"name": "zuul-info", "children": 1}]}', b"[" * 99_999]
)
def test_a_damaged_manifest_is_as_none(zuul, manifest):
    zuul.add(1)
    zuul.files["/logs/1/zuul-manifest.json"] = manifest
    assert fetched(zuul) == [node(1)]


def test_a_manifest_on_another_server_is_not_asked_for(zuul):
    zuul.add(1)["artifacts"][0]["url"] = "http://169.254.169.254/zuul-manifest.json"
    assert fetched(zuul) == [node(1)]


def test_all_nodes_of_a_build_are_read(zuul):
    added = zuul.add(1)
    zuul.put(1, "inventory.yaml", INVENTORY.format("a b", "big") + "    node: {}\n")
    zuul.put(1, "host-info.a b.yaml", FACTS.format(15955))
    zuul.manifest(added, ["host-info.node.yaml", "host-info.a b.yaml", "zuul-info.txt"])
    assert fetched(zuul) == [
        "/logs/1/zuul-info/host-info.a%20b.yaml a b big 15955",
        "/logs/1/zuul-info/host-info.node.yaml node  7955",
    ]


def test_a_name_leads_nowhere_else(zuul):
    added = zuul.add(1)
    zuul.manifest(added, ["host-info.../../secret.yaml"])
    assert fetched(zuul) == [
        "/logs/1/zuul-info/host-info...%2F..%2Fsecret.yaml: the server answers 404 Not Found"
    ]


def test_builds_come_by_pages(zuul):
    for number in range(5):
        zuul.add(number)
    assert fetched(zuul, query=BuildQuery(most=4, page=3)) == [node(number) for number in range(4)]
    assert [path for path in zuul.requests if path.startswith(BUILDS)] == [
        f"{BUILDS}?limit=3&skip=0",
        f"{BUILDS}?limit=1&skip=3",
    ]


def test_builds_are_chosen(zuul):
    query = BuildQuery(projects=("team/a",), pipelines=("gate",), jobs=("web",), most=10)
    zuul.add(1)
    assert fetched(zuul, query=query) == []
    assert zuul.requests == [
        f"{BUILDS}?project=team%2Fa&pipeline=gate&job_name=web&limit=10&skip=0"
    ]


def test_the_only_tenant_is_taken(zuul):
    zuul.add(1)
    assert fetched(zuul, tenant=None) == [node(1)]


def test_builds_that_ended_before_a_day_are_left_out(zuul):
    ends = ["2026-11-05T00:01:00", "2026-11-03T23:59:59", "2026-11-04T00:00:00", None]
    ends += ["2026-11-01T00:00:00", "2026-11-05T00:00:00"]
    for number, end in enumerate(ends):
        zuul.add(number)["end_time"] = end
    assert fetched(zuul, since=datetime.date(2026, 11, 4)) == [node(0), node(2)]


def test_builds_without_logs_are_said(zuul):
    zuul.add(1)["log_url"] = None
    zuul.add(2)["log_url"] = "file:///etc/passwd"
    zuul.add(3)["log_url"] = "https://me:secret@logs.example.org/"
    zuul.add(4)["log_url"] = f"{zuul.url}/?logs"
    zuul.add(5)
    del zuul.files["/logs/5/zuul-info/inventory.yaml"]
    del zuul.files["/logs/5/zuul-manifest.json"]
    zuul.manifest(zuul.add(6), ["inventory.yaml"])
    pages = [f"/t/main/build/{number:032}" for number in range(7)]
    assert fetched(zuul) == [
        f"{pages[1]}: the build has no logs",
        f"{pages[2]}: 'file:///etc/passwd' is not an address that begins with https:// or http://",
        f"{pages[3]}: the address of logs.example.org has a login; leave it out",
        f"{pages[4]}: its logs are not in a folder: /?logs",
        "/logs/5: the logs have neither zuul-manifest.json nor zuul-info/inventory.yaml",
        "/logs/6: the build has no facts of a node",
    ]


def test_facts_without_an_inventory_have_no_label(zuul):
    zuul.add(1)
    del zuul.files["/logs/1/zuul-info/inventory.yaml"]
    assert fetched(zuul) == [node(1, label="")]


def test_facts_whose_label_may_come_later_are_not_read(zuul):
    zuul.add(1)
    zuul.files["/logs/1/zuul-info/inventory.yaml"] = Answer(500)
    assert fetched(zuul) == [
        "/logs/1/zuul-info/inventory.yaml: the server answers 500 Internal Server Error, 2 times"
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(404), "the server answers 404 Not Found"),
        (Answer(403), "the server answers 403 Forbidden; logins are not supported"),
        (Answer(429), "the server answers 429 Too Many Requests, 2 times"),
        (
            Answer(429, {"Retry-After": "3600"}),
            "the server answers 429 Too Many Requests; try again in 3600 s, as the server asks",
        ),
        (Answer(503), "the server answers 503 Service Unavailable, 2 times"),
        (
            Answer(302, {"Location": "http://169.254.169.254/"}),
            "the redirect to http://169.254.169.254/ leads to another host",
        ),
        (Answer(302, {"Location": "file:///etc/passwd"}), None),
        (Answer(body=b"x" * 100_001), "the answer has more than 100,000 bytes"),
        (
            Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * 10_000_000)),
            "the answer has more than 100,000 bytes",
        ),
        (Answer(headers={"Content-Length": "9"}, body=b"cut"), "the connection was lost, 2 times"),
        (Answer(headers={}, body=b""), "it is empty"),
        (Answer(headers={}, body=b"- a list\n"), "it is not a mapping of facts"),
    ],
)
def test_a_file_that_cannot_be_had_is_skipped_and_others_are_read(zuul, answer, reason):
    zuul.add(1)
    zuul.add(2)
    zuul.files["/logs/1/zuul-info/host-info.node.yaml"] = answer
    skipped, read = fetched(zuul)
    if reason:
        assert skipped == f"/logs/1/zuul-info/host-info.node.yaml: {reason}"
    assert read == node(2)


def test_an_endless_file_is_left(zuul):
    zuul.add(1)

    def endless():
        while not zuul.released.is_set():
            yield b"x" * 1000

    zuul.files["/logs/1/zuul-info/host-info.node.yaml"] = Answer(headers={}, body=endless())
    assert fetched(zuul) == [
        "/logs/1/zuul-info/host-info.node.yaml: the answer has more than 100,000 bytes"
    ]


def test_a_server_that_is_slow_is_left(zuul):
    zuul.add(1)
    slow = Answer(headers={}, body=[b"x", b"y"], after=zuul.released.wait)
    zuul.files["/logs/1/zuul-info/host-info.node.yaml"] = slow
    assert fetched(zuul, limits=HttpLimits(silence=0.2)) == [
        "/logs/1/zuul-info/host-info.node.yaml: the server sends nothing for 0.2 s"
    ]


def test_a_compressed_file_is_read(zuul):
    zuul.add(1)
    packed = gzip.compress(FACTS.format(1).encode())
    answer = Answer(headers={"Content-Encoding": "gzip"}, body=packed)
    zuul.files["/logs/1/zuul-info/host-info.node.yaml"] = answer
    assert fetched(zuul) == [node(1, 1)]


def test_a_server_that_fails_again_and_again_is_left_alone(zuul):
    for number in range(MOST_FAILURES + 2):
        zuul.add(number)
        zuul.files[f"/logs/{number}/zuul-manifest.json"] = Answer(503)
    server = zuul.url.removeprefix("http://")
    failed = "the server answers 503 Service Unavailable, 2 times"
    assert fetched(zuul) == [
        *(f"/logs/{number}: {failed}" for number in range(MOST_FAILURES)),
        *(f"/logs/{number}: {server} failed 5 times in a row" for number in (5, 6)),
    ]
    assert len(zuul.requests) == 1 + 2 * MOST_FAILURES


def test_a_server_that_works_again_is_asked_on(zuul):
    for number in range(2 * MOST_FAILURES):
        zuul.add(number)
        if number % MOST_FAILURES:
            zuul.files[f"/logs/{number}/zuul-manifest.json"] = Answer(503)
    assert fetched(zuul)[0] == node(0)
    assert node(5) in fetched(zuul)


def test_a_build_of_too_many_nodes_is_cut(zuul):
    names = [f"host-info.n{number:03}.yaml" for number in range(MOST_NODES + 1)]
    zuul.manifest(zuul.add(1), names)
    for name in names:
        zuul.put(1, name, FACTS.format(1))
    first, *rest = fetched(zuul)
    assert first == "/logs/1: only 100 of 101 nodes are read"
    assert len(rest) == MOST_NODES


def test_what_was_seen_is_not_asked_for_again(zuul):
    zuul.add(1)
    zuul.add(2)
    seen = {(f"{zuul.url}/logs/1/zuul-info/host-info.node.yaml", "node")}
    assert fetched(zuul, seen) == [node(2)]
    assert zuul.paths() == [
        BUILDS,
        "/1/zuul-manifest.json",
        "/2/zuul-manifest.json",
        "/2/zuul-info/inventory.yaml",
        "/2/zuul-info/host-info.node.yaml",
    ]


def test_a_list_that_breaks_off_is_an_error_after_what_it_had(zuul):
    for number in range(3):
        zuul.add(number)
    builds = iter([Answer(body=json.dumps(zuul.builds["main"][:2]).encode()), Answer(400)])
    files = zuul.always
    zuul.always = lambda path: next(builds) if path.startswith(BUILDS) else files(path)
    request = FetchRequest(url=zuul.url, tenant="main", query=BuildQuery(page=2))
    with HttpClient(LIMITS, lambda seconds: None) as client:
        fetching = fetched_builds(request, client, client, Known())
        assert [len(next(fetching).files), len(next(fetching).files)] == [1, 1]
        with pytest.raises(ZuulApiError, match="the server answers 400 Bad Request"):
            next(fetching)


def listed(zuul, *lines: str, seen=frozenset()) -> list[str]:
    text = "\n".join(lines).replace("URL", zuul.url)
    return fetched(zuul, seen, url="", lists=(AddressList("list.txt", text),))


def test_listed_logs_and_files_are_read(zuul):
    for number in (1, 2):
        zuul.add(number)
    zuul.files["/facts/web%01.json"] = b'{"ansible_facts": {"ansible_memtotal_mb": 5}}'
    assert listed(
        zuul,
        "# logs",
        "",
        "  URL/logs/1/  ",
        "URL/logs/2/zuul-info/host-info.node.yaml",
        "URL/facts/web%2501.json",
    ) == [node(1), node(2), "/facts/web%2501.json web%01  5"]
    assert zuul.paths() == [
        "/1/zuul-info/inventory.yaml",
        "/1/zuul-info/host-info.node.yaml",
        "/2/zuul-info/inventory.yaml",
        "/2/zuul-info/host-info.node.yaml",
        "/facts/web%2501.json",
    ]


def test_files_of_one_build_have_one_inventory(zuul):
    zuul.add(1)
    zuul.put(1, "host-info.other.yaml", FACTS.format(3))
    file = "URL/logs/1/zuul-info/host-info.{}.yaml"
    lines = [file.format("node"), file.format("other"), file.format("node")]
    assert listed(zuul, *lines) == [node(1), node(1, 3, "other", "")]
    assert len(zuul.requests) == 3


def test_a_line_that_is_no_address_is_named(zuul):
    zuul.add(1)
    assert listed(zuul, "URL/logs/1/", "file:///etc/passwd", "https://", "logs/1") == [
        node(1),
        "list.txt:2: 'file:///etc/passwd' is not an address that begins with https:// or http://",
        "list.txt:3: 'https://' is not an address that begins with https:// or http://",
        "list.txt:4: 'logs/1' is not an address that begins with https:// or http://",
    ]


def test_a_listed_file_that_was_seen_is_not_asked_for(zuul):
    zuul.add(1)
    seen = {(f"{zuul.url}/logs/1/zuul-info/host-info.node.yaml", "node")}
    assert listed(zuul, "URL/logs/1/zuul-info/host-info.node.yaml", seen=seen) == []
    assert zuul.requests == []


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b'{"tree": [{"name": 1}]}', b'{"tree": [{"name": "zuul-info",'
                 b' "children": [{"name": null}]}]}', b"\xff", b"[" * 100_000]
)  # fmt: skip
def test_another_text_is_not_a_manifest(manifest):
    with pytest.raises(ManifestError):
        host_info_names(manifest)


@pytest.mark.parametrize("tree", [[], [{"name": "zuul-info"}], [{"name": "a", "children": [1]}]])
def test_a_manifest_without_facts_names_none(tree):
    assert host_info_names(json.dumps({"tree": tree}).encode()) == []
