"""`HostGuard`: whether an address that a stranger named may be asked for files.

A Zuul names the servers of its logs.  It could name this machine, or one of a network that only
this machine reaches: "server-side request forgery" (https://owasp.org/www-community/attacks/).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress

from groundrules.zuul_api.api_errors import ZuulApiError

Resolve = Callable[[str, int], list[str]]
"""Returns the IP addresses of a host; raises `OSError`."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""What IANA gives to the internet; all other IPv6 addresses are local, or lead to IPv4."""

_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        *("2001::/23", "2001:db8::/32", "3fff::/20"),
    )
)
"""The special purposes of https://www.iana.org/assignments/iana-ipv4-special-registry and of its
IPv6 twin, as the tables of Python differ between its releases."""

_NUMBER = re.compile("0x[0-9a-f]*|[0-9]*")
"""The last label of what is no name: https://url.spec.whatwg.org/#ends-in-a-number-checker."""

_OCTAL = re.compile(r"(^|\.)0[0-9]")
"""A part of an address that some programs read as octal, and others as decimal."""


def is_public(address: str) -> bool:
    """Return whether an IP address can be one of the internet, also where it contains another.

    >>> is_public("9.9.9.9"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not any(ip in network for network in _SPECIAL)


def resolved(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, in the order of the system.  Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class HostGuard:
    """The hosts that the user named, and the rule for all others.

    ``zuul`` is the host of the Zuul, and ``own`` are others that may have any address.  The rest
    need public addresses, unless the Zuul has none: then the user is in its network.  Only the
    first look-up of the Zuul decides that, because its owner also runs its DNS, which can answer a
    later one with other addresses.
    """

    def __init__(self, zuul: str, own: Iterable[str] = (), resolve: Resolve = resolved) -> None:
        self._zuul, self._own = zuul.lower(), {host.lower() for host in own}
        self._resolve = resolve
        self._pinned: dict[str, list[str]] = {}

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host that may be asked.

        Raises `ZuulApiError` if it has none, or one that is not allowed.
        """
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise ZuulApiError(f"the server cannot be reached: {error}") from None
        return self.check(host, addresses)

    def check(self, host: str, addresses: list[str]) -> list[str]:
        """Return the addresses of a host; for the Zuul, those of its first look-up.

        Raises `ZuulApiError` for a host with an address that is not allowed.
        """
        if host.lower() == self._zuul:
            # one call that keeps the first, because a look-up that timed out goes on in its thread;
            # with a proxy, no addresses are known
            addresses = self._pinned.setdefault(self._zuul, addresses) or addresses
        private = next((address for address in addresses if not is_public(address)), None)
        if private and not self._is_inside and host.lower() not in self._own:
            raise ZuulApiError(
                f"{host} has the address {private}, which is not public; to read from it, use "
                f"--log-host {host}"
            )
        return addresses

    @property
    def _is_inside(self) -> bool:
        """Whether the first look-up of the Zuul gave private addresses only."""
        pinned = self._pinned.get(self._zuul, [])
        return bool(pinned) and not any(map(is_public, pinned))


def literal(host: str) -> list[str]:
    """Return the address that a host is itself; empty for a name other than ``localhost``.

    Raises `ZuulApiError` for what a proxy could read as another address than this function.

    >>> literal("10.1"), literal("0xa9fea9fe"), literal("logs.example.org")
    (['10.0.0.1'], ['169.254.169.254'], [])
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return ["127.0.0.1"]
    with suppress(ValueError):
        return [str(ipaddress.ip_address(name))]
    if "%" not in name and not _NUMBER.fullmatch(name.rpartition(".")[2]):
        return []
    with suppress(OSError):
        if not _OCTAL.search(name):
            return [socket.inet_ntoa(socket.inet_aton(name))]
    raise ZuulApiError(f"{host} is neither a host name nor an IP address such as 192.0.2.1")
