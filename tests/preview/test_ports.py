"""Each preview takes a port of its own."""

from __future__ import annotations

import socket

import pytest

from groundrules.authoring.preview import processes

HOST = "127.0.0.1"


@pytest.fixture
def taken():
    """A port that another program listens at."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


def test_two_previews_take_two_ports(monkeypatch, taken):
    monkeypatch.setattr(processes, "FIRST", taken)
    with processes.listening(HOST) as listener:
        assert listener.getsockname()[1] != taken


def test_the_system_chooses_if_all_ports_are_taken(monkeypatch, taken):
    monkeypatch.setattr(processes, "FIRST", taken)
    monkeypatch.setattr(processes, "TRIED", 1)
    with processes.listening(HOST) as listener:
        assert listener.getsockname()[0] == HOST


def test_a_chosen_port_that_is_taken_is_named(taken):
    with pytest.raises(processes.PortError) as raised:
        processes.listening(HOST, taken)
    assert str(raised.value) == (f"port {taken} is taken; choose another one, or leave out --port")


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(processes.PortError) as raised:
        processes.listening("192.0.2.1", 8000)  # an address of documentation, by RFC 5737
    assert str(raised.value) == (
        "cannot listen at 192.0.2.1, port 8000: Cannot assign requested address"
    )
