"""Nodepool's files → `Supply`: https://zuul-ci.org/docs/nodepool/latest/configuration.html."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from groundrules import yamlsource
from groundrules.ci.errors import NotAvailableError
from groundrules.ci.supply import SuppliedLabel, Supplier, Supply
from groundrules.confined import LARGEST, Confined, LinkError

KEYS = frozenset(("diskimages", "labels", "providers"))
SUFFIXES = (".yaml", ".yml")
DISTRIBUTIONS = (
    "almalinux", "centos", "debian", "fedora", "gentoo", "openeuler", "opensuse", "rhel", "rocky",
    "ubuntu",
)  # fmt: skip


def nodepool_supply(path: Path) -> Supply | None:
    """Return the supply of a file, or of the files in a folder; None if they are not Nodepool's.

    Raises `NotAvailableError` for a file that cannot be read.
    """
    files = [conf for conf in _files(path) if isinstance(conf, Mapping) and KEYS & conf.keys()]
    return _supply(files) if files else None


def _files(path: Path) -> Iterator[Any]:
    folder = Confined(path if path.is_dir() else path.parent)
    try:
        names = [path.name]
        if path.is_dir():
            names = [entry.path for entry in folder.entries() if entry.path.endswith(SUFFIXES)]
        for name in names:
            yield _read(name, folder.read(name), is_only=not path.is_dir())
    except LinkError as error:
        raise NotAvailableError(f"{path}: {error}") from None
    except OSError as error:
        raise NotAvailableError(f"{path}: {error.strerror}") from None


def _read(name: str, data: bytes, *, is_only: bool) -> Any:
    """Return the values of a file; None for one of several that is not YAML."""
    try:
        return yamlsource.read(data[: LARGEST + 1]).value
    except yamlsource.Problem as problem:
        if is_only:
            line, column = problem.place
            raise NotAvailableError(f"{name}:{line}:{column}: {problem.message}") from None
        return None


def _supply(files: Iterable[Mapping[str, Any]]) -> Supply:
    images: dict[str, Mapping[str, Any]] = {}
    labels: dict[str, str] = {}
    suppliers: dict[str, Supplier] = {}
    for conf in files:
        images |= {image["name"]: image for image in _named(conf.get("diskimages"))}
        labels |= {label["name"]: "" for label in _named(conf.get("labels"))}
        suppliers |= {
            provider["name"]: _supplier(provider) for provider in _named(conf.get("providers"))
        }
        for provider in _named(conf.get("providers")):
            for label in _pool_labels(provider):
                image = str(label.get("diskimage", ""))
                labels[label["name"]] = labels.get(label["name"], "") or image
    return Supply(
        labels=tuple(
            SuppliedLabel(name=name, operating_system=_system(image, images))
            for name, image in labels.items()
        ),
        suppliers=tuple(suppliers.values()),
    )


def _named(items: Any) -> list[Mapping[str, Any]]:
    """Return the mappings in a list that have a name."""
    return [
        item
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, Mapping) and isinstance(item.get("name"), str)
    ]


def _pools(provider: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    pools = provider.get("pools")
    return [pool for pool in pools if isinstance(pool, Mapping)] if isinstance(pools, list) else []


def _pool_labels(provider: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for pool in _pools(provider):
        yield from _named(pool.get("labels"))


def _supplier(provider: Mapping[str, Any]) -> Supplier:
    limits = [pool.get("max-servers") for pool in _pools(provider)]
    numbers = [limit for limit in limits if type(limit) is int]
    region = provider.get("region-name")
    return Supplier(
        name=provider["name"],
        region=region if isinstance(region, str) else "",
        capacity=sum(numbers) if numbers and len(numbers) == len(limits) else None,
        labels=tuple(dict.fromkeys(label["name"] for label in _pool_labels(provider))),
    )


def _system(name: str, images: Mapping[str, Mapping[str, Any]]) -> str:
    """Return distribution and release of a disk image, if its elements and release say both."""
    elements: list[Any] = []
    release: Any = ""
    seen: set[str] = set()
    while name in images and name not in seen:
        seen.add(name)
        image = images[name]
        listed, variables = image.get("elements"), image.get("env-vars")
        elements += listed if isinstance(listed, list) else []
        inner = variables.get("DIB_RELEASE", "") if isinstance(variables, Mapping) else ""
        release = release or image.get("release", "") or inner
        name = str(image.get("parent", ""))
    words = (
        word for element in elements if isinstance(element, str) for word in [element.split("-")[0]]
    )
    distribution = next((word for word in words if word in DISTRIBUTIONS), "")
    return f"{distribution} {release}" if distribution and release else ""
