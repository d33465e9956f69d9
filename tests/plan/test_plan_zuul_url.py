"""``groundrules plan --zuul-url``: durations from a running Zuul, and from nothing without it."""

from __future__ import annotations

import json
import socket
import sys

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from served_zuul import Answer, ServedZuul, build, served

SOURCES = ("--project", "team/config", "--pipeline", "deploy")
pytestmark = pytest.mark.usefixtures("no_proxy")


def ours(number, job, duration, **more):
    return build(number, job=job, duration=duration, project="team/config", **more)


@pytest.fixture
def zuul():
    builds = [
        ours(1, "boot", 240.0),
        ours(2, "boot", 310.0),
        ours(3, "boot", 900.0),
        ours(4, "gitea", 600.0),
        ours(5, "gitea", 60.0, result="FAILURE"),
        ours(6, "gitea", 30.0, pipeline="hourly"),
        build(7, job="zuul", duration=1.0, project="team/other"),
    ]
    with served(ServedZuul({"ours": builds})) as zuul:
        yield zuul


def plan(root, *args):
    return CliRunner().invoke(main, ["plan", "--root", str(root), *args])


def durations(result):
    """Return how long each job of each plan takes without a pause, in seconds."""
    plans = [plan["today"] for plan in json.loads(result.stdout)["plans"]]
    return [{run["job"]: run["done"] - run["start"] for run in plan["runs"]} for plan in plans]


def test_durations_of_a_graph_without_a_manual(folder, zuul):
    result = plan(folder / "repository", *SOURCES, "--zuul-url", zuul.url)
    assert result.exit_code == 0, result.output
    lines = result.output.replace(zuul.url, "URL").splitlines()
    assert lines[2:5] == [
        "The duration of 2 jobs is not known and counts as 0: zuul and balancer.",
        "Durations are medians of 4 successful builds; 1 other build of these jobs does not count.",
        "Of team/config in deploy, URL lists 5 builds.",
    ]
    assert "Critical path: boot (5 min 10 s) → gitea (10 min) → balancer (not known)" in lines


def test_the_only_tenant_is_asked_once(folder, zuul):
    plan(folder / "repository", *SOURCES, "--zuul-url", zuul.url)
    asked = "/api/tenant/ours/builds?project=team%2Fconfig&pipeline=deploy&limit=200&skip=0"
    assert zuul.requests == ["/api/tenants", asked]


def test_a_documented_graph_keeps_what_no_build_tells(folder, zuul):
    args = ("deploy", "--zuul-url", zuul.url, "--tenant", "ours", "--format", "json")
    with_builds = durations(plan(folder / "manual", *args))
    alone = durations(plan(folder / "manual", "deploy", "--format", "json"))
    deploy, hourly = alone
    assert with_builds == [deploy | {"boot": 310}, hourly | {"gitea": 30}]


def test_a_running_zuul_and_a_file(folder, zuul):
    file = folder / "builds.json"
    file.write_text(json.dumps([ours(4, "gitea", 600.0), ours(8, "balancer", 5.0)]))
    args = (*SOURCES, "--builds", str(file), "--zuul-url", zuul.url)
    result = plan(folder / "repository", *args)
    assert "Durations are medians of 5 successful builds; 1 other build" in result.output


def test_each_pipeline_is_asked_once(folder, zuul):
    args = ("deploy", "--real", "--rate", "deploy=1", "--zuul-url", zuul.url, "--tenant", "ours")
    result = plan(folder / "manual", *args)
    assert result.exit_code == 0, result.output
    pipelines = [request.partition("pipeline=")[2].partition("&")[0] for request in zuul.requests]
    assert sorted(pipelines) == ["deploy", "hourly"]


def test_a_project_without_a_build_is_named(folder, zuul):
    zuul.builds = {"ours": []}
    result = plan(folder / "repository", *SOURCES, "--zuul-url", zuul.url)
    assert result.exit_code == 0
    line = f"{zuul.url} lists no build of team/config in deploy."
    assert line in result.output.splitlines()


def test_the_newest_builds_are_enough(folder, zuul):
    count = iter(range(10**6))
    zuul.always = lambda path: Answer(
        body=json.dumps([ours(next(count), "boot", 60.0) for _ in range(200)]).encode()
    )
    result = plan(folder / "repository", *SOURCES, "--tenant", "ours", "--zuul-url", zuul.url)
    line = f"Of team/config in deploy, {zuul.url} was asked for the newest 1000 builds."
    assert line in result.output.splitlines()
    assert len(zuul.requests) == 5


@pytest.mark.parametrize(
    "args", [("repository", *SOURCES), ("manual", "deploy", "--tenant", "ours")]
)
def test_without_the_option_nothing_is_asked(args, folder, monkeypatch):
    def refused(*_):
        raise AssertionError("the network is used")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setitem(sys.modules, "httpx", None)
    assert plan(folder / args[0], *args[1:]).exit_code == 0


def message(result):
    assert result.exit_code == 2
    return result.output.splitlines()[-1]


def test_a_zuul_that_is_not_there(folder):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    assert message(plan(folder / "repository", *SOURCES, "--zuul-url", url)) == (
        f"Error: --zuul-url: {url}/api/tenants: the server cannot be reached: [Errno 111] "
        "Connection refused"
    )


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["--tenant", "our"], "URL has no tenant 'our'; did you mean 'ours'?"),
        ([], "URL has 2 tenants; name one; tenants: ours, theirs"),
    ],
)
def test_a_tenant_that_is_not_clear(args, text, folder, zuul):
    zuul.builds["theirs"] = []
    result = plan(folder / "manual", "deploy", "--zuul-url", zuul.url, *args)
    assert message(result).replace(zuul.url, "URL") == f"Error: --zuul-url: {text}"


@pytest.mark.parametrize(("args", "tenant"), [((), "ours"), (("--tenant", "theirs"), "theirs")])
def test_the_manual_names_the_tenant(args, tenant, folder, zuul):
    zuul.builds["theirs"] = []
    manual = folder / "manual/data/manual.yaml"
    named = "tenant: main.yaml, tenant_name: ours"
    manual.write_text(manual.read_text("utf-8").replace("path: ../repository", named), "utf-8")
    result = plan(folder / "manual", "deploy", "--zuul-url", zuul.url, *args)
    assert result.exit_code == 0, result.output
    assert {request.partition("/builds")[0] for request in zuul.requests} == {
        f"/api/tenant/{tenant}"
    }


def test_another_address(folder):
    result = plan(folder / "manual", "deploy", "--zuul-url", "zuul.example.org")
    assert message(result) == (
        "Error: --zuul-url: 'zuul.example.org' is not an address that begins with https:// or "
        "http://"
    )


def test_a_page_that_is_no_list_of_builds(folder, zuul):
    zuul.always = lambda path: Answer(headers={"Content-Type": "text/html"}, body=b"<html>")
    result = plan(folder / "manual", "deploy", "--tenant", "ours", "--zuul-url", zuul.url)
    assert message(result).replace(zuul.url, "URL") == (
        "Error: --zuul-url: URL/api/tenant/ours/builds: not a list of builds as Zuul returns it: "
        "JSON is malformed: invalid character (byte 0)"
    )
