"""Answers over HTTP: good ones, and servers that are slow, endless, broken or lead elsewhere."""

from __future__ import annotations

import gzip
import socket
import sys
import zlib

import pytest

from groundrules import __version__
from groundrules.zuul_api.api_errors import NotThereError, ZuulApiError
from groundrules.zuul_api.http_client import HttpClient
from groundrules.zuul_api.http_limits import HttpLimits, asked_pause
from served_zuul import Answer, ServedZuul, served

SMALL = HttpLimits(connect=5, silence=5, answer=10, bytes=1000)
DATE = "Sun, 01 Nov 2026 02:00"
pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def zuul():
    with served(ServedZuul()) as zuul:
        yield zuul


class Pauses(list[float]):
    """The pauses that a client made; none of them takes time."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def got(zuul, *answers, limits=SMALL, parameters=(), pauses=None):
    """Return what a client gets, or the message without the address."""
    zuul.answers = list(answers)
    with HttpClient(limits, Pauses() if pauses is None else pauses) as client:
        try:
            return client.get(f"{zuul.url}/file", parameters)
        except ZuulApiError as error:
            return str(error).removeprefix(f"{zuul.url}/").replace(zuul.url, "URL")


def test_a_file_is_read(zuul):
    assert got(zuul, Answer(body=b"text")) == b"text"
    assert zuul.requests == ["/file"]


def test_an_empty_file_is_read(zuul):
    assert got(zuul, Answer(body=b"")) == b""


def test_parameters_are_escaped_and_can_be_repeated(zuul):
    got(zuul, Answer(), parameters=(("project", "a/b c"), ("project", "d&e=f")))
    assert zuul.requests == ["/file?project=a%2Fb+c&project=d%26e%3Df"]


def test_parameters_join_those_of_the_address(zuul):
    zuul.answers = [Answer()]
    with HttpClient(SMALL) as client:
        client.get(f"{zuul.url}/file?sig=1", [("limit", "2")])
    assert zuul.requests == ["/file?sig=1&limit=2"]


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_file_is_read(zuul, name, pack):
    headers = {"Content-Encoding": name}
    assert got(zuul, Answer(headers=headers, body=pack(b"text"))) == b"text"


def test_an_answer_as_large_as_allowed_is_read(zuul):
    assert got(zuul, Answer(body=b"x" * 1000)) == b"x" * 1000


def test_a_larger_one_is_refused(zuul):
    assert got(zuul, Answer(body=b"x" * 1001)) == "file: the answer has more than 1,000 bytes"


def test_an_endless_one_is_refused(zuul):
    def endless():
        while not zuul.released.is_set():
            yield b"x" * 100

    assert got(zuul, Answer(body=endless())) == "file: the answer has more than 1,000 bytes"


def test_a_small_answer_that_is_large_when_decompressed_is_refused(zuul):
    bomb = Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * 10_000_000))
    assert got(zuul, bomb) == "file: the answer has more than 1,000 bytes"


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        (
            {"Content-Encoding": "gzip"},
            b"not gzip",
            "file: the answer is damaged: Error -3 while decompressing data: incorrect header "
            "check",
        ),
        (
            {"Content-Encoding": "gzip"},
            gzip.compress(b"text", mtime=0)[:-9],
            "file: the answer ends too early",
        ),
        (
            {"Content-Encoding": "br"},
            b"",
            "file: the answer is compressed as 'br', which was not asked",
        ),
    ],
)
def test_a_damaged_answer_is_refused(zuul, headers, body, message):
    assert got(zuul, Answer(headers=headers, body=body)) == message


def test_a_server_that_sends_nothing_is_left(zuul):
    silent = Answer(body=[b"[", b"]"], after=zuul.released.wait)
    limits = HttpLimits(silence=0.1)
    assert got(zuul, silent, limits=limits) == "file: the server sends nothing for 0.1 s"


def test_a_server_that_sends_a_byte_now_and_then_is_left(zuul):
    drip = Answer(body=[b"x"] * 10_000, after=lambda: zuul.released.wait(0.02))
    limits = HttpLimits(silence=5, answer=0.3)
    assert got(zuul, drip, limits=limits) == "file: the answer takes longer than 0.3 s"


def test_a_server_that_sends_its_headers_so_is_left():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        HttpClient(HttpLimits(answer=0.3)) as client,
    ):
        url = f"http://127.0.0.1:{server.getsockname()[1]}/file"
        with pytest.raises(ZuulApiError) as raised:
            client.get(url)
    assert str(raised.value) == f"{url}: the answer takes longer than 0.3 s"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_is_busy_is_asked_again(zuul, status):
    pauses = Pauses()
    busy = Answer(status, {"Retry-After": "7"})
    assert got(zuul, busy, Answer(status), Answer(body=b"text"), pauses=pauses) == b"text"
    assert pauses == [7, 2]
    assert zuul.requests == ["/file"] * 3


def test_a_date_in_retry_after_that_has_passed_needs_no_pause(zuul):
    pauses = Pauses()
    zuul.answers = [Answer(503, {"Retry-After": "Thu, 01 Jan 1970 00:00:09 GMT"}), Answer()]
    with HttpClient(SMALL, pauses) as client:
        client.get(f"{zuul.url}/file")
    assert pauses == [0]


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"retry-after": "9"}, 9),
        ({"retry-after": f"{DATE}:09 GMT", "date": f"{DATE}:00 GMT"}, 9),
        ({"retry-after": f"{DATE}:09 GMT"}, None),
        ({"retry-after": f"{DATE}:09 -0000", "date": f"{DATE}:00 GMT"}, None),
        ({"retry-after": "-9"}, None),
        ({"retry-after": "9" * 5000}, None),
        ({"retry-after": "soon", "date": "now"}, None),
        ({}, None),
    ],
)
def test_a_date_in_retry_after_is_compared_with_the_date_of_the_answer(headers, pause):
    assert asked_pause(headers) == pause


def test_a_server_that_stays_busy_is_left(zuul):
    pauses = Pauses()
    answers = [Answer(503, {"Retry-After": "soon"})] * 9
    message = "file: the server answers 503 Service Unavailable, 4 times"
    assert got(zuul, *answers, pauses=pauses) == message
    assert pauses == [1, 2, 4]


def test_a_pause_that_is_too_long_is_not_made(zuul):
    pauses = Pauses()
    message = (
        "file: the server answers 429 Too Many Requests; try again in 3600 s, as the server asks"
    )
    assert got(zuul, Answer(429, {"Retry-After": "3600"}), pauses=pauses) == message
    assert pauses == []


def test_a_lost_connection_is_tried_again(zuul):
    cut = Answer(headers={"Content-Length": "9"}, body=b"text")
    assert got(zuul, cut, Answer(body=b"text")) == b"text"


def test_a_connection_that_is_always_lost_is_given_up(zuul):
    cut = Answer(headers={"Content-Length": "9"}, body=b"text")
    assert got(zuul, *[cut] * 9) == "file: the connection was lost, 4 times"


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "file: the server answers 400 Bad Request"),
        (401, "file: the server answers 401 Unauthorized; logins are not supported"),
        (403, "file: the server answers 403 Forbidden; logins are not supported"),
        (304, "file: the server answers 304 Not Modified"),
    ],
)
def test_a_refusal_is_not_tried_again(zuul, status, message):
    assert got(zuul, Answer(status)) == message
    assert zuul.requests == ["/file"]


def test_a_file_that_is_not_there_has_an_error_of_its_own(zuul):
    with HttpClient(SMALL) as client, pytest.raises(NotThereError) as raised:
        client.get(f"{zuul.url}/file")
    assert str(raised.value) == f"{zuul.url}/file: the server answers 404 Not Found"


def to(location, status=302):
    return Answer(status, {"Location": location})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(zuul, status):
    assert got(zuul, to("/other?a=b", status), Answer(body=b"text")) == b"text"
    assert zuul.requests == ["/file", "/other?a=b"]


@pytest.mark.parametrize(
    ("location", "message"),
    [
        (
            "http://elsewhere.example.org/file",
            "file: the redirect to http://elsewhere.example.org/file leads to another host",
        ),
        (
            "http://127.0.0.1:1/file",
            "file: the redirect to http://127.0.0.1:1/file leads to another host",
        ),
        (
            "//169.254.169.254/latest",
            "file: the redirect to http://169.254.169.254/latest leads to another host",
        ),
        (
            "file:///etc/passwd",
            "file: 'file:///etc/passwd' is not an address that begins with https:// or http://",
        ),
        (
            "http://user:password@127.0.0.1/",
            "file: the address of 127.0.0.1 has a login; leave it out",
        ),
        ("http://[", "file: the redirect to 'http://[' leads nowhere: Invalid IPv6 URL"),
    ],
)
def test_other_redirects_are_refused(zuul, location, message):
    assert got(zuul, to(location)) == message
    assert zuul.requests == ["/file"]


def test_redirects_in_a_circle_are_left(zuul):
    assert got(zuul, *[to("/file")] * 9) == "file: more than 3 redirects"


def test_a_redirect_without_a_place_is_refused(zuul):
    assert got(zuul, Answer(302)) == "file: the redirect does not say where to"


def test_a_server_that_is_not_there_is_named():
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/file"
    with HttpClient(SMALL) as client, pytest.raises(ZuulApiError) as raised:
        client.get(url)
    message = f"{url}: the server cannot be reached: [Errno 111] Connection refused"
    assert str(raised.value) == message


def test_a_proxy_that_cannot_be_used_is_reported(monkeypatch):
    monkeypatch.setenv("http_proxy", "ftp://proxy.example.org")
    with pytest.raises(ZuulApiError) as raised:
        HttpClient(SMALL)
    assert str(raised.value).startswith("the proxy or certificates cannot be used: Unknown scheme")


def test_without_the_library_an_import_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(ImportError) as raised:
        HttpClient(SMALL)
    assert raised.value.name == "httpx"


def test_the_request_says_who_asks(zuul):
    got(zuul, Answer())
    assert zuul.agents == [f"groundrules/{__version__}"]
