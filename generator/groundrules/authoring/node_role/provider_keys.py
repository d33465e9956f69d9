"""`provider_keys`: how the role finds the documented provider of a node."""

from __future__ import annotations

from groundrules.records.platform import Platform

ANY = "*"
"""The key of nodes from any other provider."""


def provider_keys(platform: Platform) -> dict[str, tuple[str, str]]:
    """Return the keys of a platform's providers, each with the provider and region of such nodes.

    Of a node of the provider ``P`` in the region ``R``, the keys are ``p/r`` and ``p/*``, in small
    letters; the first of them that is known counts.
    """
    keys: dict[str, tuple[str, str]] = {}
    for provider in platform.providers:
        if provider.region:
            both = provider.full_name.replace(" ", "-")
            keys.setdefault(_key(provider.name, provider.region), (provider.name, provider.region))
            keys.setdefault(_key(both), (both, ""))
        else:
            keys.setdefault(_key(provider.name), (provider.name, ""))
    return keys


def _key(provider: str, region: str = ANY) -> str:
    return f"{provider}/{region}".lower()
