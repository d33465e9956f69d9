"""`HttpClient`: bounded answers over HTTP, from servers that may be slow, broken or hostile."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from groundrules.zuul_api.address import checked_address, is_same_host
from groundrules.zuul_api.api_errors import NotThereError, ZuulApiError
from groundrules.zuul_api.http_limits import HttpLimits, asked_pause, is_tried_again, own_pause
from groundrules.zuul_api.pace import within

if TYPE_CHECKING:
    from ssl import SSLContext

    import httpx


CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables with the place of certificates, which httpx and OpenSSL read."""

_EITHER = 32 + zlib.MAX_WBITS
"""zlib's number for gzip and deflate alike."""

Parameters = Sequence[tuple[str, str]]
"""Names and values of a query; a name can be repeated."""


class HttpClient:
    """Gets files over http or https; use it in a ``with`` statement.

    Proxies come from the environment, as everywhere.  ``sleep`` waits between tries.

    Raises `ImportError` without httpx, which the extra ``plan`` installs, and `ZuulApiError` if
    the environment names a proxy or certificates that cannot be used.
    """

    def __init__(
        self, limits: HttpLimits | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.limits, self._sleep = limits or HttpLimits(), sleep
        self._client = new_client(self.limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def get(self, url: str, parameters: Parameters = ()) -> bytes:
        """Return what is at an address.

        Redirects lead to the same host only.  Raises `NotThereError` if nothing is there, and
        `ZuulApiError` otherwise; their messages begin with the address.
        """
        import httpx

        try:
            place = httpx.URL(checked_address(url)).copy_merge_params(list(parameters))
            _, address = place.host, str(place)  # httpx decodes "xn--" only where a host is read
        except (httpx.InvalidURL, UnicodeError) as error:
            raise ZuulApiError(f"{url!r} is not an address: {error}") from None
        try:
            for _ in range(self.limits.redirects + 1):
                answer = self._answer(address)
                if isinstance(answer, bytes):
                    return answer
                address = self._next(address, answer)
        except ZuulApiError as error:
            raise type(error)(f"{address}: {error}") from None
        raise ZuulApiError(f"{address}: more than {self.limits.redirects} redirects")

    def _next(self, address: str, redirect: httpx.Response) -> str:
        """Return where a redirect leads to."""
        location = redirect.headers.get("location")
        if location is None:
            raise ZuulApiError("the redirect does not say where to")
        target = checked_address(_joined(address, location))
        if not is_same_host(address, target):
            raise ZuulApiError(f"the redirect to {target} leads to another host")
        return target

    def _answer(self, address: str) -> bytes | httpx.Response:
        """Return the body at an address, or a redirect; try again where that can help."""
        tries = 1
        while True:
            answer, reason, asked = self._try(address)
            if answer is not None:
                return answer
            if tries >= self.limits.tries:
                raise ZuulApiError(f"{reason}, {tries} times")
            pause = own_pause(self.limits, tries) if asked is None else asked
            if pause > self.limits.longest_pause:
                raise ZuulApiError(f"{reason}; try again in {pause:g} s, as the server asks")
            self._sleep(pause)
            tries += 1

    def _try(self, address: str) -> tuple[bytes | httpx.Response | None, str, float | None]:
        """Return an answer; or why there is none, and the pause that the server asks for."""
        import httpx

        try:
            answer = within(self.limits.answer, lambda: self._request(address))
        except TimeoutError:
            raise ZuulApiError(f"the answer takes longer than {self.limits.answer:g} s") from None
        except httpx.TimeoutException as error:
            raise ZuulApiError(self._timeout(error)) from None
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            return None, "the connection was lost", None
        except httpx.ConnectError as error:
            raise ZuulApiError(f"the server cannot be reached: {error}") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ZuulApiError(f"the request failed: {error}") from None
        if isinstance(answer, bytes) or not is_tried_again(answer.status_code):
            return answer, "", None
        return None, f"the server answers {_status(answer)}", asked_pause(answer.headers)

    def _request(self, address: str) -> bytes | httpx.Response:
        """Return the body at an address; the response without one if it has none to read."""
        with self._client.stream("GET", address) as response:
            return self._read(response)

    def _read(self, response: httpx.Response) -> bytes | httpx.Response:
        status = response.status_code
        if response.is_success:
            encoding = response.headers.get("content-encoding", "").strip().lower()
            return body_of(response.iter_raw(), encoding, self.limits.bytes)
        if status in (301, 302, 303, 307, 308) or is_tried_again(status):
            return response
        if status in (401, 403):
            raise ZuulApiError(f"the server answers {_status(response)}; logins are not supported")
        error = NotThereError if status in (404, 410) else ZuulApiError
        raise error(f"the server answers {_status(response)}")

    def _timeout(self, error: httpx.TimeoutException) -> str:
        import httpx

        if isinstance(error, httpx.ConnectTimeout):
            return f"the server cannot be reached within {self.limits.connect:g} s"
        return f"the server sends nothing for {self.limits.silence:g} s"


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise ZuulApiError(f"the redirect to {location!r} leads nowhere: {error}") from None


def new_client(
    limits: HttpLimits, proxy: str | None = None, *, is_alone: bool = False
) -> httpx.Client:
    """Return a client of httpx; one that is alone uses ``proxy`` and not the environment's.

    Raises `ZuulApiError`.
    """
    import httpx

    from groundrules import __version__

    headers = {"User-Agent": f"groundrules/{__version__}", "Accept-Encoding": "gzip, deflate"}
    timeout = httpx.Timeout(limits.silence, connect=limits.connect)
    try:
        return httpx.Client(
            headers=headers,
            timeout=timeout,
            follow_redirects=False,
            proxy=proxy,
            trust_env=not is_alone,
            verify=_certificates(*map(os.environ.get, CERTIFICATES)),
        )
    except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
        raise ZuulApiError(f"the proxy or certificates cannot be used: {error}") from None


@cache  # reading them takes longer than asking a server for a file
def _certificates(file: str | None, folder: str | None) -> SSLContext:
    """Return what is trusted if the environment has these `CERTIFICATES`."""
    import httpx

    return httpx.create_ssl_context()


def _status(response: httpx.Response) -> str:
    return f"{response.status_code} {response.reason_phrase}".strip()


def body_of(chunks: Iterable[bytes], encoding: str, largest: int) -> bytes:
    """Return a body of at most ``largest`` bytes.

    ``chunks`` come from the server; ``encoding`` is its ``Content-Encoding``.  Raises
    `ZuulApiError` for a body that is too large or damaged.
    """
    if encoding not in ("", "identity", "gzip", "deflate"):
        raise ZuulApiError(f"the answer is compressed as {encoding[:40]!r}, which was not asked")
    plain = _decompressed(chunks, largest) if encoding in ("gzip", "deflate") else chunks
    body = bytearray()
    for chunk in plain:
        body += chunk
        if len(body) > largest:
            raise ZuulApiError(f"the answer has more than {largest:,} bytes")
    return bytes(body)


def _decompressed(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """Yield what chunks decompress to, at most one byte more than ``largest`` at a time."""
    inflate = zlib.decompressobj(_EITHER)
    try:
        for chunk in chunks:
            yield inflate.decompress(chunk, largest + 1)
            if inflate.unconsumed_tail:  # the rest of a chunk that is larger than all allowed
                return
    except zlib.error as error:
        raise ZuulApiError(f"the answer is damaged: {error}") from None
    if not inflate.eof:
        raise ZuulApiError("the answer ends too early")
