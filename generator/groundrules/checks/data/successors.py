"""Removed labels that are the default, and successors that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Related
from groundrules.records import Catalogue, LoadedData
from groundrules.records.platform import Label, has_come
from groundrules.rules import records as rules


def check(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Report successors that nobody can use, and default labels that are removed."""
    labels = {name: platform.dated(label) for name, (platform, label) in catalogue.labels.items()}
    circular = {name for circle in _circles(labels) for name in circle}
    for label in labels.values():
        if label.default and has_come(label.removed, catalogue.today):
            message = f"label {label.name!r} was removed on {label.removed}; remove 'default'"
            loaded.report.note(rules.GONE_LABEL, label.location("default"), message)
        successor = labels.get(label.replaced_by or "")
        if successor and not circular & {label.name, successor.name}:
            _check_successor(label, successor, catalogue, loaded)
    for circle in _circles(labels):
        _report_circle([labels[name] for name in circle], loaded)


def _check_successor(
    label: Label, successor: Label, catalogue: Catalogue, loaded: LoadedData
) -> None:
    end = label.deprecated or label.removed
    place, related = label.location("replaced_by"), Related(successor.location(), "the successor")
    if end is None:
        message = (
            f"label {label.name!r} has a successor and no end; add 'deprecated' or 'removed', "
            "or remove 'replaced_by'"
        )
        loaded.report.note(rules.CONTRADICTION, place, message)
    elif successor.removed and successor.removed <= max(end, catalogue.today):
        was = "was" if has_come(successor.removed, catalogue.today) else "will be"
        message = (
            f"label {successor.name!r} {was} removed on {successor.removed} and cannot replace "
            f"{label.name!r}; name a label that jobs can use"
        )
        loaded.report.note(rules.GONE_LABEL, place, message, [related])
    elif successor.replaced_by and has_come(successor.deprecated, catalogue.today):
        message = (
            f"label {successor.name!r} is itself deprecated since {successor.deprecated}; "
            f"name its successor {successor.replaced_by!r}"
        )
        loaded.report.note(rules.GONE_LABEL, place, message, [related])


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


def _report_circle(circle: list[Label], loaded: LoadedData) -> None:
    first, *others = circle
    if not others:
        return  # reported as a contradiction of the label itself
    names = " → ".join(label.name for label in (*circle, first))
    loaded.report.note(
        rules.CONTRADICTION,
        first.location("replaced_by"),
        f"these labels replace each other: {names}; remove one 'replaced_by'",
        [
            Related(label.location("replaced_by"), f"the successor of {label.name}")
            for label in others
        ],
    )
