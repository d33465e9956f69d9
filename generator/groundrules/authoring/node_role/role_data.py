"""`RoleData`: what the manual promises to each label, as the role compares it with a node."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from groundrules.pages import GENERATED
from groundrules.records import Catalogue
from groundrules.records.expectation import Standing
from groundrules.records.platform import Platform
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import Bound, NodePromise, UncertainPromise, promises_of
from groundrules.verify.promise_words import bound_words
from groundrules.verify.reading.asked_facts import path_of
from groundrules.verify.setup_subsets import subset_of
from groundrules.verify.value_types import types_of

ANY = "*"
"""The key of nodes from any other provider."""
_OF_OTHERS = "it depends on the provider, and the manual does not have that of the node"
ProviderKeys = tuple[str, ...]
Said = NodePromise | UncertainPromise


class RolePromise(Struct, frozen=True):
    """A row of the role's data: the bound of an expectation from one day to another.

    It applies to nodes of which the first known provider key is one of ``providers``; all are
    ``known`` (see `provider_keys`).  Without a ``bound``, nobody can say what is promised to them,
    for a ``reason``.
    """

    expectation: str
    bound: Bound | None = None
    standing: Standing | None = None
    first: datetime.date = datetime.date.min
    last: datetime.date = datetime.date.max
    reason: str = ""
    providers: ProviderKeys = (ANY,)
    known: ProviderKeys = (ANY,)

    @property
    def path(self) -> tuple[str, ...]:
        """The keys in ``ansible_facts`` that lead to the fact."""
        return path_of(self.bound.fact if self.bound else "")

    @property
    def subset(self) -> str:
        """The subset of facts that has the fact."""
        return subset_of(self.bound.fact if self.bound else "")

    @property
    def types(self) -> list[str]:
        """The types of values that can be compared: ``number``, ``text`` or ``boolean``."""
        return types_of(self.bound.values if self.bound else ())

    @property
    def words(self) -> str:
        """The values that keep it, for people."""
        return bound_words(self.bound) if self.bound else ""


class ShownExpectation(Struct, frozen=True):
    """An expectation in the messages of the role; ``page`` is its page below the site."""

    title: str
    page: str


class RoleData(Struct, frozen=True):
    """The data of a role.

    ``promises`` are rows by name, such as ``memory/1``; ``labels`` are the names of the rows of
    each label that the manual documents.
    """

    site: str = ""
    expectations: dict[str, ShownExpectation] = field(default_factory=dict)
    promises: dict[str, RolePromise] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_of_use(self) -> bool:
        """Whether something is guaranteed to the nodes of a label."""
        return any(row.standing is Standing.GUARANTEED for row in self.promises.values())


def role_data(catalogue: Catalogue) -> RoleData:
    """Return the promises to all documented labels, in the order of the manual."""
    order = {name: place for place, name in enumerate(catalogue.expectations)}
    rows = {
        label: sorted(
            dict.fromkeys(_rows(catalogue, platform, label)),
            key=lambda row: order[row.expectation],
        )
        for label, (platform, _) in sorted(catalogue.labels.items())
    }
    names = _names(catalogue, rows)
    shown = {row.expectation for row in names}
    return RoleData(
        site=(catalogue.manual.site or "").rstrip("/"),
        expectations={
            name: ShownExpectation(expectation.title, f"{GENERATED}/expectations/{name}.html")
            for name, expectation in catalogue.expectations.items()
            if name in shown
        },
        promises={name: row for row, name in names.items()},
        labels={label: [names[row] for row in of_label] for label, of_label in rows.items()},
    )


def _names(catalogue: Catalogue, rows: Mapping[str, list[RolePromise]]) -> dict[RolePromise, str]:
    """Return a name for each row: the expectation's with a number, in the order of the manual."""
    by_expectation: dict[str, dict[RolePromise, str]] = {
        name: {} for name in catalogue.expectations
    }
    for row in (row for of_label in rows.values() for row in of_label):
        names = by_expectation[row.expectation]
        names.setdefault(row, f"{row.expectation}/{len(names) + 1}")
    return {row: name for names in by_expectation.values() for row, name in names.items()}


def _rows(catalogue: Catalogue, platform: Platform, label: str) -> Iterator[RolePromise]:
    said = list(promises_of(catalogue, NodeKind(label)))
    yield from (_row(promise) for promise in said if isinstance(promise, NodePromise))
    unclear = [promise for promise in said if isinstance(promise, UncertainPromise)]
    if unclear:
        by_key = {
            key: list(promises_of(catalogue, NodeKind(label, provider, region)))
            for key, (provider, region) in provider_keys(platform).items()
        }
        for promise in unclear:
            yield from _rows_of_providers(promise, by_key)


def _rows_of_providers(
    unclear: UncertainPromise, by_key: Mapping[str, list[Said]]
) -> Iterator[RolePromise]:
    """Yield the rows of an expectation that is unclear without a provider, one for all others."""
    same: dict[tuple[RolePromise, ...], list[str]] = {}
    for key, said in by_key.items():
        of_key = (promise for promise in said if promise.expectation == unclear.expectation)
        same.setdefault(tuple(map(_row, of_key)), []).append(key)
    if same.keys() <= {(_row(unclear),)}:  # the provider makes no difference
        yield _row(unclear)
        return
    known = (*by_key, ANY)
    for rows, keys in same.items():
        yield from (replace(row, providers=tuple(keys), known=known) for row in rows)
    yield RolePromise(unclear.expectation, reason=_OF_OTHERS, known=known)


def _row(promise: Said) -> RolePromise:
    if isinstance(promise, UncertainPromise):
        return RolePromise(promise.expectation, reason=promise.reason)
    return RolePromise(
        promise.expectation,
        promise.bound,
        promise.standing,
        promise.first or datetime.date.min,
        promise.last or datetime.date.max,
    )


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
