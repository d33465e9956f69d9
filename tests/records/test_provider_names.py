"""A provider by the names that the facts of its nodes have."""

from __future__ import annotations

import pytest

from groundrules.records.platform import Platform, Provider

PROVIDERS = (
    Provider(name="rax", region="DFW", status="active", as_of="2026-01-01"),
    Provider(name="rax", region="ORD", status="active", as_of="2026-01-01"),
    Provider(name="ovh-gra1", status="active", as_of="2026-01-01"),
)
PLATFORM = Platform(id="vm", title="VM", summary="S.", providers=PROVIDERS)


@pytest.mark.parametrize(
    ("name", "region", "full_name"),
    [
        ("rax", "DFW", "rax DFW"),
        ("rax", "ord", "rax ORD"),
        ("rax-dfw", "", "rax DFW"),
        ("RAX-ORD", "ORD", "rax ORD"),
        ("ovh-gra1", "", "ovh-gra1"),
        ("ovh-gra1", "GRA1", "ovh-gra1"),
        ("ovh", "GRA1", "ovh-gra1"),
    ],
)
def test_a_documented_provider_is_known_by_its_names(name: str, region: str, full_name: str):
    provider = PLATFORM.provider_called(name, region)
    assert provider is not None
    assert provider.full_name == full_name


@pytest.mark.parametrize(
    ("name", "region"),
    [("rax", ""), ("RAX", ""), ("rax", "IAD"), ("rax-iad", ""), ("ovh", ""), ("", ""), ("", "DFW")],
)
def test_another_provider_is_not_known(name: str, region: str):
    assert PLATFORM.provider_called(name, region) is None
