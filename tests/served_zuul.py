"""A Zuul of the tests' own on the loopback: what it answers, and what it was asked."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

JSON = {"Content-Type": "application/json; charset=utf-8"}


class Answer:
    """A status, headers, and a body in parts; ``after`` is called between two parts."""

    def __init__(self, status=200, headers=JSON, body=b"[]", after=None):
        self.status, self.headers = status, headers
        self.parts = [body] if isinstance(body, bytes) else body
        self.after = after


def build(number, job="web", result="SUCCESS", duration=60.0, pipeline="deploy", project="team/a"):
    """Return a build with the keys that Zuul 14 writes."""
    return {
        "_id": number,
        "uuid": f"{number:032}",
        "job_name": job,
        "result": result,
        "held": False,
        "execute_time": "2026-11-01T02:00:00",
        "start_time": "2026-11-01T02:00:00",
        "end_time": "2026-11-01T02:01:00",
        "duration": duration,
        "voting": True,
        "log_url": f"https://logs.example.org/{number}/",
        "nodeset": "small",
        "error_detail": None,
        "final": True,
        "artifacts": [],
        "provides": [],
        "ref": {"project": project, "branch": "main", "change": 1, "ref": "refs/changes/01/1/1"},
        "pipeline": pipeline,
        "event_id": "e",
        "buildset": {"uuid": "b"},
    }


class ServedZuul:
    """Answers as Zuul's REST API does.

    ``builds`` are listed by tenant, the newest first.  ``answers`` are used up before that, in
    their order; ``requests`` are the paths with their queries.
    """

    def __init__(self, builds=None):
        self.builds = builds or {}
        self.answers: list[Answer] = []
        self.always: Callable[[str], Answer | None] = lambda path: None
        self.requests: list[str] = []
        self.agents: list[str | None] = []
        self.hosts: list[str | None] = []
        self.released = threading.Event()
        self.url = ""

    def answer(self, path: str) -> Answer:
        self.requests.append(path)
        if self.answers:
            return self.answers.pop(0)
        return self.always(path) or self._api(urlsplit(path))

    def _api(self, parts) -> Answer:
        match parts.path.split("/")[1:]:
            case ["api", "tenants"]:
                return self._json([{"name": name} for name in self.builds])
            case ["api", "tenant", tenant, "builds"] if tenant in self.builds:
                return self._json(self._listed(tenant, parse_qs(parts.query)))
        return Answer(404, body=b'{"description": "Not found", "error": "not found"}')

    def _json(self, value) -> Answer:
        return Answer(body=json.dumps(value).encode())

    def _listed(self, tenant, query):
        keys = {"pipeline": "pipeline", "job_name": "job_name", "result": "result"}
        builds = [
            build
            for build in self.builds[tenant]
            if all(build[key] in query[name] for name, key in keys.items() if name in query)
            and build["ref"]["project"] in query.get("project", [build["ref"]["project"]])
        ]
        skip, limit = int(query.get("skip", ["0"])[0]), int(query.get("limit", ["50"])[0])
        return builds[skip : skip + limit]


@contextmanager
def served(zuul: ServedZuul, tls: ssl.SSLContext | None = None) -> Iterator[ServedZuul]:
    """Serve a Zuul until the end of the block, over https with a context."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            zuul.agents.append(self.headers["User-Agent"])
            zuul.hosts.append(self.headers["Host"])
            answer = zuul.answer(self.path)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for number, part in enumerate(answer.parts):
                    if number and answer.after:
                        answer.after()
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:
                pass  # the client has left

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    zuul.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield zuul
    finally:
        zuul.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
