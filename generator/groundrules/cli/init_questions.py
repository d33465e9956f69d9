"""The questions of ``groundrules init``: an option, an answer in the terminal, or the default."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct

if TYPE_CHECKING:
    from groundrules.authoring.scaffold.answers import Answers
    from groundrules.authoring.scaffold.surroundings import Surroundings

_Answer = TypeVar("_Answer")


class Questions(Struct, frozen=True):
    """Answers that options have ``given``, and whether the other questions are asked."""

    given: Mapping[str, str | None]
    is_asking: bool

    def answer(
        self, option: str, question: str, default: str, parse: Callable[[str], _Answer]
    ) -> _Answer:
        """Return the parsed answer to a question.  Raises `click.BadParameter`."""
        text = self.answer_of(option, parse)
        if text is not None:
            return text
        parsed = partial(_parsed, option, parse)
        if not self.is_asking:
            return parsed(default)
        try:
            answered: _Answer = click.prompt(question, default=default, value_proc=parsed)
        except click.Abort:
            raise click.UsageError("the input ended before the last question; use --yes") from None
        return answered

    def answer_of(self, option: str, parse: Callable[[str], _Answer]) -> _Answer | None:
        """Return what an option gives; None if it is not given.  Raises `click.BadParameter`."""
        text = self.given.get(option)
        return None if text is None else _parsed(option, parse, text)


def _parsed(option: str, parse: Callable[[str], _Answer], text: str) -> _Answer:
    from groundrules.authoring.scaffold.answers import AnswerError

    try:
        return parse(text)
    except AnswerError as error:
        raise click.BadParameter(str(error), param_hint=f"--{option}") from None


def ask(surroundings: Surroundings, questions: Questions, *, has_top: bool) -> Answers:
    """Return the answers for a new manual; with its own, if there is one already."""
    from groundrules.authoring.scaffold.answers import (
        CI,
        KIND_NAMES,
        LICENSES,
        NONE,
        Answers,
        license_of,
        line_of,
        names_of,
    )
    from groundrules.authoring.scaffold.surroundings import requirement
    from groundrules.clock import today

    known = surroundings.manual()
    kinds_known = ",".join(known.get("kinds", KIND_NAMES)) or NONE
    name = questions.answer(
        "name", "Short name of the CI system or platform",
        surroundings.name(), partial(line_of, longest=60),
    )  # fmt: skip
    title = questions.answer(
        "title", "Heading of the front page",
        known.get("title") or f"What a test job on {name} can count on", line_of,
    )  # fmt: skip
    publisher = questions.answer(
        "publisher", "Team that keeps the manual",
        known.get("publisher") or f"{name} team", line_of,
    )  # fmt: skip
    kinds = questions.answer(
        "kinds", f"Kinds of records (all, none, or some of {','.join(KIND_NAMES)})",
        kinds_known, partial(names_of, allowed=KIND_NAMES),
    )  # fmt: skip
    systems = questions.answer(
        "ci", f"CI files (all, none, or some of {','.join(CI)})",
        ",".join(surroundings.ci()) or NONE, partial(names_of, allowed=CI),
    )  # fmt: skip
    license_name = questions.answer(
        "license", f"License of the texts ({', '.join(LICENSES)} or none)",
        known.get("license") or NONE, license_of,
    )  # fmt: skip
    return Answers(
        name=name,
        title=title,
        publisher=publisher,
        kinds=kinds,
        ci=systems if has_top else (),
        license=license_name,
        requirement=questions.answer_of("requirement", line_of) or requirement().text,
        day=today(),
        project=surroundings.project(),
        folder=_plain(surroundings.below),
        pages=surroundings.pages,
    )


def _plain(folder: str) -> str:
    """Return the path of the manual in its repository, which CI files name."""
    if folder and not re.fullmatch(r"[\w.+-]+(?:/[\w.+-]+)*", folder, re.ASCII):
        raise click.UsageError(
            f"{folder!r}, the folder of the manual in its repository, has characters that CI files "
            "cannot name; use letters, digits, '.', '_', '+' and '-'"
        )
    return folder
