"""Files of hosts that a stranger named: where the connection goes, and where it does not."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess

import pytest

from groundrules.zuul_api.api_errors import ZuulApiError
from groundrules.zuul_api.guarded_client import GuardedClient
from groundrules.zuul_api.http_limits import HttpLimits
from groundrules.zuul_api.pace import Pace
from groundrules.zuul_api.public_addresses import HostGuard
from served_zuul import Answer, ServedZuul, served

LIMITS = HttpLimits(connect=5, silence=5, answer=10, bytes=1000, tries=2)
pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def zuul():
    with served(ServedZuul()) as zuul:
        yield zuul


class Names(dict[str, list[str]]):
    """Names with their addresses; counts how often each was looked up."""

    def __init__(self, **names: list[str]) -> None:
        super().__init__(names)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self[host]


def client_of(names, *own, pauses=None):
    pauses = [] if pauses is None else pauses
    pace = Pace(2, clock=lambda: 0.0, sleep=pauses.append)
    return GuardedClient(HostGuard("", own, names), pace, LIMITS, lambda seconds: None)


def got(client, url):
    with client:
        try:
            return client.get(url)
        except ZuulApiError as error:
            return str(error)


def port(zuul):
    return zuul.url.rpartition(":")[2]


def test_the_name_of_a_host_is_sent_and_its_address_connected_to(zuul):
    zuul.answers = [Answer(body=b"text"), Answer(body=b"more")]
    names = Names(logs=["127.0.0.1"])
    with client_of(names, "logs") as client:
        assert client.get(f"http://logs:{port(zuul)}/a/b%20c?d=e") == b"text"
        assert client.get(f"http://logs:{port(zuul)}/f") == b"more"
    assert zuul.requests == ["/a/b%20c?d=e", "/f"]
    assert zuul.hosts == [f"logs:{port(zuul)}"] * 2
    assert names.asked == ["logs"]


def test_another_host_is_looked_up_and_checked(zuul):
    zuul.answers = [Answer(body=b"text")]
    with client_of(Names(zuul=["127.0.0.1"], metadata=["169.254.169.254"]), "zuul") as client:
        assert client.get(f"http://zuul:{port(zuul)}/") == b"text"
    client = client_of(Names(metadata=["169.254.169.254"]), "zuul")
    assert got(client, "http://metadata/latest") == (
        "http://metadata/latest: metadata has the address 169.254.169.254, which is not public; to "
        "read from it, use --log-host metadata"
    )


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("2130706433", "127.0.0.1")],
)
def test_this_machine_is_not_asked(zuul, host, shown):
    url = f"http://{host}:{port(zuul)}/"
    ipv4 = HostGuard("", (), lambda host, port: [shown])
    client = GuardedClient(ipv4, Pace(1000), LIMITS)
    assert got(client, url) == (
        f"{url}: {host} has the address {shown}, which is not public; to read from it, use "
        f"--log-host {host}"
    )
    assert zuul.requests == []


def test_the_system_looks_names_up(zuul):
    client = GuardedClient(HostGuard("127.0.0.1"), Pace(1000), LIMITS)
    zuul.answers = [Answer(body=b"text")]
    assert got(client, f"{zuul.url}/") == b"text"


def test_a_host_that_cannot_be_decoded_is_an_error():
    assert got(client_of(Names()), "http://xn--10.1/") == (
        "'http://xn--10.1/' is not an address: Invalid A-label"
    )


def test_a_redirect_to_another_host_is_not_followed(zuul):
    zuul.answers = [Answer(302, {"Location": "http://169.254.169.254/latest"})]
    url = f"http://logs:{port(zuul)}/"
    assert got(client_of(Names(logs=["127.0.0.1"]), "logs"), url) == (
        f"{url}: the redirect to http://169.254.169.254/latest leads to another host"
    )
    assert len(zuul.requests) == 1


def test_a_redirect_to_what_is_no_address_is_an_error(zuul):
    zuul.answers = [Answer(302, {"Location": "/" + "a" * 65_530})]
    url = f"http://logs:{port(zuul)}/"
    assert got(client_of(Names(logs=["127.0.0.1"]), "logs"), url) == (
        f"{url}: the request failed: URL too long"
    )


def test_a_redirect_to_the_same_host_is(zuul):
    zuul.answers = [Answer(302, {"Location": "/there"}), Answer(body=b"text")]
    assert got(client_of(Names(logs=["127.0.0.1"]), "logs"), f"http://logs:{port(zuul)}/") == (
        b"text"
    )


def test_the_next_address_of_a_host_is_tried(zuul):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        unused = closed.getsockname()[1]
    assert unused != int(port(zuul))
    zuul.answers = [Answer(body=b"text")]
    names = Names(logs=["127.0.0.2", "127.0.0.1"])  # nobody listens at the first
    assert got(client_of(names, "logs"), f"http://logs:{port(zuul)}/") == b"text"


def test_a_host_that_nobody_answers_for_is_an_error(zuul):
    url = f"http://logs:{port(zuul)}/"
    assert got(client_of(Names(logs=["127.0.0.2", "127.0.0.3"]), "logs"), url) == (
        f"{url}: the server cannot be reached: [Errno 111] Connection refused"
    )


def test_every_request_is_at_the_pace_also_another_try(zuul):
    pauses: list[float] = []
    zuul.answers = [Answer(503), Answer(body=b"text")]
    client = client_of(Names(logs=["127.0.0.1"]), "logs", pauses=pauses)
    assert got(client, f"http://logs:{port(zuul)}/") == b"text"
    assert pauses == [0.5]


def test_through_a_proxy_names_are_not_looked_up(zuul, monkeypatch):
    monkeypatch.setenv("http_proxy", zuul.url)
    zuul.answers = [Answer(body=b"text")]
    names = Names()
    assert got(client_of(names), "http://logs.example.org/a") == b"text"
    assert zuul.requests == ["http://logs.example.org/a"]
    assert names.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.1", "10.1", "2852039166", "0xa9fea9fe",
        "169.254.169.254.", "[::169.254.169.254]",
    ],
)  # fmt: skip
def test_through_a_proxy_private_addresses_are_refused_too(zuul, monkeypatch, host):
    monkeypatch.setenv("http_proxy", zuul.url)
    assert "which is not public" in got(client_of(Names()), f"http://{host}/")
    assert zuul.requests == []


def test_through_a_proxy_a_host_that_ends_in_a_number_is_refused(zuul, monkeypatch):
    monkeypatch.setenv("http_proxy", zuul.url)
    assert got(client_of(Names()), "http://10.01/") == (
        "http://10.01/: 10.01 is neither a host name nor an IP address such as 192.0.2.1"
    )
    assert zuul.requests == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of the host ``logs``, signed by itself, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "logs.pem"
    name = ("-subj", "/CN=logs", "-addext", "subjectAltName=DNS:logs")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *name)
    subprocess.run([*new, "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)
    with path.open("a") as both:
        both.write(path.with_name("logs.pem.crt").read_text())
    return path


def served_by_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return served(ServedZuul(), context)


@pytest.mark.parametrize("name", ["logs", "others"])
def test_a_certificate_is_compared_with_the_name(certificate, monkeypatch, name):
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    with served_by_tls(certificate) as zuul:
        zuul.answers = [Answer(body=b"text")]
        url = f"https://{name}:{port(zuul)}/"
        answer = got(client_of(Names(**{name: ["127.0.0.1"]}), name), url)
    if name == "logs":
        assert answer == b"text"
    else:
        assert "certificate verify failed: Hostname mismatch" in answer
        assert zuul.requests == []
