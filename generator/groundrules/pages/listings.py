"""The lists of records for hand-written pages, each with a template and its context.

Every build needs the table of lists, but only a build that reads records needs their models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from groundrules.nearest import did_you_mean
from groundrules.rules import every_rule

if TYPE_CHECKING:
    from groundrules.pages.outline import Outline
    from groundrules.records.expectation import Expectation
    from groundrules.records.platform import Label, Platform

Options = Mapping[str, str]
Context = dict[str, Any]


class UnknownName(Exception):
    """An option has an unknown record or word; the message says which, and what to do."""


def known_word(what: str, word: str | None, allowed: Iterable[str]) -> str | None:
    """Return the word of an option; raises `UnknownName` for one that is not allowed."""
    words = [str(each) for each in allowed]
    if word is not None and word not in words:
        raise UnknownName(f"unknown {what} {word!r}{did_you_mean(word, words)}")
    return word


def expectations(outline: Outline, options: Options) -> Context:
    """Return the expectations of a topic, standing, label or platform."""
    from groundrules.records.expectation import Standing

    catalogue = outline.catalogue
    topic = known_word("topic", options.get("topic"), (each.topic for each in catalogue.topics))
    standing = known_word("standing", options.get("standing"), Standing)
    label = known_word("label", options.get("label"), catalogue.labels)
    platform = known_word("platform", options.get("platform"), catalogue.targets["platform"])
    chosen = [
        expectation
        for holder in catalogue.topics
        if topic in (None, holder.topic)
        for expectation in holder.expectations
        if expectation.is_said_on(catalogue.today)
        if label or platform or topic or not catalogue.is_example(expectation)
        if _fits(outline, expectation, label, platform, standing)
    ]
    return {"expectations": chosen}


def _fits(
    outline: Outline,
    expectation: Expectation,
    label: str | None,
    platform: str | None,
    standing: str | None,
) -> bool:
    from groundrules.pages.matrix import answer_on

    asked: list[Any] = []
    if label is not None:
        asked = [outline.catalogue.labels[label]]
    elif platform is not None:
        asked = [(each, None) for each in outline.catalogue.platforms if each.id == platform]
    answers = [answer_on(expectation, outline.catalogue.today, *each) for each in asked]
    if asked and answers == [None]:
        return False
    said = answers[0].standing if answers and answers[0] else expectation.standing
    return standing in (None, said)


def actions(outline: Outline, options: Options) -> Context:
    """Return the open or closed actions of everybody or of one owner, late ones first."""
    from groundrules.records.session import ActionState

    state = known_word("state", options.get("state", "open"), ("open", "closed"))
    owners = {task.action.owner for task in outline.tasks if task.action.owner}
    owner = known_word("owner", options.get("owner"), owners)
    tasks = [
        task
        for task in reversed(outline.tasks)
        if (task.action.state is ActionState.OPEN) == (state == "open")
        and owner in (None, task.action.owner)
    ]
    today = outline.catalogue.today
    tasks.sort(key=lambda task: not task.action.is_late_on(today))
    return {"tasks": tasks, "catalogue": outline.catalogue}


def changes(outline: Outline, options: Options) -> Context:
    """Return the ``most`` newest changes."""
    most = options.get("most", "10")
    if not most.isdecimal():
        raise UnknownName(f"'most' takes a number, not {most!r}")
    return {"events": outline.events[: int(most)]}


def glance(outline: Outline, options: Options) -> Context:
    """Return all topics."""
    return {"catalogue": outline.catalogue, "outline": outline}


def verification(outline: Outline, options: Options) -> Context:
    """Return the results of comparing all graphs with their configurations."""
    return {"outline": outline}


def going(outline: Outline, options: Options) -> Context:
    """Return the labels that will be removed, or those that were, newest first.

    Those of the stage ``announced`` have a day that has not come.
    """
    from groundrules.pages.lifecycle import plans
    from groundrules.records.platform import Stage, has_come

    stages = ("announced", "deprecated", "removed")
    stage = known_word("stage", options.get("stage", "deprecated"), stages)
    catalogue = outline.catalogue
    are_gone = stage == "removed"

    def day(pair: tuple[Platform, Label]) -> tuple[object, str]:
        label = pair[1]
        end = label.deprecated or label.not_supplied or label.removed
        return label.removed if are_gone else end, label.name

    labels = [
        pair
        for pair in catalogue.going
        if has_come(pair[1].removed, catalogue.today) == are_gone
        if pair[1].stage_on(catalogue.today) is not Stage.NOT_SUPPLIED  # already without nodes
    ]
    if stage == "announced":
        labels = [pair for pair in labels if plans(pair[1], catalogue.today)]
    return {"labels": sorted(labels, key=day, reverse=True), "catalogue": catalogue}


def graph(outline: Outline, options: Options) -> Context:
    """Return the graph ``id``."""
    name = known_word("graph", options.get("id"), outline.catalogue.targets["graph"])
    record = next(each for each in outline.catalogue.graphs if each.id == name)
    return {"record": record, "outline": outline}


def fields(outline: Outline, options: Options) -> Context:
    """Return the tables of record fields."""
    from groundrules.records.reference import tables

    return {"tables": tables()}


def rules(outline: Outline, options: Options) -> Context:
    """Return the table of rules, and whether each has a page."""
    have_pages = outline.catalogue.manual.rules_page is not None
    return {"rules": every_rule().values(), "have_pages": have_pages}


# directive → its template, its options, the function for its context
LISTINGS: dict[str, tuple[str, tuple[str, ...], Callable[[Outline, Options], Context]]] = {
    "actions": ("action_list", ("state", "owner"), actions),
    "changes": ("change_list", ("most",), changes),
    "expectations": ("expectation_list", ("topic", "standing", "label", "platform"), expectations),
    "fields": ("field_list", (), fields),
    "glance": ("glance", (), glance),
    "going": ("going_list", ("stage",), going),
    "graph": ("graph_table", (), graph),
    "rules": ("rule_list", (), rules),
    "verification": ("verification", (), verification),
}
