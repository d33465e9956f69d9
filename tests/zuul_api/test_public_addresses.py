"""Which addresses a stranger may name: those of the internet, and those of the user's own hosts."""

from __future__ import annotations

import ipaddress

import pytest

from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.public_addresses import HostGuard, is_public, literal

PRIVATE = "10.0.0.7"
REFUSED = "logs has the address 10.0.0.7, which is not public; to read from it, use --log-host logs"


@pytest.mark.parametrize(
    "address",
    [
        "9.9.9.9", "198.41.0.4", "1.0.0.1", "192.0.1.1", "192.88.98.1", "223.255.255.254",
        "2620:fe::fe", "2001:200::1", "2a00:1450::1", "::ffff:9.9.9.9", "64:ff9b::909:909",
        "2002:909:909::1",
    ],
)  # fmt: skip
def test_an_address_of_the_internet_is_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "0.0.0.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b:1::7f00:1",
        "64:ff9b:1::909:909", "2001:0:7f00:1::f6f6:f6f6", "::127.0.0.1", "::9.9.9.9",
        "::ffff:0:127.0.0.1", "fec0::1", "5f00::1", "100::1", "2001:0:7f00:1::", "2001:20::1",
        "3fff::1", "192.0.0.8", "192.0.0.9", "192.88.99.1", "198.18.0.1",
        "240.0.0.1", "::ffff:192.88.99.1",
    ],
)  # fmt: skip
def test_an_address_of_this_machine_or_a_network_is_not(address: str):
    assert not is_public(address)


def test_the_tables_of_python_are_not_needed(monkeypatch: pytest.MonkeyPatch):
    for kind in (ipaddress.IPv4Address, ipaddress.IPv6Address):
        monkeypatch.setattr(kind, "is_global", True)
    private = ["127.0.0.1", "10.0.0.7", "169.254.169.254", "224.0.0.1", "::1", "fe80::1", "fc00::1"]
    assert not any(map(is_public, private))


def guard(of: str, *own: str, **names: list[str]) -> HostGuard:
    return HostGuard(of, own, lambda host, port: names[host])


def refused(of: HostGuard, host: str = "logs") -> str:
    with pytest.raises(ZuulApiError) as raised:
        of.addresses(host, 443)
    return str(raised.value)


def test_a_public_host_may_be_asked():
    assert guard("zuul", logs=["9.9.9.9", "2620:fe::fe"]).addresses("logs", 443) == [
        "9.9.9.9",
        "2620:fe::fe",
    ]


def test_a_private_one_may_not():
    assert refused(guard("zuul", logs=[PRIVATE])) == REFUSED


def test_one_private_address_of_several_is_enough():
    assert refused(guard("zuul", logs=["9.9.9.9", PRIVATE])) == REFUSED


def test_a_host_that_the_user_named_may_be_private():
    assert guard("zuul", "LOGS", logs=[PRIVATE]).addresses("logs", 443) == [PRIVATE]


def test_a_host_that_the_user_named_opens_no_other():
    of = guard("zuul", "own", own=["10.0.0.1"], logs=[PRIVATE])
    of.addresses("own", 443)
    assert refused(of) == REFUSED


def test_from_inside_a_network_its_other_hosts_may_be_asked():
    inside = guard("zuul", zuul=["10.0.0.1"], logs=[PRIVATE])
    assert refused(inside) == REFUSED
    inside.addresses("zuul", 443)
    assert inside.addresses("logs", 443) == [PRIVATE]


def test_a_public_zuul_does_not_open_a_network():
    outside = guard("zuul", zuul=["9.9.9.9"], logs=[PRIVATE])
    outside.addresses("zuul", 443)
    assert refused(outside) == REFUSED


def test_a_zuul_with_one_private_address_of_several_does_not_either():
    mixed = guard("zuul", zuul=["9.9.9.9", "127.0.0.1"], logs=[PRIVATE])
    assert refused(mixed, "zuul") == (
        "zuul has the address 127.0.0.1, which is not public; to read from it, use --log-host zuul"
    )
    assert refused(mixed) == REFUSED


def test_such_a_zuul_may_be_asked_if_the_user_says_so():
    mixed = guard("zuul", "zuul", zuul=["9.9.9.9", "127.0.0.1"], logs=[PRIVATE])
    assert mixed.addresses("zuul", 443) == ["9.9.9.9", "127.0.0.1"]
    assert refused(mixed) == REFUSED


@pytest.mark.parametrize(
    ("first", "later"), [(["9.9.9.9"], ["127.0.0.1"]), (["127.0.0.1"], ["9.9.9.9"])]
)
def test_the_first_addresses_of_a_zuul_stay(first: list[str], later: list[str]):
    answers = [first, later, later]
    of = HostGuard("zuul", (), lambda host, port: [PRIVATE] if host == "logs" else answers.pop(0))
    assert [of.addresses(name, 443) for name in ("zuul", "ZUUL")] == [first, first]
    if first == ["9.9.9.9"]:
        assert refused(of) == REFUSED
    else:
        assert of.addresses("logs", 443) == [PRIVATE]


def test_a_zuul_that_a_proxy_looks_up_opens_no_network():
    of = guard("zuul", zuul=["127.0.0.1"], logs=[PRIVATE])
    assert of.check("zuul", []) == []
    assert "zuul has the address 127.0.0.1, which is not public" in refused(of, "zuul")
    assert refused(of) == REFUSED


def test_an_unknown_host_is_an_error():
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    assert refused(HostGuard("zuul", (), unknown)) == (
        "the server cannot be reached: Name or service not known"
    )


@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        ("127.0.0.1", ["127.0.0.1"]),
        ("::1", ["::1"]),
        ("localhost", ["127.0.0.1"]),
        ("LOCALHOST.", ["127.0.0.1"]),
        ("a.localhost", ["127.0.0.1"]),
        ("a.localhost.", ["127.0.0.1"]),
        ("169.254.169.254.", ["169.254.169.254"]),
        ("10.1", ["10.0.0.1"]),
        ("10.1.", ["10.0.0.1"]),
        ("10.0.258", ["10.0.1.2"]),
        ("2852039166", ["169.254.169.254"]),
        ("0xa9fea9fe", ["169.254.169.254"]),
        ("0X7F.0.1", ["127.0.0.1"]),
        ("9.9.9.9.", ["9.9.9.9"]),
        ("logs.example.org", []),
        ("logs.example.org.", []),
        ("logs1", []),
        ("10.0.0.1.example.org", []),
        ("0xlogs", []),
    ],
)
def test_an_address_is_known_without_looking_it_up(host: str, addresses: list[str]):
    assert literal(host) == addresses


@pytest.mark.parametrize(
    "host",
    [
        "0177.0.0.1", "010.8.8.8", "10.01", "4294967296", "1.2.3.4.5", "256.1.1.1", "logs.1",
        "logs.0x", "127..1", "10.%31", "%6cocalhost", "10.1%00.example.org", ".",
    ],
)  # fmt: skip
def test_what_programs_read_as_different_addresses_is_refused(host: str):
    with pytest.raises(ZuulApiError) as raised:
        literal(host)
    assert str(raised.value) == (
        f"{host} is neither a host name nor an IP address such as 192.0.2.1"
    )
