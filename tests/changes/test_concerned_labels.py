"""The labels that a change concerns, and what it costs to find them in many exceptions."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

import pytest

from groundrules.changes.catalogue_difference import compare
from groundrules.records import Catalogue
from groundrules.records.expectation import Exemption, Expectation, Scope, Standing, Topic
from groundrules.records.manual import Manual
from groundrules.records.platform import Label, Platform, Provider, ProviderStatus
from steps import growth

DAY = datetime.date(2026, 6, 1)


def catalogue(
    labels: list[str], exceptions: list[Exemption], providers: tuple[Provider, ...] = ()
) -> Catalogue:
    expectation = Expectation.model_construct(
        id="memory",
        title="Memory",
        standing=Standing.GUARANTEED,
        statement="8 GB.",
        applies_to=Scope(),
        exceptions=tuple(exceptions),
    )
    topic = Topic.model_construct(topic="nodes", title="Nodes", expectations=(expectation,))
    platform = Platform.model_construct(
        id="ubuntu",
        title="Ubuntu",
        summary="Nodes.",
        labels=tuple(Label(name=name) for name in labels),
        providers=providers,
    )
    manual = Manual.model_construct(title="", publisher="", summary="")
    return Catalogue(manual, platforms=(platform,), topics=(topic,), today=DAY)


def provider(name: str, region: str, *labels: str) -> Provider:
    status = ProviderStatus.ACTIVE
    return Provider(name=name, region=region, status=status, as_of=DAY, labels=labels)


PROVIDERS = (provider("east", "one", "small"), provider("east", "two"), provider("west", "one"))


@pytest.mark.parametrize(
    ("where", "concerned"),
    [
        ({"labels": ("small",)}, {"small"}),
        ({"labels": ("*-arm",)}, {"large-arm"}),
        ({"platforms": ("ub*",)}, {"large-arm", "small"}),
        ({"platforms": ("debian",)}, set()),
        ({"providers": ("east",), "regions": ("one",)}, {"small"}),
        ({"regions": ("two",)}, {"large-arm", "small"}),
        ({"providers": ("w*",), "labels": ("large-arm",)}, {"large-arm"}),
        ({"providers": ("south",)}, set()),
        ({}, set()),
    ],
)
def test_a_new_exception_concerns_the_labels_that_it_names(
    where: dict[str, tuple[str, ...]], concerned: set[str]
) -> None:
    exception = Exemption(standing=Standing.VARIES, **where)
    before, after = (catalogue(["large-arm", "small"], e, PROVIDERS) for e in ([], [exception]))
    (change,) = compare(before, after)
    assert change.labels == concerned


def exceptions_of(size: int) -> Callable[[], object]:
    """Prepare a comparison of as many labels as exceptions, each of which changed."""
    labels = [f"label-{number}" for number in range(size)]
    old, new = (
        [Exemption(labels=(label,), statement=words) for label in labels] for words in ("a", "b")
    )
    return partial(compare, catalogue(labels, old), catalogue(labels, new))


def providers_of(size: int) -> Callable[[], object]:
    """Prepare a comparison of as many labels as providers, each of which changed."""
    labels = [f"label-{number}" for number in range(size)]
    old, new = (
        tuple(provider(label, region, label) for label in labels) for region in ("one", "two")
    )
    return partial(compare, catalogue(labels, [], old), catalogue(labels, [], new))


@pytest.mark.parametrize("prepared", [exceptions_of, providers_of])
def test_the_cost_grows_with_the_labels_and_not_with_their_pairs(
    prepared: Callable[[int], Callable[[], object]],
) -> None:
    assert growth(prepared, 100) < 2.3
