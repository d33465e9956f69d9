"""`RecordAnswers`: the answers about a new record, each checked as ``groundrules check`` does."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from msgspec import Struct, field
from pydantic import ValidationError

from groundrules.authoring.new_record.forms import RecordForm
from groundrules.authoring.new_record.known_names import KnownRecords
from groundrules.authoring.new_record.next_meeting import title_on
from groundrules.authoring.new_record.record_questions import (
    TOPIC,
    TOPIC_TITLE,
    WHERE,
    Question,
    questions,
)
from groundrules.prose.markup import read_markup
from groundrules.records.fields import prose_fields
from groundrules.records.manual import EvidencePolicy
from groundrules.records.messages import explained
from groundrules.records.session import Session
from groundrules.records.shape import name_of

LONGEST_ID = 80
# what has to name its source where a manual requires that
_SOURCED = ("expectation", "graph", "platform")


class RecordAnswers(Struct):
    """The answers so far: ``values`` of the new record, and ``places`` that say where it goes.

    ``suggested`` values are offered on a terminal, and need to be confirmed.  ``last`` is the
    meeting whose next one the record is.
    """

    form: RecordForm
    known: KnownRecords
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    suggested: dict[str, Any] = {}
    last: Session | None = None
    questions: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.questions = questions(self.form)

    def missing(self) -> list[Question]:
        """Return the questions that need an answer and have none."""
        return [question for question in self.questions if self._needs(question)]

    def _needs(self, question: Question) -> bool:
        if question.place:
            return question.place not in self.places and self._needs_place(question)
        is_required = question.is_required or (
            question.key == "evidence" and self.form.name in _SOURCED and self._requires_evidence
        )
        return is_required and question.key not in self.values

    def _needs_place(self, question: Question) -> bool:
        """Return whether a question about the place has to be asked; only a new topic's title."""
        if question.place != TOPIC_TITLE:
            return True
        topic = self.places.get(WHERE)
        return topic is not None and topic not in self.known.loaded.names.of("topic")

    @property
    def _requires_evidence(self) -> bool:
        catalogue = self.known.loaded.catalogue
        return catalogue is not None and catalogue.manual.evidence is EvidencePolicy.REQUIRED

    def take(self, question: Question, answer: str | list[str]) -> None:
        """Keep an answer without a mistake."""
        if question.place:
            self.places[question.place] = str(answer)
        elif question.is_many:
            words = [answer] if isinstance(answer, str) else answer
            self.values[question.key] = [question.value(word) for word in words]
        else:
            self.values[question.key] = question.value(str(answer))

    def mistake(self, question: Question, answer: str | list[str]) -> str:
        """Return what is wrong with an answer, in the words of the check; empty if it is right."""
        if isinstance(answer, list):
            return next(filter(None, (self.mistake(question, word) for word in answer)), "")
        if not answer.strip():
            otherwise = "" if question.is_required else ", or leave it out"
            return f"it is empty; write a few words{otherwise}"
        item = question.value(answer)
        value = [item] if question.is_many else item
        return (
            _of_model(question, value, answer)
            or _of_prose(question, answer)
            or self._of_name(question, answer)
            or self._of_day(question, value)
            or self.known.unknown_links(question.model, question.key, value)
        )

    def _of_day(self, question: Question, value: Any) -> str:
        """Return what is wrong with the day of the next meeting of a series."""
        if question.key != "date" or self.last is None or str(value) > str(self.last.date):
            return ""
        return f"{value} is not after {self.last.date}, the day of the last meeting"

    def _of_name(self, question: Question, answer: str) -> str:
        """Return what is wrong with the name of a new record, or of the one that it goes to."""
        if question.place == WHERE and self.form.where != "topic":
            return self.known.unknown(self.form.where, answer)
        if question.place == TOPIC:
            return self._unknown_topic(answer)
        is_name = question.key == self.form.own and not question.place
        place = is_name and self.known.place_of(question.model, question.key, answer)
        if not place:
            return ""
        return f"{self.form.name} {answer!r} exists already, at {place}; choose another name"

    def _unknown_topic(self, title: str) -> str:
        from groundrules.nearest import did_you_mean

        titles = self.topic_titles()
        if title in titles or not titles:
            return ""
        return f"unknown topic {title!r}{did_you_mean(title, titles, 'topics')}"

    def topic_titles(self) -> list[str]:
        """Return the titles of the topics of the session that an action goes to."""
        kind = self.form.kind
        session = self.known.part(kind.load(), kind.key, self.places.get(WHERE, ""))
        if session is None:
            return []
        pending, titles = [*session.inside("topics")], []
        while pending:
            topic = pending.pop(0)
            titles += [title] if isinstance(title := topic.said.get("title"), str) else []
            pending = [*topic.inside("topics"), *pending]
        return titles

    def offered(self, question: Question) -> list[str]:
        """Return the known answers to a question."""
        return self.topic_titles() if question.place == TOPIC else self.known.offered(question)

    def default(self, question: Question) -> str:
        """Return the answer that is most likely; empty if there is none."""
        if question.key in self.suggested and not question.place:
            return str(self.suggested[question.key])
        if question.key == "title" and self.last and "date" in self.values:
            return title_on(self.values["date"], self.last)
        if question.place == TOPIC_TITLE:
            return self.places[WHERE].replace("-", " ").capitalize()
        if question.key == self.form.own == "id" and not question.place:
            name = self.derived_id()
            return "" if self.known.place_of(question.model, question.key, name) else name
        offered = self.offered(question) if question.offers or question.place == TOPIC else []
        is_only = len(offered) == 1 and question.is_required and not question.is_many
        return offered[0] if is_only else ""

    def derived_id(self) -> str:
        """Return the id that follows from the title, or from the series and day of a session."""
        series, date = (self.values.get(key) for key in ("series", "date"))
        words = f"{series} {date}" if series and date else str(self.values.get("title", ""))
        return slug(words)


def slug(words: str) -> str:
    """Return words as an id; empty if they have no letter that an id can have.

    >>> slug("Größe: 8 GB of memory"), slug("東京")
    ('grosse-8-gb-of-memory', '')
    """
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))
    return name if len(name) <= LONGEST_ID else name[:LONGEST_ID].rpartition("-")[0]


def _of_model(question: Question, value: Any, answer: str) -> str:
    try:
        question.model.model_validate({question.key: value})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["loc"][:1] == (question.key,):
                return explained(detail, question.model, answer)[1]
    return ""


def _of_prose(question: Question, answer: str) -> str:
    if name_of(question.model, question.key) not in prose_fields(question.model):
        return ""
    flaws = read_markup(answer).flaws
    return flaws[0].message if flaws else ""
