"""Addresses on the web: which ones are read, and where a redirect may lead."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from groundrules.zuul_api.api_errors import ZuulApiError

_PAGE = re.compile(r"^(?P<base>.*)/t/(?P<tenant>[^/]+)(/.*)?$")


def checked_address(url: str) -> str:
    """Return an address of http or https with a host and without a login.

    Raises `ZuulApiError`.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ZuulApiError(f"{url!r} is not an address: {error}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ZuulApiError(f"{url!r} is not an address that begins with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise ZuulApiError(f"the address of {host} has a login; leave it out")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ZuulApiError(f"{url!r} has characters that an address cannot have")
    return url


def zuul_address(url: str) -> str:
    """Return the address of a Zuul without the slash at its end.

    Raises `ZuulApiError`, also for the address of one of its pages.
    """
    address = checked_address(url).rstrip("/")
    if page := _PAGE.match(address):
        better = f"{page['base']} and the tenant {page['tenant']}"
        raise ZuulApiError(f"{url!r} is the address of a page of Zuul; use {better}")
    parts = urlsplit(address)
    if parts.query or parts.fragment or parts.path.endswith("/api") or "/api/" in parts.path:
        base = address.partition("?")[0].partition("#")[0].partition("/api")[0]
        raise ZuulApiError(f"{url!r} is not the address of a Zuul itself; use {base}")
    return address


def below(address: str, *names: str) -> str:
    """Return the address of a path; slashes in its names are escaped.

    >>> below("https://zuul.example.org", "api", "tenant", "a/b")
    'https://zuul.example.org/api/tenant/a%2Fb'
    """
    return "/".join((address, *(quote(name, safe="") for name in names)))


def is_same_host(one: str, other: str) -> bool:
    """Return whether two addresses have one host and port, and the second is not less secure."""
    first, second = urlsplit(one), urlsplit(other)
    if first.hostname != second.hostname:
        return False
    if first.scheme == second.scheme:
        return _port(one) == _port(other)
    return (first.scheme, second.scheme) == ("http", "https")


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or {"http": 80, "https": 443}[parts.scheme]
