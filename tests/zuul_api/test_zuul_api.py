"""The tenants and builds of a running Zuul, page by page."""

from __future__ import annotations

import json
from itertools import cycle, islice

import pytest

from groundrules.zuul_api.api import MOST_KNOWN, ZuulApi
from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.build import BuildQuery
from groundrules.zuul_api.http_client import HttpClient
from groundrules.zuul_api.http_limits import HttpLimits
from served_zuul import Answer, ServedZuul, build, served

BUILDS = {"ours": [build(number) for number in range(7, 0, -1)]}
PATH = "/api/tenant/ours/builds"
pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def zuul():
    with served(ServedZuul(BUILDS)) as zuul:
        yield zuul


@pytest.fixture
def client():
    with HttpClient(HttpLimits(pause=0), sleep=lambda _: None) as client:
        yield client


def numbers(zuul, client, tenant="ours", **query):
    """Return the numbers of the builds that are listed, or the message."""
    try:
        builds = ZuulApi(zuul.url, client).builds(tenant, BuildQuery(**query))
        return [int(build.uuid) for build in builds]
    except ZuulApiError as error:
        return str(error).replace(zuul.url, "URL")


def test_nothing_is_requested_before_it_is_needed(zuul, client):
    ZuulApi(zuul.url, client).builds("ours", BuildQuery())
    assert zuul.requests == []


def test_a_page_that_is_not_full_is_the_last(zuul, client):
    assert numbers(zuul, client) == [7, 6, 5, 4, 3, 2, 1]
    assert zuul.requests == [f"{PATH}?limit=200&skip=0"]


def test_several_pages(zuul, client):
    assert numbers(zuul, client, page=3) == [7, 6, 5, 4, 3, 2, 1]
    assert zuul.requests == [f"{PATH}?limit=3&skip={skip}" for skip in (0, 3, 6)]


def test_a_page_is_requested_when_its_first_build_is_needed(zuul, client):
    builds = ZuulApi(zuul.url, client).builds("ours", BuildQuery(page=3))
    assert [int(build.uuid) for build in islice(builds, 3)] == [7, 6, 5]
    assert len(zuul.requests) == 1
    assert int(next(builds).uuid) == 4
    assert len(zuul.requests) == 2


def test_no_more_builds_than_wanted(zuul, client):
    assert numbers(zuul, client, page=3, most=4) == [7, 6, 5, 4]
    assert zuul.requests == [f"{PATH}?limit=3&skip=0", f"{PATH}?limit=1&skip=3"]


def test_no_build_is_an_answer(zuul, client):
    assert numbers(zuul, client, jobs=("other",)) == []


def test_what_is_asked_for(zuul, client):
    query = {
        "projects": ("team/a", "team/b"),
        "pipelines": ("deploy",),
        "jobs": ("web",),
    }
    assert numbers(zuul, client, **query) == [7, 6, 5, 4, 3, 2, 1]
    asked = "project=team%2Fa&project=team%2Fb&pipeline=deploy&job_name=web"
    assert zuul.requests == [f"{PATH}?{asked}&limit=200&skip=0"]


def test_what_a_build_has(zuul, client):
    one = next(ZuulApi(zuul.url, client).builds("ours", BuildQuery()))
    assert (one.job_name, one.result, one.duration, one.pipeline) == (
        *("web", "SUCCESS", 60.0),
        "deploy",
    )
    assert one.project_name == "team/a"
    assert (one.log_url, one.end_time) == ("https://logs.example.org/7/", "2026-11-01T02:01:00")


def test_builds_that_move_to_the_next_page_are_listed_once(zuul, client):
    page = Answer(body=json.dumps(BUILDS["ours"][1:4]).encode())
    zuul.answers = [page]
    assert numbers(zuul, client, page=3) == [6, 5, 4, 3, 2, 1]


