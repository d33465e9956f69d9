"""`Addition`: the text of a data file with a new record, and how it is written."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct

from groundrules.atomic import write_text
from groundrules.authoring.insertion import Insertion, inserted
from groundrules.authoring.new_record.record_answers import RecordAnswers
from groundrules.authoring.new_record.record_questions import TOPIC, TOPIC_TITLE, WHERE
from groundrules.authoring.record_file import in_order, record_file
from groundrules.confined import Confined, LinkError
from groundrules.diagnostics import Diagnostic, Location
from groundrules.fix import Route
from groundrules.fixes import FixedFile, FixRefusedError
from groundrules.records.expectation import Topic
from groundrules.records.session import Session, SessionTopic
from groundrules.records.shape import ordered_keys
from groundrules.yamlsource import Mapping, Sequence, read


class Addition(Struct, frozen=True):
    """The text of a file with a new record at ``route``; ``before`` is None for a new file.

    The file is in the folder ``data`` of the manual.
    """

    data: str
    path: str
    text: str
    route: Route
    before: str | None = None

    @property
    def location(self) -> Location:
        """Where the new record begins."""
        value = read(self.text.encode()).value
        for step in self.route[:-1]:
            value = value[step]
        if not self.route:
            return Location(self.path, *value.place)
        return Location(self.path, *value.item_place(self.route[-1]))

    def write(self, root: Path) -> None:
        """Write the file.

        Raises `FixRefusedError`, or `OSError` if the file cannot be written.
        """
        if self.before is not None:
            FixedFile(self.path, self.before, self.text).write(root, self.data)
            return
        below = self.path.removeprefix(f"{self.data}/")
        try:
            Confined(root, follow=True).below(self.data, follow=True).check(below)
        except LinkError:
            message = f"{self.path}: a symbolic link leads out of the data folder; remove it"
            raise FixRefusedError(message) from None
        if os.path.lexists(root / self.path):
            raise FixRefusedError(f"{self.path} exists already; choose another id")
        write_text(root / self.path, self.text)


def addition(answers: RecordAnswers, root: Path, data: str) -> Addition:
    """Return the text of the file in the folder ``data`` that a complete record goes to.

    Raises `FixRefusedError`.
    """
    form = answers.form
    values = in_order(form.load(), answers.values)
    if not form.where:
        return _new_file(answers, root, data, str(values[form.own]), values, ())
    model, key = form.kind.load(), form.kind.key
    name = answers.places[WHERE]
    record = answers.known.part(model, key, name)
    if record is not None:
        before = answers.known.loaded.texts[record.path]
        return _inserted(data, record.path, before, _insertion(answers, before, values))
    if model is Topic:
        new = {key: name, "title": answers.places[TOPIC_TITLE], form.holder: [values]}
        return _new_file(answers, root, data, name, new, (form.holder, 0))
    raise FixRefusedError(_why_lost(answers, f"{data}/{form.folder}"))


def _why_lost(answers: RecordAnswers, path: str) -> str:
    """Return why a record is not known that exists: the mistake of its file, or of its folder."""
    mistakes = answers.known.mistakes_of(path)
    if not mistakes:
        return f"{path} exists already, with another record"
    return f"{mistakes[0].location}: {mistakes[0].message}; correct it first"


def _new_file(
    answers: RecordAnswers,
    root: Path,
    data: str,
    name: str,
    values: dict[str, Any],
    route: Route,
) -> Addition:
    path, text = record_file(root, data, answers.form.kind, name, values)
    if os.path.lexists(root / path):
        raise FixRefusedError(_why_lost(answers, path))
    return Addition(data, path, text, route)


def _inserted(data: str, path: str, before: str, insertion: Insertion) -> Addition:
    try:
        after = inserted(before, [insertion])
    except FixRefusedError as error:
        raise FixRefusedError(f"{path}: {error}") from None
    route = insertion.route
    return Addition(data, path, after, route if isinstance(route[-1], int) else (*route, 0), before)


def _insertion(answers: RecordAnswers, before: str, values: dict[str, Any]) -> Insertion:
    """Return the insertion of a part at the end of its list, or with its list."""
    holder: Any = read(before.encode()).value
    form, route, model = answers.form, tuple[str | int, ...](), answers.form.kind.load()
    if model is Session:
        title = answers.places[TOPIC]
        found = _route_of_topic(holder, title)
        if found is None:
            topic = in_order(SessionTopic, {"title": title, form.holder: [values]})
            return Insertion(("topics",), [topic], ordered_keys(Session))
        route, model = found, SessionTopic
        for step in route:
            holder = holder[step]
    items = holder.get(form.holder)
    if isinstance(items, Sequence):
        return Insertion((*route, form.holder, len(items)), values)
    return Insertion((*route, form.holder), [values], ordered_keys(model))


def _route_of_topic(session: Any, title: str) -> Route | None:
    """Return the way to the first topic with a title, in the order of the agenda."""
    pending: list[tuple[Route, Any]] = [((), session)]
    while pending:
        route, holder = pending.pop()
        if route and holder.get("title") == title:
            return route
        topics = holder.get("topics")
        inner = topics if isinstance(topics, Sequence) else ()
        below = [((*route, "topics", at), topic) for at, topic in enumerate(inner)]
        pending += [pair for pair in below if isinstance(pair[1], Mapping)][::-1]
    return None


def new_findings(before: list[Diagnostic], after: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that only the new record has; lines of the others may have moved."""
    known = Counter(map(_without_lines, before))
    new = []
    for diagnostic in after:
        key = _without_lines(diagnostic)
        known[key] -= 1
        if known[key] < 0:
            new.append(diagnostic)
    return new


def _without_lines(diagnostic: Diagnostic) -> tuple[str, str, str]:
    message = re.sub(r":\d+(?::\d+)?", "", diagnostic.message)
    return diagnostic.location.path, diagnostic.rule.id, message
