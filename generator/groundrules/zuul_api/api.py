"""`ZuulApi`: the tenants and builds of a running Zuul.

The endpoints are those that Zuul describes under ``/openapi`` and in its documentation
(https://zuul-ci.org/docs/zuul/latest/rest-api.html).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from groundrules.nearest import did_you_mean
from groundrules.zuul_api.address import below, zuul_address
from groundrules.zuul_api.api_errors import NotThereError, ZuulApiError
from groundrules.zuul_api.build import Build, BuildQuery, BuildRecordsError, builds_of
from groundrules.zuul_api.http_client import HttpClient

MOST_KNOWN = 10
"""Pages in a row without a new build, after which the next one is not asked for."""


class _Tenant(Struct):
    name: str


class ZuulApi:
    """A running Zuul at ``url``, such as ``https://zuul.example.org``.

    Nothing is requested before a method is called.  Raises `ZuulApiError` for another address.
    """

    def __init__(self, url: str, client: HttpClient) -> None:
        self.url, self._client = zuul_address(url), client

    def tenants(self) -> list[str]:
        """Return the names of its tenants.  Raises `ZuulApiError`."""
        address = below(self.url, "api", "tenants")
        text = self._client.get(address)
        try:
            return [tenant.name for tenant in msgspec.json.decode(text, type=list[_Tenant])]
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise ZuulApiError(f"{address}: the answer is not Zuul's list of tenants") from None

    def tenant(self, name: str | None) -> str:
        """Return the tenant ``name``, or the only one.  Raises `ZuulApiError`."""
        if name is not None:
            return name
        tenants = self.tenants()
        if len(tenants) == 1:
            return tenants[0]
        hint = did_you_mean("", tenants, "tenants")
        raise ZuulApiError(f"{self.url} has {len(tenants)} tenants; name one{hint}")

    def builds(self, tenant: str, query: BuildQuery) -> Iterator[Build]:
        """Yield the builds of a tenant, the newest first, each once.

        A page is requested when its first build is needed.  Raises `ZuulApiError`.
        """
        seen: set[str] = set()
        last: list[str] = []
        skip = known = 0
        while len(seen) < query.most:
            size = min(query.page, query.most - len(seen))
            page = self._page(tenant, query, size, skip)
            # builds that end between two requests move others to the next page, or all of them
            new = {build.uuid: build for build in page if build.uuid not in seen}
            uuids = [build.uuid for build in page]
            known = 0 if new else known + 1
            if page and not new and (uuids == last or known >= MOST_KNOWN):
                raise ZuulApiError(f"{self.url} returns the same builds again on the next page")
            seen.update(new)
            yield from new.values()
            if len(page) < size:
                return
            skip, last = skip + len(page), uuids

    def _page(self, tenant: str, query: BuildQuery, size: int, skip: int) -> list[Build]:
        address = below(self.url, "api", "tenant", tenant, "builds")
        place = (("limit", str(size)), ("skip", str(skip)))
        try:
            page = builds_of(self._client.get(address, (*query.parameters(), *place)))
        except NotThereError:
            hint = did_you_mean(tenant, self.tenants(), "tenants")
            raise ZuulApiError(f"{self.url} has no tenant {tenant!r}{hint}") from None
        except BuildRecordsError as error:
            raise ZuulApiError(f"{address}: {error}") from None
        if len(page) > size:
            raise ZuulApiError(f"{address}: {len(page)} builds came where {size} were asked for")
        return page
