"""The mistakes of a file: each is reported at its place, and removed to read the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from groundrules.diagnostics import Location, Report
from groundrules.fix import Fix, Write
from groundrules.nearest import nearest
from groundrules.records.fields import Record
from groundrules.records.files import MOST_MISTAKES
from groundrules.records.messages import explained, is_unknown_key
from groundrules.records.shape import Route, keys_of, model_at
from groundrules.records.split_values import split_values
from groundrules.records.yaml_surprises import word_at
from groundrules.rules import reading as rules
from groundrules.text import yaml_word
from groundrules.yamlsource import Mapping, Place, Sequence

_NAME_KEYS = ("id", "name", "topic", "label", "job", "semaphore", "fact")
"""The keys that have the name of a record, or of what it is about."""


class Sheet(Struct, frozen=True):
    """A file: its path, text, content, and the places that already have a finding."""

    path: str
    text: str
    root: Mapping
    noted: frozenset[Place]

    def location(self, error: ErrorDetails) -> Location:
        """Return the location of a mistake."""
        return Location(self.path, *_place(self.root, error))


def note_mistakes(
    error: ValidationError, model: type[Record], sheet: Sheet, report: Report
) -> None:
    """Report each mistake at its place, unless reading the YAML has reported one there."""
    errors = error.errors(include_url=False)
    misspelt = {meant for detail in errors[:MOST_MISTAKES] if (meant := _meant(detail, model))}
    misnamed = _note_misnamed(errors[:MOST_MISTAKES], sheet, report)
    covered = _note_split_values(errors[:MOST_MISTAKES], model, sheet, report)
    covered |= _note_flat_lists(errors[:MOST_MISTAKES], sheet, report)
    for detail in errors[:MOST_MISTAKES]:
        place = _place(sheet.root, detail)
        is_there = detail["type"] == "missing" and detail["loc"] in misspelt
        if place in sheet.noted or place in covered or detail["loc"] in misnamed or is_there:
            continue
        word = word_at(sheet.text, place)
        rule, message = explained(detail, model, word)
        fix = _quoting(detail, sheet.path, word) if rule is rules.YAML_SURPRISE else None
        report.note(rule, sheet.location(detail), message, fix=fix)
    for detail in errors[MOST_MISTAKES:][:1]:
        report.cut.add(sheet.path)
        more = f"{len(errors) - MOST_MISTAKES:,} more mistakes in this file are not shown"
        report.note(rules.WRONG_VALUE, sheet.location(detail), f"{more}; correct these first")


def _note_misnamed(errors: list[ErrorDetails], sheet: Sheet, report: Report) -> set[Route]:
    """Report names under the key of another kind of record; return the routes of both keys."""
    missing = {error["loc"] for error in errors if error["type"] == "missing"}
    routes = set[Route]()
    for error in errors:
        *above, key = error["loc"]
        right = [name for name in _NAME_KEYS if (*above, name) in missing]
        if is_unknown_key(error) and key in _NAME_KEYS and right:
            message = f"unknown key {key!r}; did you mean {right[0]!r}?"
            report.note(rules.UNKNOWN_KEY, sheet.location(error), message)
            routes |= {error["loc"], (*above, right[0])}
    return routes


def _note_flat_lists(errors: list[ErrorDetails], sheet: Sheet, report: Report) -> set[Place]:
    """Report a list of words where lists of words belong, once; return the places of the words."""
    covered = set[Place]()
    for error in errors:
        *_, (holder, step) = [*_way(sheet.root, error)] or [(sheet.root, None)]
        if error["type"] != "tuple_type" or step != 0 or not isinstance(holder, Sequence):
            continue
        if len(holder) > 1 and all(isinstance(item, str) for item in holder):
            words = f"[{', '.join(map(yaml_word, holder))}]"
            message = f"expected a list of lists, not {words}; write [{words}]"
            report.note(rules.WRONG_VALUE, Location(sheet.path, *holder.place), message)
            covered.update(holder.item_place(index) for index in range(len(holder)))
    return covered


def _note_split_values(
    errors: list[ErrorDetails], model: type[Record], sheet: Sheet, report: Report
) -> set[Place]:
    """Report values that a comma ended, once each; return the places of their mistakes."""
    covered = set[Place]()
    for split in split_values(errors, model, sheet.root, sheet.text):
        covered.update(split.covered)
        if split.message and split.place not in sheet.noted:
            report.note(split.rule, Location(sheet.path, *split.place), split.message)
    return covered


def prune(error: ValidationError, root: Mapping) -> set[int]:
    """Remove each mistake from ``root``; return the ids of the mappings and lists that lost one.

    An invalid value is removed with its key.  A part without a required key is removed, which can
    make the part above it incomplete, and so on.  The result is empty if nothing is left to
    remove.
    """
    cuts: dict[int, tuple[Mapping | Sequence, set[Any]]] = {}
    damaged = set[int]()
    for detail in error.errors(include_url=False):
        way = list(_way(root, detail))
        damaged.update(id(holder) for holder, _ in way)
        for holder, step in way[-1:]:  # with aliases, a part can be reached twice
            cuts.setdefault(id(holder), (holder, set()))[1].add(step)
    for holder, steps in cuts.values():
        _remove(holder, steps)
    return damaged


def _quoting(error: ErrorDetails, path: str, word: str) -> Fix | None:
    """Return the fix that puts a word in quotes; none for a duration, an alias or a comment."""
    if error["type"] == "value_error" or word.startswith(("*", "#")):
        return None
    return Fix(path, (Write(error["loc"], word),))


def _meant(error: ErrorDetails, model: type[Record]) -> Route | None:
    """Return the route of the key that an unknown key means, which then is not missing."""
    *above, key = error["loc"]
    holder = model_at(model, tuple(above)) if is_unknown_key(error) else None
    name = str(key).partition(":")[0]  # date:2026-11-01 in braces is a key
    meant = (name in keys_of(holder) and name) or nearest(name, keys_of(holder)) if holder else None
    return (*above, meant) if meant else None


def _place(root: Mapping, error: ErrorDetails) -> Place:
    """Return the place of a mistake: that of the key or of the value."""
    way = list(_way(root, error))
    if not way:
        return root.place
    holder, step = way[-1]
    if isinstance(holder, Sequence):
        return holder.item_place(step)
    return holder.key_place(step) if is_unknown_key(error) else holder.value_place(step)


def _way(root: Mapping, error: ErrorDetails) -> Iterator[tuple[Mapping | Sequence, Any]]:
    """Yield each mapping or list on the route of a mistake, with the next key or index.

    The route ends above a missing key.
    """
    route: tuple[Any, ...] = error["loc"]
    if error["type"] == "invalid_key":
        route = (*route[:-1], error["input"])
    value: Any = root
    for step in route:
        inside = step in value if isinstance(value, Mapping) else isinstance(value, Sequence)
        if not inside:
            return
        yield value, step
        value = value[step]


def _remove(holder: Mapping | Sequence, steps: set[Any]) -> None:
    if isinstance(holder, Sequence):
        holder.drop(*steps)
    else:
        for step in steps:
            del holder[step]
