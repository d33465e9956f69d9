"""The view of one label or graph: what changed that concerns it, newest first, and no more."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from xml.etree import ElementTree

from groundrules.pages.concerned_events import MOST
from groundrules.pages.event import Event
from groundrules.pages.feed import FeedView, feed
from groundrules.pages.outline import Outline
from groundrules.records import Catalogue
from groundrules.records.expectation import Topic
from groundrules.records.graph import Graph
from groundrules.records.manual import Manual
from groundrules.records.platform import Platform
from steps import growth

DAY = datetime.date(2026, 6, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


def changed(*days: int) -> tuple[dict[str, str], ...]:
    return tuple({"date": f"2026-01-{day:02}", "what": f"Day {day}."} for day in days)


def expectation(name: str, *days: int, **scope: tuple[str, ...]) -> dict[str, object]:
    said = {"id": name, "title": name, "standing": "varies", "statement": "Yes."}
    return {**said, "applies_to": scope, "changed": changed(*days)}


def outline(*expectations: dict[str, object], **platform: object) -> Outline:
    labels = tuple({"name": name, "operating_system": "Linux"} for name in ("old", "new"))
    vm = {"id": "vm", "title": "VM", "summary": "One.", "labels": labels, **platform}
    topics = [{"topic": "t", "title": "T", "expectations": expectations}] if expectations else []
    jobs = ({"name": "base"},)
    graph = {"id": "cd", "title": "CD", "configuration": "x", "project": "p", "pipelines": ("d",)}
    return Outline(
        Catalogue(
            Manual(title="Ours", publisher="The CI team", summary="Yes."),
            platforms=(Platform.model_validate(vm),),
            topics=tuple(map(Topic.model_validate, topics)),
            graphs=(Graph.model_validate({**graph, "jobs": jobs, "changed": changed(2, 9)}),),
            today=DAY,
        )
    )


def events_of(made: Outline, name: str) -> list[Event]:
    return made.concerned_events.of_label(*made.catalogue.labels[name])


def of_label(made: Outline, name: str) -> list[str]:
    return [event.what for event in events_of(made, name)]


def test_a_label_has_the_changes_of_its_expectations() -> None:
    made = outline(
        expectation("everywhere", 3, 8), expectation("some", 5, labels=("o*",)), expectation("none")
    )
    assert of_label(made, "old") == ["Day 8.", "Day 5.", "Day 3."]
    assert of_label(made, "new") == ["Day 8.", "Day 3."]


def test_a_label_has_the_changes_of_its_platform_and_of_the_providers_that_supply_it() -> None:
    provider = {"name": "east", "status": "active", "as_of": "2026-01-01"}
    providers = (
        {**provider, "labels": ("old",), "changed": changed(4)},
        {**provider, "name": "west", "changed": changed(6)},
    )
    made = outline(providers=providers, changed=changed(1))
    assert of_label(made, "old") == ["Day 6.", "Day 4.", "Day 1."]
    assert of_label(made, "new") == ["Day 6.", "Day 1."]


def test_a_date_of_the_platform_concerns_no_label_with_its_own() -> None:
    labels = (
        {"name": "old", "operating_system": "Linux"},
        {"name": "new", "operating_system": "Linux", "since": "2026-02-01"},
    )
    made = outline(labels=labels, since="2026-01-01", deprecated="2026-03-01")
    assert of_label(made, "old") == ["Deprecated.", "Introduced."]
    assert [(str(event.date), event.what) for event in events_of(made, "new")] == [
        ("2026-03-01", "Deprecated."),
        ("2026-02-01", "Introduced."),
    ]


def test_a_view_has_the_newest_changes_only() -> None:
    made = outline(*(expectation(f"e{n}", *range(1, 29)) for n in range(3)))
    assert len(of_label(made, "old")) == MOST
    assert of_label(made, "old")[:4] == ["Day 28."] * 3 + ["Day 27."]


def test_a_graph_has_its_own_changes() -> None:
    made = outline()
    [graph] = made.catalogue.graphs
    assert [event.what for event in made.concerned_events.of_graph(graph)] == ["Day 9.", "Day 2."]


def test_the_feed_of_a_view_says_what_it_is_about() -> None:
    made = outline(expectation("everywhere", 3))
    view = FeedView("label", "old", "_data/feeds/labels/old.atom", made.concerned_events.of_label(
        *made.catalogue.labels["old"]
    ))  # fmt: skip
    text = feed(made, lambda kind, name: (f"{kind}/{name}.html", name), str, view=view)
    root = ElementTree.fromstring(text)  # noqa: S314
    assert root.findtext(f"{ATOM}title") == "Ours: old: changes"
    assert root.findtext(f"{ATOM}id") == "urn:groundrules:Ours:label:old"
    assert {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")} == {
        "alternate": "label/old.html",
        "self": "_data/feeds/labels/old.atom",
    }
    assert [each.findtext(f"{ATOM}id") for each in root.iter(f"{ATOM}entry")] == [
        "urn:groundrules:expectation:everywhere:2026-01-03"
    ]


def test_the_events_of_labels_cost_in_proportion_to_labels_and_exceptions() -> None:
    def looked_up(size: int) -> Callable[[], object]:
        names = [f"label-{at}" for at in range(size)]
        exceptions = [
            {"labels": (name,), "standing": "guaranteed", "since": "2026-01-01"} for name in names
        ]
        made = outline(
            {**expectation("one"), "except": exceptions},
            *(expectation(f"of-{name}", 3, labels=(name,)) for name in names),
            labels=tuple({"name": name, "operating_system": "Linux"} for name in names),
            providers=({"name": "c", "status": "active", "as_of": "2026-01-01", "labels": names},),
        )
        return lambda: [len(of_label(made, name)) for name in names]

    assert growth(looked_up, 100) < 2.2
