"""Removed labels that are the default, and successors that cannot be used."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.platform import Label, has_come
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield successors that nobody can use, and default labels that are removed."""
    labels = {name: platform.dated(label) for name, (platform, label) in catalogue.labels.items()}
    circular = {name for circle in _circles(labels) for name in circle}
    for label in labels.values():
        if label.default and (ended := _ended(label, catalogue.today)):
            message = f"label {label.name!r} {ended}; remove 'default'"
            yield Diagnostic(label.location("default"), message, rules.GONE_LABEL)
        successor = labels.get(label.replaced_by or "")
        if successor and not circular & {label.name, successor.name}:
            yield from _check_successor(label, successor, catalogue.today)
    for circle in _circles(labels):
        yield from _circular([labels[name] for name in circle])


def _ended(label: Label, today: datetime.date) -> str:
    if has_come(label.removed, today):
        return f"was removed on {label.removed}"
    is_lost = has_come(label.not_supplied, today)
    return f"is not supplied since {label.not_supplied}" if is_lost else ""


def _check_successor(label: Label, successor: Label, today: datetime.date) -> Iterator[Diagnostic]:
    end = label.deprecated or label.not_supplied or label.removed
    place, related = label.location("replaced_by"), Related(successor.location(), "the successor")
    if end is None:
        message = (
            f"label {label.name!r} has a successor and no end; add 'deprecated' or 'removed', "
            "or remove 'replaced_by'"
        )
        yield Diagnostic(place, message, rules.CONTRADICTION)
        return
    ended = _ended(successor, today)
    if successor.removed and today < successor.removed <= end:
        ended = f"will be removed on {successor.removed}"
    if ended:
        message = (
            f"label {successor.name!r} {ended} and cannot replace {label.name!r}; name a label "
            "that jobs can use"
        )
        yield Diagnostic(place, message, rules.GONE_LABEL, (related,))
    elif successor.replaced_by and has_come(successor.deprecated, today):
        message = (
            f"label {successor.name!r} is itself deprecated since {successor.deprecated}; "
            f"name its successor {successor.replaced_by!r}"
        )
        yield Diagnostic(place, message, rules.GONE_LABEL, (related,))


def _circles(labels: dict[str, Label]) -> Iterator[list[str]]:
    """Yield each cycle of successors once, including a label that replaces itself."""
    visited = set[str]()
    for name in sorted(labels):
        path: dict[str, None] = {}
        while name in labels and name not in visited:
            visited.add(name)
            path[name] = None
            name = labels[name].replaced_by or ""
        if name in path:
            yield list(path)[list(path).index(name) :]


def _circular(circle: list[Label]) -> Iterator[Diagnostic]:
    first, *others = circle
    if not others:
        return  # reported as a contradiction of the label itself
    names = " → ".join(label.name for label in (*circle, first))
    yield Diagnostic(
        first.location("replaced_by"),
        f"these labels replace each other: {names}; remove one 'replaced_by'",
        rules.CONTRADICTION,
        tuple(
            Related(one.location("replaced_by"), f"the successor of {one.name}") for one in others
        ),
    )
