"""Serves the built pages on this machine, and tells them when to load again.

Other sites must not read a manual through the reader's browser.  So requests for another host are
refused, events for pages of another origin too, and no other origin can embed a file.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from typing_extensions import override

from groundrules.authoring.preview.changed_pages import FRONT, ChangedPages, address_of
from groundrules.confined import Confined

LARGEST = 64 * 2**20  # bytes of a page
HERE = "/_preview"
HOSTS = ("127.0.0.1", "localhost")
HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
SCRIPT = Path(__file__).with_name("reload.js")
WAITING = (
    "<!DOCTYPE html><html lang=en><title>Preview</title>"
    "<body><h1>The manual is being built</h1><p>This page loads again when it is there.</p></body>"
)


class Site(StaticFiles):
    """The files of a built manual; each page gets the script that loads it again."""

    def __init__(self, folder: Path, builds: ChangedPages) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder, self._builds = folder, builds

    @override
    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        if scope["method"] in ("GET", "HEAD") and not (self._folder / FRONT).is_file():
            return self._page(WAITING.encode(), HTTPStatus.SERVICE_UNAVAILABLE)
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and Path(response.path).suffix == ".html":
            name = Path(response.path).relative_to(self._folder).as_posix()
            return self._page(Confined(self._folder).read(name, LARGEST), response.status_code)
        response.headers.update(HEADERS)
        return response

    def _page(self, text: bytes, status: int) -> Response:
        script = f'<script src="{HERE}/reload.js" data-build="{self._builds.number}"></script>'
        before, end, after = text.rpartition(b"</body>")
        text = before + script.encode() + end + after if end else text + script.encode()
        if status == HTTPStatus.NOT_FOUND:  # the page itself names the published manual
            text = text.replace(b"<head>", b'<head><base href="/">', 1)
        return HTMLResponse(text, status, {**HEADERS, "Cache-Control": "no-store"})


def application(folder: Path, builds: ChangedPages, host: str = HOSTS[0]) -> Starlette:
    """Return the application that serves ``folder`` at ``host``."""

    async def events(request: Request) -> Response:
        origin, own = request.headers.get("origin"), str(request.base_url).rstrip("/")
        since = request.query_params.get("build", "")
        if (origin is not None and origin != own) or not since.isdecimal():
            return Response("refused", HTTPStatus.FORBIDDEN)
        stream = builds.events(address_of(request.query_params.get("page", "")), int(since))
        return StreamingResponse(stream, headers=HEADERS, media_type="text/event-stream")

    async def script(request: Request) -> Response:
        return FileResponse(SCRIPT, headers=HEADERS, media_type="text/javascript")

    return Starlette(
        routes=[
            Route(f"{HERE}/events", events),
            Route(f"{HERE}/reload.js", script),
            Mount("/", Site(folder, builds)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[*HOSTS, host], www_redirect=False)
        ],
    )


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to this program."""
        yield


def serve(listener: socket.socket, folder: Path, host: str, messages: Connection) -> None:
    """Serve until the other end of ``messages`` is closed."""
    asyncio.run(_serve(listener, folder, host, messages))


async def _serve(listener: socket.socket, folder: Path, host: str, messages: Connection) -> None:
    builds = ChangedPages()
    config = uvicorn.Config(
        application(folder, builds, host), log_config=None, lifespan="off", ws="none"
    )
    server = _Server(config)

    def receive() -> None:
        try:
            builds.note(**json.loads(messages.recv_bytes()))
        except EOFError:
            server.should_exit = server.force_exit = True
            asyncio.get_running_loop().remove_reader(messages.fileno())

    asyncio.get_running_loop().add_reader(messages.fileno(), receive)
    await server.serve(sockets=[listener])
