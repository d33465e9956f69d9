"""Which addresses a client reads."""

import pytest

from groundrules.zuul_api.address import below, is_same_host, zuul_address
from groundrules.zuul_api.api_errors import ZuulApiError


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://zuul.example.org", "https://zuul.example.org"),
        ("https://zuul.example.org/", "https://zuul.example.org"),
        ("http://127.0.0.1:9000/zuul/", "http://127.0.0.1:9000/zuul"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("HTTPS://zuul.example.org", "HTTPS://zuul.example.org"),
        ("https://zuul.example.org/apiary", "https://zuul.example.org/apiary"),
    ],
)
def test_an_address_of_a_zuul(url, address):
    assert zuul_address(url) == address


SCHEME = "is not an address that begins with https:// or http://"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("zuul.example.org", f"'zuul.example.org' {SCHEME}"),
        ("", f"'' {SCHEME}"),
        ("file:///etc/passwd", f"'file:///etc/passwd' {SCHEME}"),
        ("ftp://zuul.example.org", f"'ftp://zuul.example.org' {SCHEME}"),
        ("https://", f"'https://' {SCHEME}"),
        ("https://[", "'https://[' is not an address: Invalid IPv6 URL"),
        ("https://a:b", "'https://a:b' is not an address: Port could not be cast to integer value "
         "as 'b'"),
        ("https://me:secret@zuul.example.org", "the address of zuul.example.org has a login; leave "
         "it out"),
        ("https://zuul.example.org/a b", "'https://zuul.example.org/a b' has characters that an "
         "address cannot have"),
        ("https://zuul.example.org/\x1b[31m", "'https://zuul.example.org/\\x1b[31m' has characters "
         "that an address cannot have"),
        ("https://zuul.example.org/t/ours/builds", "'https://zuul.example.org/t/ours/builds' is "
         "the address of a page of Zuul; use https://zuul.example.org and the tenant ours"),
        ("https://zuul.example.org/api/tenants", "'https://zuul.example.org/api/tenants' is not "
         "the address of a Zuul itself; use https://zuul.example.org"),
        ("https://zuul.example.org/api", "'https://zuul.example.org/api' is not the address of a "
         "Zuul itself; use https://zuul.example.org"),
        ("https://zuul.example.org?a=b", "'https://zuul.example.org?a=b' is not the address of a "
         "Zuul itself; use https://zuul.example.org"),
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url, message):
    with pytest.raises(ZuulApiError) as raised:
        zuul_address(url)
    assert str(raised.value) == message


def test_a_name_cannot_leave_its_place_in_the_path():
    assert below("https://a.example", "..", "a/b?c#d") == "https://a.example/../a%2Fb%3Fc%23d"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://A.example:443/y", True),
        ("http://a.example/x", "https://a.example/x", True),
        ("http://a.example:80/x", "http://a.example/y", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("https://a.example/x", "https://a.example:8443/x", False),
        ("https://a.example/x", "https://b.a.example/x", False),
    ],
)
def test_what_is_the_same_host(one, other, same):
    assert is_same_host(one, other) is same
