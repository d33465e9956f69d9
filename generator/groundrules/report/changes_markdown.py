"""What changed, as Markdown for a mail or a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from groundrules.changes.change_kinds import ChangeKind
from groundrules.changes.change_report import HEADINGS, ChangeReport
from groundrules.changes.data_change import DataChange, Subject
from groundrules.changes.shown_values import excerpts
from groundrules.report.changes_text import headline
from groundrules.text import code_span, escaped

# an underscore inside a word, as in the names of facts, is no markup
_SPECIAL = re.compile(r"([\\`*\[\]<>#|~]|(?<!\w)_|_(?!\w))")


def markdown(report: ChangeReport) -> str:
    """Return the report as a document with a heading for each effect."""
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in _paragraphs(report))


def _paragraphs(report: ChangeReport) -> Iterator[Iterable[str]]:
    yield [f"# What changed{f' in {_text(report.title)}' if report.title else ''}"]
    yield [f"{_text(headline(report))}." if report.changes else _text(report.nothing)]
    if report.breaches:
        yield ["## Taken away without notice"]
        yield (f"- {_subject(each.subject)}: {_text(each.sentence)}" for each in report.breaches)
    for effect, subjects in report.sections:
        yield [f"## {HEADINGS[effect]}"]
        yield _section(subjects)
    if report.left_out:
        yield [_text(report.left_out)]
    if report.unread:
        yield ["## Not compared, because it could not be read"]
        yield (f"- {_text(str(unread))}" for unread in report.unread)


def _section(subjects: Iterable[tuple[Subject, list[DataChange]]]) -> Iterator[str]:
    for subject, changes in subjects:
        yield f"- {_subject(subject)}"
        for change in changes:
            yield from _change(change)


def _change(change: DataChange) -> Iterator[str]:
    yield f"  - {_text(change.sentence)}"
    if change.kind is ChangeKind.REWORDED:
        before, after = excerpts(change.before, change.after, is_plain=change.is_plain)
        yield f"    - before: {_text(before)}"
        yield f"    - now: {_text(after)}"


def _subject(subject: Subject) -> str:
    code = f"{subject.kind} {code_span(subject.name)}" if subject.name else subject.kind
    return f"**{_text(subject.title)}** ({code})" if subject.title else code


def _text(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    return _SPECIAL.sub(r"\\\1", escaped(" ".join(text.split())))
