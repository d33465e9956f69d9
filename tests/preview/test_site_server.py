"""What the server gives to a browser, and what it refuses to other sites."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pytest

from groundrules.authoring.preview.processes import listening
from groundrules.authoring.preview.site_server import WAITING, serve

HOST = "127.0.0.1"
PAGE = "<!DOCTYPE html><html><body><p>Text</p></body></html>"
OUTSIDE = "outside"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Served(NamedTuple):
    """A server of a folder, and the connection that tells it of builds."""

    folder: Path
    port: int
    builds: Connection

    def get(self, path: str, **headers: str) -> Answer:
        connection = HTTPConnection(HOST, self.port, timeout=10)
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, text)

    def events(self, query: str, count: int) -> Iterator[str]:
        """Yield the first events of a page."""
        with socket.create_connection((HOST, self.port), 10) as stream:
            request = f"GET /_preview/events?{query} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n\r\n"
            stream.sendall(request.encode())
            lines = stream.makefile("r", encoding="utf-8")
            seen = (line.strip() for line in lines if line.startswith(("event:", "data:")))
            for _ in range(count):
                yield f"{next(seen)} {next(seen)}"


@contextmanager
def running(root: Path) -> Iterator[Served]:
    folder = root / "site"
    (folder / "generated").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "generated/a.html").write_text(PAGE)
    head = '<head><base href="https://manual.example.org/"></head>'
    (folder / "404.html").write_text(f"<html>{head}<body>Not found</body></html>")
    (folder / "style.css").write_text("p {}")
    (root / OUTSIDE).write_text(OUTSIDE)
    reading, writing = Pipe(duplex=False)
    listener = listening(HOST)
    port = listener.getsockname()[1]
    thread = threading.Thread(target=serve, args=(listener, folder, HOST, reading))
    thread.start()
    yield Served(folder, port, writing)
    writing.close()
    thread.join(10)
    reading.close()
    listener.close()
    assert not thread.is_alive(), "the server ends with the program that has started it"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for tests that only read."""
    with running(tmp_path_factory.mktemp("served")) as site:
        yield site


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A server for a test that changes the site, or tells of a build."""
    with running(tmp_path) as site:
        yield site


def number_in(page: str) -> int:
    return int(page.partition('data-build="')[2].partition('"')[0])


def test_a_page_has_the_script_that_loads_it_again(served):
    answer = served.get("/generated/a.html")
    script = f'<script src="/_preview/reload.js" data-build="{number_in(answer.text)}"></script>'
    assert (answer.status, answer.text) == (200, PAGE.replace("</body>", f"{script}</body>"))
    assert answer.headers["cache-control"] == "no-store"
    assert "EventSource" in served.get("/_preview/reload.js").text


def test_the_front_page_has_it_too(served):
    assert "/_preview/reload.js" in served.get("/").text


def test_another_file_is_served_as_it_is(served):
    answer = served.get("/style.css")
    assert (answer.status, answer.text) == (200, "p {}")
    assert answer.headers["cache-control"] == "no-cache"


def test_no_other_site_can_embed_a_file(served):
    for path in ("/style.css", "/", "/_preview/reload.js"):
        assert served.get(path).headers["cross-origin-resource-policy"] == "same-origin"


def test_an_unknown_address_gets_the_page_of_the_manual_for_it(served):
    answer = served.get("/generated/b.html")
    assert answer.status == 404
    assert "Not found" in answer.text
    assert '<head><base href="/"><base href="https://' in answer.text  # the first one counts
    assert "/_preview/reload.js" in answer.text  # it is shown as soon as it is there


def test_before_the_first_build_a_page_waits_for_it(own):
    (own.folder / "index.html").unlink()
    answer = own.get("/generated/a.html")
    assert answer.status == 503
    assert answer.text.startswith(WAITING.removesuffix("</body>"))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example"])
def test_a_request_for_another_host_is_refused(served, host):
    """A name of a stranger can lead to this machine (DNS rebinding)."""
    for path in ("/", "/_preview/events?page=/&build=1", "/style.css"):
        assert served.get(path, Host=host)[::2] == (400, "Invalid host header")


def test_localhost_is_this_machine(served):
    assert served.get("/", Host=f"localhost:{served.port}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/../{OUTSIDE}", f"/%2e%2e/{OUTSIDE}", f"/generated/../../{OUTSIDE}", f"/..%2f{OUTSIDE}",
        f"//{OUTSIDE}", f"/generated/%2e%2e/%2e%2e/{OUTSIDE}", f"/..\\{OUTSIDE}", "/%00",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_site(served, path):
    answer = served.get(path)
    assert answer.status in (400, 404)
    assert OUTSIDE not in answer.text


def test_no_link_leads_out_of_the_site(own, tmp_path):
    (own.folder / "link.css").symlink_to(tmp_path / OUTSIDE)
    (own.folder / "link.html").symlink_to(tmp_path / OUTSIDE)
    (own.folder / "folder").symlink_to(tmp_path)
    for path in ("/link.css", "/link.html", f"/folder/{OUTSIDE}"):
        assert own.get(path).status == 404


def test_a_folder_is_not_listed(served):
    answer = served.get("/generated/")
    assert answer.status == 404
    assert "a.html" not in answer.text


def test_nothing_can_be_sent(served):
    connection = HTTPConnection(HOST, served.port, timeout=10)
    connection.request("POST", "/index.html", body="x")
    assert connection.getresponse().status == 405
    connection.close()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_origin_gets_no_events(served, origin):
    assert served.get("/_preview/events?page=/&build=1", Origin=origin).status == 403


def test_events_are_for_a_page_that_says_how_old_it_is(served):
    assert served.get("/_preview/events?page=/&build=x").status == 403


def test_a_written_page_is_loaded_again(own):
    build = number_in(own.get("/").text)
    note(own, pages=["index.html"])
    assert [*own.events(f"page=/&build={build}", 1)] == ["event: reload data:"]


def test_mistakes_are_shown_on_a_page_that_stays(own):
    build = number_in(own.get("/").text)
    note(own, pages=[], problems=["a.yaml:1: wrong"], failed=True)
    data = json.dumps({"problems": ["a.yaml:1: wrong"], "failed": True})
    assert [*own.events(f"page=/&build={build}", 1)] == [f"event: problems data: {data}"]


def note(served: Served, **build: object) -> None:
    served.builds.send_bytes(json.dumps(build).encode())