def test_a_whole_page_of_builds_can_move_to_the_next_one(zuul, client):
    """One build ends before the last request, which asks for the only one that is missing."""
    builds = ZuulApi(zuul.url, client).builds("ours", BuildQuery(page=3, most=4))
    first = [int(next(builds).uuid) for _ in range(3)]
    zuul.builds = {"ours": [build(8), *BUILDS["ours"]]}
    assert first + [int(one.uuid) for one in builds] == [7, 6, 5, 4]
    skips = [request.partition("skip=")[2] for request in zuul.requests]
    assert skips == ["0", "3", "4"]


def test_pages_of_known_builds_have_an_end(zuul, client):
    pages = cycle([BUILDS["ours"][:3], BUILDS["ours"][2::-1]])
    zuul.always = lambda path: Answer(body=json.dumps(next(pages)).encode())
    message = "URL returns the same builds again on the next page"
    assert numbers(zuul, client, page=3) == message
    assert len(zuul.requests) == 1 + MOST_KNOWN


def test_the_same_page_again_and_again_is_refused(zuul, client):
    page = json.dumps(BUILDS["ours"][:3]).encode()
    zuul.always = lambda path: Answer(body=page)
    message = "URL returns the same builds again on the next page"
    assert numbers(zuul, client, page=3) == message
    assert len(zuul.requests) == 2


def test_a_server_that_never_ends_gives_as_many_as_wanted(zuul, client):
    count = iter(range(10**9))
    zuul.always = lambda path: Answer(
        body=json.dumps([build(next(count)) for _ in range(5)]).encode()
    )
    assert len(numbers(zuul, client, page=5, most=50)) == 50
    assert len(zuul.requests) == 10


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html></html>", "not a list of builds as Zuul returns it: JSON is malformed: invalid "
         "character (byte 0)"),
        (b'{"builds": []}', "not a list of builds as Zuul returns it: Expected `array`, got "
         "`object`"),
        (b"\xff", "not a list of builds as Zuul returns it: JSON is malformed: invalid character "
         "(byte 0)"),
        (b'[{"x": ' + b"[" * 100_000, "the JSON is nested too deeply"),
        (json.dumps(BUILDS["ours"]).encode(), "7 builds came where 3 were asked for"),
    ],
)  # fmt: skip
def test_other_answers_are_refused(zuul, client, body, reason):
    zuul.answers = [Answer(body=body)]
    assert numbers(zuul, client, page=3) == f"URL{PATH}: {reason}"


def test_the_name_of_the_tenant_is_escaped(zuul, client):
    assert (
        numbers(zuul, client, tenant="../../x?y") == "URL has no tenant '../../x?y'; tenants: ours"
    )
    assert zuul.requests[0] == "/api/tenant/..%2F..%2Fx%3Fy/builds?limit=200&skip=0"


def test_an_unknown_tenant_is_reported_with_the_known_ones(zuul, client):
    assert numbers(zuul, client, tenant="our") == "URL has no tenant 'our'; did you mean 'ours'?"


def test_a_server_that_is_no_zuul_is_reported(zuul, client):
    zuul.always = lambda path: Answer(404)
    assert numbers(zuul, client) == "URL/api/tenants: the server answers 404 Not Found"


def test_the_only_tenant_needs_no_name(zuul, client):
    assert ZuulApi(zuul.url, client).tenant(None) == "ours"


def test_a_tenant_with_a_name_needs_no_request(zuul, client):
    assert ZuulApi(zuul.url, client).tenant("any") == "any"
    assert zuul.requests == []


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "URL has 0 tenants; name one; tenants: none"),
        (["b", "a"], "URL has 2 tenants; name one; tenants: a, b"),
    ],
)
def test_several_tenants_need_a_name(zuul, client, names, message):
    zuul.builds = {name: [] for name in names}
    with pytest.raises(ZuulApiError) as raised:
        ZuulApi(zuul.url, client).tenant(None)
    assert str(raised.value).replace(zuul.url, "URL") == message


def test_a_list_of_tenants_in_another_form_is_refused(zuul, client):
    zuul.answers = [Answer(body=b'["ours"]')]
    with pytest.raises(ZuulApiError) as raised:
        ZuulApi(zuul.url, client).tenants()
    message = "URL/api/tenants: the answer is not Zuul's list of tenants"
    assert str(raised.value).replace(zuul.url, "URL") == message
