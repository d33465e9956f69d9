"""The questions of a form, from the fields of its model and their docstrings."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Any, get_args

from msgspec import Struct

from groundrules.authoring.new_record.forms import RecordForm
from groundrules.records.attribute_docs import description, meanings
from groundrules.records.fields import Record, record_in
from groundrules.records.links import link_kinds
from groundrules.records.session import SessionTopic
from groundrules.records.shape import keys_of, name_of, ordered_keys, required_keys
from groundrules.records.times import date_of
from groundrules.yamlsource.scalars import UnreadableScalarError, implicit

WHERE, TOPIC, TOPIC_TITLE = "where", "topic", "topic-title"


class Question(Struct, frozen=True, kw_only=True):
    """A question about ``key`` of ``model``; its answer is also the option ``--name``.

    ``offers`` are the kinds of record that it can name, as ``KIND:NAME`` if it is ``prefixed``.
    ``part`` is the only required key of each mapping in a list, which an answer has alone.
    ``place`` is set for answers that say where the record is written.
    """

    key: str
    name: str
    model: type[Record]
    types: tuple[type, ...]
    is_required: bool = False
    is_many: bool = False
    offers: tuple[str, ...] = ()
    is_prefixed: bool = False
    part: str = ""
    place: str = ""

    @property
    def about(self) -> str:
        """The description of the key, on one line, without markup."""
        words = description(self.model, name_of(self.model, self.key)).replace("`", "")
        return " ".join(words.split())

    @property
    def words(self) -> dict[str, str]:
        """The allowed words with their meanings; empty if others are allowed."""
        kinds = (kind for kind in self.types if issubclass(kind, StrEnum))
        return {word: said for kind in kinds for word, said in meanings(kind).items()}

    @property
    def is_flag(self) -> bool:
        """Whether the answer is only yes or no."""
        return self.types == (bool,)

    def value(self, answer: str) -> Any:
        """Return an answer as the value of the key, or as an item of it."""
        if self.part:
            return {self.part: answer}
        if datetime.date in self.types:
            with suppress(ValueError):
                return date_of(answer)
        if any(issubclass(kind, str) for kind in self.types):
            return answer
        with suppress(UnreadableScalarError):
            return implicit(answer)
        return answer


def questions(form: RecordForm) -> list[Question]:
    """Return the questions of a form, in the order in which they are asked."""
    model = form.load()
    of_record = list(_of_model(model))
    # a title can have the day of its session, and a name can be derived from both
    first = ("date", "title", "id") if form.name == "session" else ("title", "id")
    ahead = sorted(
        (question for question in of_record if question.key in first),
        key=lambda question: first.index(question.key),
    )
    return [*_of_place(form), *ahead, *(one for one in of_record if one not in ahead)]


def _of_place(form: RecordForm) -> Iterator[Question]:
    if not form.where:
        return
    holder = form.kind.load()
    key = form.kind.key
    yield _question(holder, key, form.where, offers=(form.where,), place=WHERE)
    if form.where == "topic":
        yield _question(holder, "title", TOPIC_TITLE, place=TOPIC_TITLE, is_required=False)
    if form.name == "action":
        yield _question(SessionTopic, "title", "topic", place=TOPIC)


def _question(model: type[Record], key: str, name: str, **more: Any) -> Question:
    settings = {"is_required": True, **more}
    return Question(key=key, name=name, model=model, types=(str,), **settings)


def _of_model(model: type[Record]) -> Iterator[Question]:
    required = required_keys(model)
    for key in ordered_keys(model):
        field = keys_of(model)[key]
        part = record_in(field.annotation)
        is_many = tuple in _outer(field.annotation)
        alone = required_keys(part) if part else []
        if part and not (is_many and len(alone) == 1):
            continue
        kinds, is_prefixed = link_kinds(model, key)
        yield Question(
            key=key,
            name=_option(key, is_many=is_many),
            model=model,
            types=(str,) if part else _types(field.annotation),
            is_required=key in required,
            is_many=is_many,
            offers=("job",) if part and key == "jobs" else kinds,
            is_prefixed=is_prefixed,
            part=alone[0] if part else "",
        )


def _option(key: str, *, is_many: bool) -> str:
    return (key.removesuffix("s") if is_many else key).replace("_", "-")


def _outer(annotation: Any) -> set[Any]:
    """Return the types of a field without those inside a list."""
    origin = getattr(annotation, "__origin__", None)
    if inspect.isclass(origin) and issubclass(origin, tuple):
        return {tuple}
    inner = get_args(annotation)
    return {annotation} if not inner else {kind for each in inner for kind in _outer(each)}


def _types(annotation: Any) -> tuple[type, ...]:
    """Return the types of the values of a field, without None."""
    inner = get_args(annotation)
    if not inner:
        is_type = inspect.isclass(annotation) and annotation is not type(None)
        return (annotation,) if is_type else ()
    kinds = (kind for each in inner for kind in _types(each))
    return tuple(dict.fromkeys(kinds))
