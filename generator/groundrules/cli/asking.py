"""Asks for answers on a terminal; without one, a usage error lists what is missing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from groundrules.cli.named_values import names_in

if TYPE_CHECKING:
    from groundrules.authoring.new_record.record_answers import RecordAnswers
    from groundrules.authoring.new_record.record_questions import Question

_MOST_OFFERED = 12


def is_terminal() -> bool:
    """Return whether somebody can be asked."""
    return sys.stdin.isatty()


def complete(answers: RecordAnswers) -> None:
    """Ask for what is missing.  Raises `click.UsageError` without a terminal."""
    if not is_terminal():
        _derive(answers)
        _require([question for question in answers.missing() if not _follows(question, answers)])
    while missing := answers.missing():
        _ask(missing[0], answers)


def _derive(answers: RecordAnswers) -> None:
    """Use the names that follow from other answers, such as an id from the title."""
    for question in answers.missing():
        if answer := _derived(question, answers):
            if mistake := answers.mistake(question, answer):
                raise click.UsageError(f"{_option(question)}: {mistake}")
            answers.take(question, answer)


def _derived(question: Question, answers: RecordAnswers) -> str:
    if question.key == "id" and not question.place:
        return answers.derived_id()
    return answers.default(question) if question.key == "title" else ""


def _follows(question: Question, answers: RecordAnswers) -> bool:
    """Return whether an answer will follow from a title that is missing too."""
    return question.key == "id" and not question.place and "title" not in answers.values


def _require(missing: list[Question]) -> None:
    if missing:
        rows = [(_option(question), question.about) for question in missing]
        width = max(len(option) for option, _ in rows)
        lines = "".join(f"\n  {option.ljust(width)}  {about}" for option, about in rows)
        what = "option is" if len(missing) == 1 else "options are"
        raise click.UsageError(f"{len(missing)} required {what} missing:{lines}")


def _option(question: Question) -> str:
    return f"--{question.name}"


def _ask(question: Question, answers: RecordAnswers) -> None:
    """Ask a question until its answer has no mistake."""
    click.echo(f"\n{question.about}", err=True)
    for line in _choices(question, answers):
        click.echo(f"  {line}", err=True)
    if question.is_many:
        click.echo("  Several answers are separated by commas.", err=True)

    def checked(text: str) -> Any:
        answer = [*names_in(text)] if question.is_many else text.strip()
        mistake = answers.mistake(question, answer) if answer else "an answer is required"
        if mistake:
            raise click.UsageError(mistake)
        return answer

    default = answers.default(question) or None
    answer = click.prompt(question.name, default=default, value_proc=checked, err=True)
    answers.take(question, answer)


def _choices(question: Question, answers: RecordAnswers) -> list[str]:
    if words := question.words:
        width = max(map(len, words))
        return [f"{word.ljust(width)}  {' '.join(said.split())}" for word, said in words.items()]
    offered = answers.offered(question)
    if not offered:
        return []
    more = len(offered) - _MOST_OFFERED
    rest = f" and {more} more" if more > 0 else ""
    return [f"Known: {', '.join(offered[:_MOST_OFFERED])}{rest}"]
