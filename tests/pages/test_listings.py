"""`LISTINGS`: what each option of a listing lets through, and what it says to a wrong one."""

from __future__ import annotations

import pytest

from groundrules.pages.listings import LISTINGS, UnknownName
from groundrules.pages.render import Templates


def listed(outline, name: str, **options: str) -> list[str]:
    """Return the ids, or what else names them, of what a listing shows."""
    context = LISTINGS[name][2](outline, options)
    names = {
        "expectations": lambda each: each.id,
        "tasks": lambda each: each.action.what,
        "events": lambda each: f"{each.date} {each.name}",
        "record": lambda each: each,
    }
    context.pop("catalogue", None)
    [(key, found)] = context.items()
    return [names[key](each) for each in found]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({}, ["memory-8gb", "swap", "ipv6"]),
        ({"topic": "memory"}, ["memory-8gb", "swap"]),
        ({"standing": "not-guaranteed"}, ["swap"]),
        ({"label": "debian-12"}, ["memory-8gb", "swap", "ipv6"]),
        ({"label": "debian-12", "standing": "guaranteed"}, ["memory-8gb"]),
        # the exception for this label says less than the promise
        ({"label": "debian-12-arm64", "standing": "guaranteed"}, []),
        ({"label": "debian-12-arm64", "standing": "varies"}, ["memory-8gb", "ipv6"]),
        ({"platform": "executor"}, ["swap"]),
        ({"platform": "vm", "topic": "memory"}, ["memory-8gb", "swap"]),
        ({"topic": "network", "standing": "guaranteed"}, []),
    ],
)
def test_expectations(outline, options, ids):
    assert listed(outline, "expectations", **options) == ids


@pytest.mark.parametrize(
    ("options", "tasks"),
    [
        ({}, ["Watch the certificates.", "Document ``every`` dependency."]),
        ({"owner": "clark"}, ["Document ``every`` dependency."]),
        ({"state": "closed"}, ["Tell the list.", "Ask every cloud.", "Write the page."]),
        ({"state": "closed", "owner": "jdoe"}, ["Write the page."]),
        ({"owner": "jdoe"}, []),
    ],
)
def test_actions_newest_first(outline, options, tasks):
    assert listed(outline, "actions", **options) == tasks


@pytest.mark.parametrize(
    ("options", "events"),
    [
        ({"most": "2"}, ["2025-08-22 memory-8gb", "2024-08-14 debian-11"]),
        ({"most": "0"}, []),
    ],
)
def test_changes(outline, options, events):
    assert listed(outline, "changes", **options) == events


def test_changes_are_ten_unless_the_writer_says_otherwise(outline):
    assert len(listed(outline, "changes")) == 10


def test_the_listing_of_a_graph_has_the_graph(outline, catalogue):
    assert LISTINGS["graph"][2](outline, {"id": "own"}) == {
        "record": catalogue.graphs[1],
        "outline": outline,
    }


@pytest.mark.parametrize(
    ("listing", "options", "message"),
    [
        ("expectations", {"topic": "memroy"}, "unknown topic 'memroy'; did you mean 'memory'?"),
        ("expectations", {"topic": "x"}, "unknown topic 'x'; allowed: memory, network"),
        (
            "expectations",
            {"standing": "promised"},
            "unknown standing 'promised'; allowed: guaranteed, not-guaranteed, present, varies",
        ),
        (
            "expectations",
            {"label": "debian-13"},
            "unknown label 'debian-13'; did you mean 'debian-12'?",
        ),
        ("expectations", {"platform": "VM"}, "unknown platform 'VM'; did you mean 'vm'?"),
        ("actions", {"state": "done"}, "unknown state 'done'; allowed: closed, open"),
        ("actions", {"owner": "clarkb"}, "unknown owner 'clarkb'; did you mean 'clark'?"),
        ("changes", {"most": "-1"}, "'most' takes a number, not '-1'"),
        ("changes", {"most": "ten"}, "'most' takes a number, not 'ten'"),
        ("graph", {"id": "deploj"}, "unknown graph 'deploj'; did you mean 'deploy'?"),
    ],
)
def test_an_unknown_name_is_reported_with_the_nearest(outline, listing, options, message):
    with pytest.raises(UnknownName) as caught:
        LISTINGS[listing][2](outline, options)
    assert str(caught.value) == message


def test_a_number_too_large_for_a_list_shows_everything(outline):
    assert len(listed(outline, "changes", most="9" * 30)) == len(outline.events)


def test_the_reference_of_record_fields_has_values_as_files_have_them(outline):
    template, _, context = LISTINGS["fields"]
    text = Templates().part(template, context(outline, {}))
    assert (
        "``kinds``\n   The kinds of records that the manual has; all by default. Another kind has "
        "pages and menu entries as soon as it has a record.\n\n"
        "   Takes a list of platform, expectation, graph or session.  "
        "Example: \\[platform, expectation]\n"
    ) in text
    assert "   Takes zuul or other.  When left out: zuul.\n" in text
    assert "   * ``decided``: It was decided there; ``decisions`` say what.\n" in text
