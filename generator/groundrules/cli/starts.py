"""What a new session starts from: notes, or the last meeting of its series."""

from __future__ import annotations

import datetime
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from groundrules.authoring.notes.charsets import NotNotesError
from groundrules.authoring.notes.decoding import decoded
from groundrules.cli.printing import fail, show_note
from groundrules.confined import LARGEST, LinkError, NotPlainError, read_named
from groundrules.text import counted

if TYPE_CHECKING:
    from groundrules.authoring.new_record.record_answers import RecordAnswers


def start(answers: RecordAnswers, root: Path, given: dict[str, Any]) -> None:
    """Take the values that notes, or the last meeting, have for a session."""
    source, last = given.pop("source"), given.pop("last")
    encoding = given.pop("encoding")
    if source and last:
        raise click.UsageError("--from and --from-last cannot be used together")
    if encoding and not source:
        raise click.UsageError("--encoding needs --from FILE")
    if source:
        _take_notes(answers, source, encoding, root, _given_day(given))
    if last:
        _take_last(answers, last)


def _given_day(given: dict[str, Any]) -> datetime.date | None:
    """Return the day of the session that the option gives; a mistake in it is reported later."""
    with suppress(ValueError):
        return datetime.date.fromisoformat(given.get("answer_date") or "")
    return None


def _take_notes(
    answers: RecordAnswers,
    source: Path,
    encoding: str | None,
    root: Path,
    day: datetime.date | None,
) -> None:
    from groundrules.authoring.notes.session_values import session_values
    from groundrules.records.session import owners_of

    name = "standard input" if str(source) == "-" else str(source)
    data = _read(source, name, root)
    if len(data) > LARGEST:
        fail(f"{name} has more than {LARGEST:,} bytes, the most that a data file can have")
    try:
        text = decoded(data, encoding)
    except NotNotesError as error:
        raise click.UsageError(f"{name}: {error}") from None
    if text.guessed:
        show_note(f"{name} is not UTF-8; it was read as {text.guessed}")
    if text.left_out:
        headers = counted(text.left_out, "header")
        show_note(f"{name}: left out {headers} that only mail programs read")
    catalogue = answers.known.loaded.catalogue
    sessions = catalogue.sessions if catalogue else ()
    values = session_values(text.text, day, owners_of(sessions))
    answers.values |= values
    show_note(f"{name}: {_summary(values)}")


def _read(source: Path, name: str, root: Path) -> bytes:
    try:
        if str(source) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        return read_named(source, root)
    except IsADirectoryError:
        raise click.UsageError(f"{name} is a folder; give a file") from None
    except LinkError:
        message = f"{name}: a symbolic link leads out of the repository; give the file itself"
        raise click.UsageError(message) from None
    except NotPlainError:
        message = f"{name} is not a plain file; write its content to one, or to standard input"
        raise click.UsageError(message) from None
    except OSError as error:
        raise click.UsageError(f"{name} cannot be read: {error.strerror}") from None


def _summary(values: dict[str, Any]) -> str:
    """Return how much was understood of notes."""
    topics = list(_topics(values))
    counts = [counted(len(topics), "topic")]
    for key, noun in (("decisions", "decision"), ("actions", "action")):
        number = sum(len(topic.get(key, ())) for topic in topics)
        counts += [counted(number, noun)] if number else []
    return ", ".join(counts)


def _topics(values: dict[str, Any]) -> list[dict[str, Any]]:
    pending, topics = [*values.get("topics", ())], []
    while pending:
        topic = pending.pop()
        topics.append(topic)
        pending += topic.get("topics", ())
    return topics


def _take_last(answers: RecordAnswers, name: str) -> None:
    from groundrules.authoring.new_record.next_meeting import likely_date, next_meeting

    if message := answers.known.unknown("session", name):
        raise click.UsageError(f"--from-last: {message}")
    catalogue = answers.known.loaded.catalogue
    sessions = catalogue.sessions if catalogue else ()
    last = next((session for session in sessions if session.id == name), None)
    if catalogue is None or last is None:
        raise click.UsageError(f"--from-last: session {name!r} has mistakes; correct them first")
    answers.values |= next_meeting(last, catalogue)
    answers.last = last
    if day := likely_date(last, catalogue):
        answers.suggested["date"] = day.isoformat()
