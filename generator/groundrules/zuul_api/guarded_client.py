"""`GuardedClient`: an `HttpClient` for addresses that a stranger named."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from typing_extensions import override

from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.http_client import HttpClient, new_client
from groundrules.zuul_api.http_limits import HttpLimits
from groundrules.zuul_api.pace import Pace, within
from groundrules.zuul_api.public_addresses import HostGuard, literal

if TYPE_CHECKING:
    import httpx


class GuardedClient(HttpClient):
    """Gets files from hosts that a guard allows, at a pace.

    The addresses of a host are checked, and the connection is made to one of those, so that a
    name which then leads elsewhere is of no use.  Through a proxy, which looks names up itself,
    only addresses and ``localhost`` are checked.
    """

    def __init__(
        self,
        guard: HostGuard,
        pace: Pace,
        limits: HttpLimits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(limits, sleep)
        self._guard, self._pace = guard, pace
        self._place: tuple[str, str, int | None] | None = None
        self._addresses: list[str] = []

    @override
    def _try(self, address: str) -> tuple[bytes | httpx.Response | None, str, float | None]:
        import httpx

        self._pace.wait()
        self._turn_to(httpx.URL(address))
        return super()._try(address)

    @override
    def _request(self, address: str) -> bytes | httpx.Response:
        import httpx

        client, addresses = self._client, self._addresses
        if not addresses:
            return super()._request(address)
        *others, last = addresses
        for ip in others:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._request_at(client, httpx.URL(address), ip)
        return self._request_at(client, httpx.URL(address), last)

    def _request_at(self, client: httpx.Client, url: httpx.URL, ip: str) -> bytes | httpx.Response:
        """Return the answer of a host at one of its addresses."""
        with client.stream(
            "GET",
            url.copy_with(host=ip),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},  # certificates need it too
        ) as response:
            return self._read(response)

    def _turn_to(self, url: httpx.URL) -> None:
        """Use a client of its own for each host: connections are kept by address, not by name."""
        place = url.scheme, url.host, url.port
        if place == self._place:
            return
        self._place, proxy = None, _proxy(url)
        if proxy:
            self._guard.check(url.host, literal(url.host))
        addresses = [] if proxy else self._looked_up(url)
        self._client.close()
        self._client = new_client(self.limits, proxy, is_alone=True)
        self._place, self._addresses = place, addresses

    def _looked_up(self, url: httpx.URL) -> list[str]:
        port = url.port or {"http": 80, "https": 443}[url.scheme]
        try:
            return within(self.limits.connect, lambda: self._guard.addresses(url.host, port))
        except TimeoutError:
            seconds = self.limits.connect
            raise ZuulApiError(f"the server cannot be reached within {seconds:g} s") from None


def _proxy(url: httpx.URL) -> str | None:
    """Return the proxy that the environment names for an address."""
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return None if proxy is None or proxy_bypass(url.host) else proxy
