"""Records with made-up values for every field, from the types of the fields."""

from __future__ import annotations

import datetime
from enum import EnumType
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from groundrules.records import Catalogue
from groundrules.records.expectation import Topic
from groundrules.records.fields import Record, record_in
from groundrules.records.graph import Graph
from groundrules.records.kinds import KINDS, MANUAL_KIND, RECORDED_KINDS
from groundrules.records.manual import Manual
from groundrules.records.measured import MeasuredLabel
from groundrules.records.platform import Platform
from groundrules.records.session import Session, SessionTopic
from groundrules.records.verified import Verification

DAY = datetime.date(2026, 6, 1)
TEXTS = ["a", "b", "c", "A text of 8 words.", "No text\nat all: ``x`` [y](z) *w*.", "a*", "é\x1b"]
DATES = [DAY + datetime.timedelta(days=days) for days in (-400, -30, -1, 0, 1, 30, 400)]


def models() -> list[type[Record]]:
    """Return the classes of all records and of their parts, each once."""
    found: dict[type[Record], None] = {}
    pending = [kind.load() for kind in (MANUAL_KIND, *RECORDED_KINDS, *KINDS)]
    while pending:
        model = pending.pop()
        if model not in found:
            found[model] = None
            parts = (record_in(field.annotation) for field in model.model_fields.values())
            pending += [part for part in parts if part]
    return list(found)


def sample(annotation: Any, number: int, depth: int = 1) -> Any:
    """Return the value of a type with a number; two with different numbers are different."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return sample(arguments[0], number, depth)
    if origin in (Union, UnionType):
        return sample(arguments[0], number, depth)
    if origin is Literal:
        return arguments[number % len(arguments)]
    if origin is tuple:
        return (sample(arguments[0], number, depth),)
    if isinstance(annotation, EnumType):
        return list(annotation)[number % len(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return made(annotation, number, depth)
    return {
        str: TEXTS[number],
        bool: bool(number % 2),
        int: number,
        float: (0, 1, 2.5, 8)[number % 4],
        datetime.date: DATES[number],
        datetime.timedelta: datetime.timedelta(minutes=number),
    }[annotation]


def made(model: type[Record], number: int, depth: int = 1) -> Any:
    """Return a record whose fields have the values with a number."""
    depth -= model is SessionTopic  # topics contain topics
    fields = {
        name: () if depth < 0 and name == "topics" else sample(field.annotation, number, depth)
        for name, field in model.model_fields.items()
    }
    return model.model_construct(**fields)


def drawn(annotation: Any, random: Random, depth: int = 1) -> Any:
    """Return a random value of a type; most values of a type are the same one."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return drawn(arguments[0], random, depth)
    if origin in (Union, UnionType):
        is_given = NoneType not in arguments or random.random() < 0.7
        return drawn(arguments[0], random, depth) if is_given else None
    if origin is tuple:
        return tuple(drawn(arguments[0], random, depth) for _ in range(random.choice((0, 1, 1, 2))))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return random_record(annotation, random, depth)
    return sample(annotation, random.choice((0, 1, 1, 1, 2, 3)))


def random_record(model: type[Record], random: Random, depth: int = 1) -> Any:
    """Return a record of a class; topics of sessions contain topics only once."""
    depth -= model is SessionTopic
    fields = {
        name: () if depth < 0 and name == "topics" else drawn(field.annotation, random, depth)
        for name, field in model.model_fields.items()
    }
    return model.model_construct(**fields)


def without_twins(graph: Any) -> Any:
    """Return a graph whose jobs have different names; others are reported, and not compared."""
    jobs = {job.name: job for job in reversed(graph.jobs)}
    return graph.model_copy(update={"jobs": tuple(reversed(jobs.values()))})


def random_catalogue(seed: int) -> Catalogue:
    """Return a catalogue with few records of each kind."""
    random = Random(seed)  # noqa: S311 - these are tests

    def some(model: type[Record]) -> tuple[Any, ...]:
        return tuple(random_record(model, random) for _ in range(random.choice((0, 1, 1, 2))))

    return Catalogue(
        manual=random_record(Manual, random),
        platforms=some(Platform),
        topics=some(Topic),
        graphs=tuple(map(without_twins, some(Graph))),
        sessions=some(Session),
        verified=some(Verification),
        today=random.choice(DATES),
        measured=some(MeasuredLabel),
    )


CATALOGUES = st.integers(0, 10**6).map(random_catalogue)
"""Random catalogues; one seed instead of thousands of choices makes drawing them fast."""
